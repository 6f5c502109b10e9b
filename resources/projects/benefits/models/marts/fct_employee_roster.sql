-- grain: company_ein
WITH active AS (
  SELECT company_ein, count(*) AS observed
  FROM {{ ref('stg_employees') }}
  WHERE start_date <= {{ var('as_of') }} AND (end_date IS NULL OR end_date >= {{ var('as_of') }})
  GROUP BY company_ein
),
counted AS (
  SELECT c.company_name, c.company_ein, c.expected_employees AS expected, coalesce(a.observed, 0) AS observed
  FROM {{ ref('int_company_enriched') }} AS c
  LEFT JOIN active AS a ON a.company_ein = c.company_ein
)
SELECT
  company_name, company_ein, expected, observed,
  CASE WHEN expected > 0 THEN {{ percent_of('abs(observed - expected)', 'expected') }} END AS pct_diff,
  CASE
    WHEN expected IS NULL THEN 'Unknown'
    WHEN expected = 0 THEN CASE WHEN observed = 0 THEN 'Low' ELSE 'Critical' END
    WHEN 5 * abs(observed - expected) < expected THEN 'Low'
    WHEN 2 * abs(observed - expected) < expected THEN 'Medium'
    WHEN abs(observed - expected) <= expected THEN 'High'
    ELSE 'Critical'
  END AS severity
FROM counted
