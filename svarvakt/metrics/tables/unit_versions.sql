-- Which version of a unit names it and says what it lies under, month by month (R48): the one that
-- is valid on the month's last day, in the newest month on the day the figures are for. The first
-- version reaches back, the newest reaches on, so that every unit has one line in every month.
CREATE OR REPLACE TABLE unit_versions AS
WITH begun AS (
    SELECT u.*, date_trunc('month', u.valid_from)::DATE AS begins
    FROM units AS u
    CROSS JOIN measured_on AS m
    QUALIFY coalesce(u.valid_from <= m.day, true)
        OR row_number() OVER (PARTITION BY u.unit_id ORDER BY u.valid_from NULLS FIRST) = 1
),
months AS (
    SELECT
        *,
        lag(begins) OVER versions IS NULL AS is_first,
        lead(begins) OVER versions AS next_begins
    FROM begun
    WINDOW versions AS (PARTITION BY unit_id ORDER BY valid_from NULLS FIRST)
),
-- Two units of one name are told apart by the unit above them, everywhere alike: a chart or a list
-- would draw or choose only one of them. Where that is the same too, by their ids.
parents AS (
    SELECT m.unit_id, m.valid_from, max(p.name) AS above
    FROM months AS m LEFT JOIN months AS p ON p.unit_id = m.parent_id AND p.next_begins IS NULL
    GROUP BY ALL
),
twins AS (
    SELECT m.unit_id, m.valid_from, bool_or(o.above IS NOT DISTINCT FROM p.above) AS is_same_above
    FROM months AS m
    JOIN parents AS p ON p.unit_id = m.unit_id AND p.valid_from IS NOT DISTINCT FROM m.valid_from
    JOIN months AS t ON t.name = m.name AND t.unit_id <> m.unit_id
    JOIN parents AS o ON o.unit_id = t.unit_id AND o.valid_from IS NOT DISTINCT FROM t.valid_from
    GROUP BY ALL
),
named AS (
    SELECT
        m.* REPLACE (
            CASE
                WHEN t.unit_id IS NULL THEN m.name
                WHEN t.is_same_above OR p.above IS NULL THEN m.name || ' (' || m.unit_id || ')'
                ELSE m.name || ' (' || p.above || ')'
            END AS name
        )
    FROM months AS m
    JOIN parents AS p ON p.unit_id = m.unit_id AND p.valid_from IS NOT DISTINCT FROM m.valid_from
    LEFT JOIN twins AS t ON t.unit_id = m.unit_id AND t.valid_from IS NOT DISTINCT FROM m.valid_from
)
SELECT
    unit_id,
    name,
    short_name,
    kind,
    parent_id,
    sector,
    channel_choice,
    is_sensitive_service,
    valid_from,
    valid_to,
    CASE WHEN is_first THEN DATE '0001-01-01' ELSE begins END AS first_month,
    coalesce((next_begins - INTERVAL 1 MONTH)::DATE, DATE '9999-12-01') AS last_month
FROM named
ORDER BY unit_id, first_month;
