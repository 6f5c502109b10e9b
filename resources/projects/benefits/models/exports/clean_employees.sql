-- the staged rows of employees
SELECT * FROM {{ ref('stg_employees') }}
