-- grain: claim_type. Tukey's far-out fence, Q3 + 3 x (Q3 - Q1); the quartile at p is the value at rank ceil(p x n). Types with fewer
-- than 8 claims have none.
WITH counted AS (
  SELECT claim_type, count(*) AS n
  FROM {{ source('feeds', 'claims') }}
  GROUP BY claim_type
),
amounts AS (
  SELECT claim_type, amount, count(*) AS claims
  FROM {{ source('feeds', 'claims') }}
  GROUP BY claim_type, amount
),
ranked AS (
  SELECT
    claim_type, amount, claims,
    sum(claims) OVER (PARTITION BY claim_type ORDER BY amount ROWS UNBOUNDED PRECEDING) AS last_rank
  FROM amounts
),
-- Only the amounts that reach a quartile: sorting them all again would take as long as finding them.
reached AS (
  SELECT
    r.claim_type, c.n, r.amount,
    r.last_rank >= (c.n + 3) / 4 AND r.last_rank - r.claims < (c.n + 3) / 4 AS is_first,
    r.last_rank >= (3 * c.n + 3) / 4 AND r.last_rank - r.claims < (3 * c.n + 3) / 4 AS is_third
  FROM ranked AS r
  JOIN counted AS c ON c.claim_type = r.claim_type
),
quartiles AS (
  SELECT
    claim_type, n,
    max(CASE WHEN is_first THEN amount END) AS first_quartile,
    max(CASE WHEN is_third THEN amount END) AS third_quartile
  FROM reached
  WHERE is_first OR is_third
  GROUP BY claim_type, n
)
SELECT
  claim_type, first_quartile, third_quartile,
  CASE WHEN n >= 8 THEN third_quartile + 3 * (third_quartile - first_quartile) END AS upper_fence
FROM quartiles
