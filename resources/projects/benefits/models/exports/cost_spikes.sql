-- grain: company_ein, window_end
SELECT company_name, company_ein, window_start, window_end, prev_90d_cost, current_90d_cost, pct_change
FROM {{ ref('mart_cost_spikes') }}
