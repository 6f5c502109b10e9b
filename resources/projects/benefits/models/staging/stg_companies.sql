-- grain: company_ein
SELECT company_ein, company_name, employee_count, row_id
FROM {{ source('feeds', 'companies') }}
