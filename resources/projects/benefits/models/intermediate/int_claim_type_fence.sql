-- grain: claim_type. Tukey's far-out fence, Q3 + 3 x (Q3 - Q1); the quartile at p is the value at rank ceil(p x n). Types with fewer
-- than 8 claims have none.
{% set claims = source('feeds', 'claims') %}
WITH ranks AS MATERIALIZED (
  SELECT
    claim_type,
    count(*) AS n,
    {{ fraction_of_rank('(count(*) + 3) / 4', 'count(*)') }} AS first_fraction,
    {{ fraction_of_rank('(3 * count(*) + 3) / 4', 'count(*)') }} AS third_fraction
  FROM {{ claims }}
  GROUP BY claim_type
),
-- By subqueries, each along the index of its type and once: joined, all claims would be sorted again.
quartiles AS MATERIALIZED (
  SELECT
    claim_type, n,
    (SELECT {{ value_at('c.amount', 'r.first_fraction') }} FROM {{ claims }} AS c WHERE c.claim_type = r.claim_type) AS first_quartile,
    (SELECT {{ value_at('c.amount', 'r.third_fraction') }} FROM {{ claims }} AS c WHERE c.claim_type = r.claim_type) AS third_quartile
  FROM ranks AS r
)
SELECT
  claim_type, first_quartile, third_quartile,
  CASE WHEN n >= 8 THEN third_quartile + 3 * (third_quartile - first_quartile) END AS upper_fence
FROM quartiles
