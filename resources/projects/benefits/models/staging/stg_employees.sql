-- grain: person_id
SELECT
  person_id, full_name, title, email, company_ein, ein_inferred, start_date, end_date,
  notes_status, notes_department, notes_location, notes_termination_date,
  last_updated, row_id, is_waived
FROM {{ source('feeds', 'employees') }}
