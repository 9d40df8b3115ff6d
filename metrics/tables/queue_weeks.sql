-- M21: the queue at the end of each ISO week, a line per account, unit and week (its first day). The
-- newest line is the queue at the as-of time and equals M7 and M8. `is_carried`: the account's newest
-- file is older than the week, so its last value stands. `month` is the one that the week ends in, so that
-- months can be chosen.
CREATE OR REPLACE TABLE queue_weeks AS
WITH
spine AS (
    SELECT
        p.*,
        unnest(generate_series(
            date_trunc('week', first_day), date_trunc('week', newest_day), INTERVAL 1 WEEK
        ))::DATE AS week
    FROM queue_periods AS p
),
moved AS (
    SELECT
        account_id, unit_id, date_trunc('week', day)::DATE AS week,
        sum(came) AS came, sum(answered) AS answered, sum(negative) AS negative,
        sum(overdue) AS overdue
    FROM queue_days
    GROUP BY ALL
)
SELECT
    s.account_id,
    s.unit_id,
    s.platform,
    date_trunc('month', least(s.week + 6, s.newest_day))::DATE AS month,
    s.week,
    coalesce(d.came, 0)::BIGINT AS came,
    coalesce(d.answered, 0)::BIGINT AS answered,
    coalesce(sum(d.came - d.answered) OVER so_far, 0)::BIGINT AS open,
    coalesce(sum(d.negative) OVER so_far, 0)::BIGINT AS open_negative,
    coalesce(sum(d.overdue) OVER so_far, 0)::BIGINT AS open_overdue,
    s.week > date_trunc('week', s.last_day) AS is_carried
FROM spine AS s
LEFT JOIN moved AS d
    ON d.account_id = s.account_id AND d.unit_id IS NOT DISTINCT FROM s.unit_id AND d.week = s.week
WINDOW so_far AS (PARTITION BY s.account_id, s.unit_id ORDER BY s.week)
ORDER BY s.account_id, s.week;
