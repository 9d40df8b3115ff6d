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
FROM months
ORDER BY unit_id, first_month;
