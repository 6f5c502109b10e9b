-- grain: company_ein, plan_type, segment_start. Islands of plans that overlap or touch, and the gaps between them; an open end counts as
-- the last of all days.
{% set open_end = 9999999 %}
WITH plans AS (
  SELECT plan_key, company_ein, plan_type, carrier_name, start_date, coalesce(end_date, {{ open_end }}) AS end_date
  FROM {{ ref('stg_plans') }}
  -- One that ends before it starts can be staged by a waiver; it covers no day.
  WHERE end_date IS NULL OR end_date >= start_date
),
reached AS (
  SELECT
    *,
    max(end_date) OVER (
      PARTITION BY company_ein, plan_type ORDER BY start_date, end_date, plan_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS latest_end_so_far
  FROM plans
),
numbered AS (
  SELECT
    *,
    sum(CASE WHEN latest_end_so_far IS NULL OR start_date > latest_end_so_far + 1 THEN 1 ELSE 0 END) OVER (
      PARTITION BY company_ein, plan_type ORDER BY start_date, end_date, plan_key ROWS UNBOUNDED PRECEDING
    ) AS island
  FROM reached
),
-- The plan that begins an island (the longest, then the name), and the one that ends it (the latest start, then the name).
edged AS (
  SELECT
    *,
    first_value(carrier_name) OVER (
      PARTITION BY company_ein, plan_type, island ORDER BY start_date, end_date DESC, carrier_name
    ) AS first_carrier,
    first_value(carrier_name) OVER (
      PARTITION BY company_ein, plan_type, island ORDER BY end_date DESC, start_date DESC, carrier_name
    ) AS last_carrier
  FROM numbered
),
carried AS (
  SELECT
    company_ein, plan_type, island, carrier_name, first_carrier, last_carrier,
    min(start_date) AS start_date, max(end_date) AS end_date
  FROM edged
  GROUP BY company_ein, plan_type, island, carrier_name, first_carrier, last_carrier
),
islands AS (
  SELECT
    company_ein, plan_type, island, first_carrier, last_carrier,
    min(start_date) AS segment_start, max(end_date) AS segment_end, {{ joined('carrier_name') }} AS carriers
  FROM carried
  GROUP BY company_ein, plan_type, island, first_carrier, last_carrier
),
followed AS (
  SELECT
    *,
    lead(segment_start) OVER next_island AS next_start,
    lead(first_carrier) OVER next_island AS next_carrier
  FROM islands
  WINDOW next_island AS (PARTITION BY company_ein, plan_type ORDER BY island)
),
segments AS (
  SELECT
    company_ein, plan_type, 'covered' AS segment, segment_start, segment_end, carriers,
    NULL AS previous_carrier, NULL AS next_carrier
  FROM followed
  UNION ALL
  SELECT company_ein, plan_type, 'gap', segment_end + 1, next_start - 1, NULL, last_carrier, next_carrier
  FROM followed
  WHERE next_start IS NOT NULL
)
SELECT
  s.company_ein,
  c.company_name,
  s.plan_type,
  s.segment,
  s.segment_start,
  nullif(s.segment_end, {{ open_end }}) AS segment_end,
  CASE WHEN s.segment_end < {{ open_end }} THEN s.segment_end - s.segment_start + 1 END AS length_days,
  s.carriers,
  s.previous_carrier,
  s.next_carrier,
  CASE WHEN s.segment = 'gap' AND s.segment_end - s.segment_start + 1 > {{ var('reportable_gap_days') }} THEN 1 ELSE 0 END AS is_reportable_gap
FROM segments AS s
JOIN {{ ref('int_company_enriched') }} AS c ON c.company_ein = s.company_ein
