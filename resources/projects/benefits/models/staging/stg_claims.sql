-- grain: claim_id
SELECT
  c.claim_id, c.company_ein, c.person_id, c.plan_id, c.service_date, c.amount, c.claim_type, c.status,
  CASE WHEN c.amount > f.upper_fence THEN 1 ELSE 0 END AS is_outlier,
  c.last_updated, c.row_id, c.is_waived
FROM {{ source('feeds', 'claims') }} AS c
LEFT JOIN {{ ref('int_claim_type_fence') }} AS f ON f.claim_type = c.claim_type
