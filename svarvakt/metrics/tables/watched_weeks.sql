-- M13 (G6a): for each account and ISO week in which something arrived, the working time from
-- the week's first arrival until somebody looked: a reply, a decision about an item of the
-- account, or «sett, ingenting nytt». Where nobody has yet, the gap runs to the as-of time.
CREATE OR REPLACE TABLE watched_weeks AS
WITH
weeks AS (
    SELECT
        account_id,
        unit_id,
        platform,
        date_trunc('week', received_at AT TIME ZONE 'Europe/Oslo')::DATE AS week,
        min(received_at) AS first_received_at
    FROM items
    GROUP BY ALL
),
looked AS (
    SELECT
        w.*,
        l.looked_at,
        coalesce(l.looked_at, a.comments_as_of, a.as_of, m.as_of) AS gap_ends_at
    FROM weeks AS w
    CROSS JOIN measured_on AS m
    LEFT JOIN accounts AS a ON a.account_id = w.account_id
    ASOF LEFT JOIN looks AS l
        ON l.account_id = w.account_id AND w.first_received_at <= l.looked_at
),
clocked AS (
    SELECT
        l.*,
        s.seconds_before + date_diff('second', s.starts_at, least(l.first_received_at, s.ends_at))
            AS opened_at_second
    FROM looked AS l
    ASOF LEFT JOIN working_spans AS s ON s.starts_at <= l.first_received_at
)
SELECT
    c.account_id,
    c.unit_id,
    c.platform,
    date_trunc('month', c.first_received_at AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    c.week,
    c.first_received_at,
    c.looked_at,
    greatest(
        coalesce(
            s.seconds_before + date_diff('second', s.starts_at, least(c.gap_ends_at, s.ends_at)), 0
        ) - coalesce(c.opened_at_second, 0),
        0
    )::BIGINT AS gap_working_seconds
FROM clocked AS c
ASOF LEFT JOIN working_spans AS s ON s.starts_at <= c.gap_ends_at
ORDER BY c.account_id, c.week;
