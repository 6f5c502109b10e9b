-- grain: company_ein, one row per EIN seen in any feed, with its look-up domains
WITH seen AS (
  SELECT company_ein FROM {{ source('feeds', 'companies') }}
  UNION SELECT company_ein FROM {{ source('feeds', 'company_lookup') }}
  UNION SELECT DISTINCT company_ein FROM {{ source('feeds', 'employees') }}
  UNION SELECT DISTINCT company_ein FROM {{ source('feeds', 'plans') }}
  UNION SELECT DISTINCT company_ein FROM {{ source('feeds', 'claims') }}
),
domains AS (
  SELECT company_ein, min(domain) AS primary_domain, {{ joined('domain') }} AS domains
  FROM {{ source('feeds', 'company_lookup') }}
  GROUP BY company_ein
)
SELECT s.company_ein, d.primary_domain, d.domains
FROM seen AS s
LEFT JOIN domains AS d ON d.company_ein = s.company_ein
