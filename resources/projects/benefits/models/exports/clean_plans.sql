-- the staged rows of plans
SELECT * FROM {{ ref('stg_plans') }}
