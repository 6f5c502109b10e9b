-- grain: company_ein, plan_type, gap_start
SELECT
  company_name, company_ein, plan_type, segment_start AS gap_start, segment_end AS gap_end, length_days AS gap_length_days,
  previous_carrier, next_carrier
FROM {{ ref('mart_plan_coverage_gaps') }}
WHERE is_reportable_gap = 1
