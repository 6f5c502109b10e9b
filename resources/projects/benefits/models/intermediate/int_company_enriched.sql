-- grain: company_ein
SELECT
  d.company_ein,
  coalesce(c.company_name, {{ text_before('d.primary_domain', '.') }}, d.company_ein) AS company_name,
  d.primary_domain,
  d.domains,
  coalesce(c.employee_count, {{ mapped_variable('expected_employees', 'd.company_ein') }}) AS expected_employees,
  e.industry,
  e.revenue,
  e.headcount,
  CASE WHEN d.primary_domain IS NULL THEN 'no_domain' ELSE e.enrichment_status END AS enrichment_status
FROM {{ ref('int_company_domain') }} AS d
LEFT JOIN {{ ref('stg_companies') }} AS c ON c.company_ein = d.company_ein
LEFT JOIN {{ ref('company_enrichment') }} AS e ON e.domain = d.primary_domain
