-- the staged rows of claims
SELECT * FROM {{ ref('stg_claims') }}
