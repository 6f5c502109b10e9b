-- grain: claim_type. Tukey's far-out fence, Q3 + 3 x (Q3 - Q1); the quartile at p is the value at rank ceil(p x n). Types with fewer
-- than 8 claims have none.
WITH amounts AS (
  SELECT claim_type, amount, count(*) AS claims
  FROM {{ source('feeds', 'claims') }}
  GROUP BY claim_type, amount
),
ranked AS (
  SELECT
    claim_type, amount,
    sum(claims) OVER (PARTITION BY claim_type ORDER BY amount) AS last_rank,
    sum(claims) OVER (PARTITION BY claim_type) AS n
  FROM amounts
),
quartiles AS (
  SELECT
    claim_type,
    n AS claim_count,
    min(CASE WHEN last_rank >= (n + 3) / 4 THEN amount END) AS first_quartile,
    min(CASE WHEN last_rank >= (3 * n + 3) / 4 THEN amount END) AS third_quartile
  FROM ranked
  GROUP BY claim_type, n
)
SELECT
  claim_type, claim_count, first_quartile, third_quartile,
  CASE WHEN claim_count >= 8 THEN third_quartile + 3 * (third_quartile - first_quartile) END AS upper_fence
FROM quartiles
