{# What differs between SQL engines lives here alone. Days are integers, money integer cents, percent integer hundredths of a percent. #}

{# part / whole as hundredths of a percent, rounded half away from zero; whole must be positive #}
{% macro percent_of(part, whole) -%}
(CASE WHEN ({{ part }}) < 0 THEN -1 ELSE 1 END * ((2 * abs({{ part }}) * 10000 + ({{ whole }})) / (2 * ({{ whole }}))))
{%- endmacro %}

{# the text before the first separator; all of it where there is none #}
{% macro text_before(text, separator) -%}
(CASE WHEN instr({{ text }}, '{{ separator }}') > 0 THEN substr({{ text }}, 1, instr({{ text }}, '{{ separator }}') - 1) ELSE {{ text }} END)
{%- endmacro %}

{# the values of a column in ascending order, joined by | #}
{% macro joined(value) -%}
group_concat({{ value }}, '|' ORDER BY {{ value }})
{%- endmacro %}

{# a named number of the project variable `name` (a map) for a text column, as a scalar expression; null where there is none #}
{% macro mapped_variable(name, column) -%}
(CASE {{ column }}{% for key, value in var(name) | items %} WHEN '{{ key }}' THEN {{ value }}{% endfor %} END)
{%- endmacro %}

{# where the value at a rank (from 1) lies among n values, as a fraction for value_at; halfway to the next, so that no rounding reaches another #}
{% macro fraction_of_rank(rank, n) -%}
min(1.0, ({{ rank }} - 0.5) / max({{ n }} - 1, 1))
{%- endmacro %}

{# an aggregate: the whole number at a fraction of the sorted values; the fraction must be worked out before, a column #}
{% macro value_at(value, fraction) -%}
CAST(percentile_disc({{ value }}, {{ fraction }}) AS INTEGER)
{%- endmacro %}
