-- grain: company_ein, window_end; one row per company and day with a claim
WITH days AS (
  SELECT company_ein, service_date AS day, count(*) AS claims, sum(amount) AS cost
  FROM {{ source('feeds', 'claims') }}
  GROUP BY company_ein, service_date
),
windows AS (
  SELECT
    company_ein,
    day,
    sum(claims) OVER last_90 AS claim_count,
    sum(cost) OVER last_90 AS current_90d_cost,
    coalesce(sum(cost) OVER (PARTITION BY company_ein ORDER BY day RANGE BETWEEN 179 PRECEDING AND 90 PRECEDING), 0) AS prev_90d_cost
  FROM days
  WINDOW last_90 AS (PARTITION BY company_ein ORDER BY day RANGE BETWEEN 89 PRECEDING AND CURRENT ROW)
)
SELECT
  company_ein,
  day - 89 AS window_start,
  day AS window_end,
  claim_count,
  prev_90d_cost,
  current_90d_cost,
  CASE WHEN prev_90d_cost > 0 THEN {{ percent_of('current_90d_cost - prev_90d_cost', 'prev_90d_cost') }} END AS pct_change,
  CASE WHEN prev_90d_cost > 0 AND current_90d_cost - prev_90d_cost > 2 * prev_90d_cost THEN 1 ELSE 0 END AS is_spike
FROM windows
