-- grain: source, arrival, position; one line per error or warning open in the quarantine or on a staged row
SELECT row_id, source, field, rule, severity, message AS error_reason, raw_value, arrival, position
FROM {{ source('assay', 'findings') }}
