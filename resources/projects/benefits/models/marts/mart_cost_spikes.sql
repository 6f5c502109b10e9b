-- grain: company_ein, window_end
SELECT
  c.company_name, f.company_ein, f.window_start, f.window_end, f.prev_90d_cost, f.current_90d_cost, f.pct_change
FROM {{ ref('fct_claims_rolling_90d') }} AS f
JOIN {{ ref('int_company_enriched') }} AS c ON c.company_ein = f.company_ein
WHERE f.is_spike = 1
