-- grain: company_ein
SELECT company_name, company_ein, expected, observed, pct_diff, severity
FROM {{ ref('fct_employee_roster') }}
