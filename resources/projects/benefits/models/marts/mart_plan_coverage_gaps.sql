-- grain: company_ein, plan_type, segment_start. Islands of plans that overlap or touch, and the gaps between them; an open end counts as
-- the last of all days.
{% set open_end = 9999999 %}
WITH plans AS (
  SELECT plan_key, company_ein, plan_type, carrier_name, start_date, coalesce(end_date, {{ open_end }}) AS end_date
  FROM {{ ref('stg_plans') }}
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
islands AS (
  SELECT company_ein, plan_type, island, min(start_date) AS segment_start, max(end_date) AS segment_end
  FROM numbered
  GROUP BY company_ein, plan_type, island
),
island_carriers AS (
  SELECT company_ein, plan_type, island, {{ joined('carrier_name') }} AS carriers
  FROM (SELECT DISTINCT company_ein, plan_type, island, carrier_name FROM numbered)
  GROUP BY company_ein, plan_type, island
),
first_carrier AS (
  SELECT company_ein, plan_type, island, carrier_name
  FROM (
    SELECT
      n.company_ein, n.plan_type, n.island, n.carrier_name,
      row_number() OVER (PARTITION BY n.company_ein, n.plan_type, n.island ORDER BY n.end_date DESC, n.carrier_name) AS place
    FROM numbered AS n
    JOIN islands AS i ON i.company_ein = n.company_ein AND i.plan_type = n.plan_type AND i.island = n.island AND i.segment_start = n.start_date
  )
  WHERE place = 1
),
last_carrier AS (
  SELECT company_ein, plan_type, island, carrier_name
  FROM (
    SELECT
      n.company_ein, n.plan_type, n.island, n.carrier_name,
      row_number() OVER (PARTITION BY n.company_ein, n.plan_type, n.island ORDER BY n.start_date DESC, n.carrier_name) AS place
    FROM numbered AS n
    JOIN islands AS i ON i.company_ein = n.company_ein AND i.plan_type = n.plan_type AND i.island = n.island AND i.segment_end = n.end_date
  )
  WHERE place = 1
),
segments AS (
  SELECT
    i.company_ein, i.plan_type, 'covered' AS segment, i.segment_start, i.segment_end, c.carriers,
    NULL AS previous_carrier, NULL AS next_carrier
  FROM islands AS i
  JOIN island_carriers AS c ON c.company_ein = i.company_ein AND c.plan_type = i.plan_type AND c.island = i.island
  UNION ALL
  SELECT
    i.company_ein, i.plan_type, 'gap', i.segment_end + 1, n.segment_start - 1, NULL, l.carrier_name, f.carrier_name
  FROM islands AS i
  JOIN islands AS n ON n.company_ein = i.company_ein AND n.plan_type = i.plan_type AND n.island = i.island + 1
  JOIN last_carrier AS l ON l.company_ein = i.company_ein AND l.plan_type = i.plan_type AND l.island = i.island
  JOIN first_carrier AS f ON f.company_ein = n.company_ein AND f.plan_type = n.plan_type AND f.island = n.island
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
