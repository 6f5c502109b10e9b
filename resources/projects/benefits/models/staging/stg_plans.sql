-- grain: plan_key (plan_id, or company, type, carrier and start where the feed has no plan_id)
SELECT plan_id, company_ein, plan_type, carrier_name, start_date, end_date, last_updated, row_id, staged_key AS plan_key, is_waived
FROM {{ source('feeds', 'plans') }}
