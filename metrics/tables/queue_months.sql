-- M21: the queue at the end of each month, a line per account, unit and month (its first day). The
-- newest line is the queue at the as-of time and equals M7 and M8. `is_carried`: the account's newest
-- file is older than the month, so its last value stands.
CREATE OR REPLACE TABLE queue_months AS
WITH
spine AS (
    SELECT
        p.*,
        unnest(generate_series(
            date_trunc('month', first_day), date_trunc('month', newest_day), INTERVAL 1 MONTH
        ))::DATE AS month
    FROM queue_periods AS p
),
moved AS (
    SELECT
        account_id, unit_id, date_trunc('month', day)::DATE AS month,
        sum(came) AS came, sum(answered) AS answered, sum(negative) AS negative,
        sum(overdue) AS overdue
    FROM queue_days
    GROUP BY ALL
)
SELECT
    s.account_id,
    s.unit_id,
    s.platform,
    s.month,
    coalesce(d.came, 0)::BIGINT AS came,
    coalesce(d.answered, 0)::BIGINT AS answered,
    coalesce(sum(d.came - d.answered) OVER so_far, 0)::BIGINT AS open,
    coalesce(sum(d.negative) OVER so_far, 0)::BIGINT AS open_negative,
    coalesce(sum(d.overdue) OVER so_far, 0)::BIGINT AS open_overdue,
    s.month > date_trunc('month', s.last_day) AS is_carried
FROM spine AS s
LEFT JOIN moved AS d
    ON d.account_id = s.account_id AND d.unit_id IS NOT DISTINCT FROM s.unit_id AND d.month = s.month
WINDOW so_far AS (PARTITION BY s.account_id, s.unit_id ORDER BY s.month)
ORDER BY s.account_id, s.month;
