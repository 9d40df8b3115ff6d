-- M21: from where to where the queue of an account is known, a line per unit that the account's
-- enquiries belong to: from the first one that is kept to the as-of time of the account. Accounts
-- without any comments imported have no queue, which is not an empty one.
CREATE OR REPLACE TABLE queue_periods AS
WITH
first_items AS (
    SELECT account_id, min(received_at) AS first_received_at FROM items GROUP BY account_id
),
owners AS (
    SELECT DISTINCT account_id, unit_id FROM queue_days
    UNION
    SELECT account_id, unit_id FROM accounts
)
SELECT
    o.account_id,
    o.unit_id,
    a.platform,
    (least(coalesce(f.first_received_at, m.as_of), m.as_of) AT TIME ZONE 'Europe/Oslo')::DATE
        AS first_day,
    (least(coalesce(a.comments_as_of, a.as_of, m.as_of), m.as_of) AT TIME ZONE 'Europe/Oslo')::DATE
        AS last_day,
    m.day AS newest_day
FROM owners AS o
JOIN accounts AS a ON a.account_id = o.account_id
CROSS JOIN measured_on AS m
LEFT JOIN first_items AS f ON f.account_id = o.account_id
WHERE f.account_id IS NOT NULL OR a.comments_as_of IS NOT NULL;

-- M21: the queue step by step, from the movements of the days: `queue_steps('week', INTERVAL 1 WEEK)` is
-- a line per account, unit and step (its first day) with what came and was answered in it, and what was
-- open at its end. The newest line is the queue at the as-of time and equals M7 and M8. `is_carried`:
-- the account's newest file is older than the step, so its last value stands.
CREATE OR REPLACE TEMP MACRO queue_steps(unit, length) AS TABLE
WITH
spine AS (
    SELECT
        p.*,
        unnest(generate_series(
            date_trunc(unit, first_day), date_trunc(unit, newest_day), length
        ))::DATE AS step
    FROM queue_periods AS p
),
moved AS (
    SELECT
        account_id, unit_id, date_trunc(unit, day)::DATE AS step,
        sum(came) AS came, sum(answered) AS answered, sum(negative) AS negative,
        sum(overdue) AS overdue
    FROM queue_days
    GROUP BY ALL
)
SELECT
    s.account_id,
    s.unit_id,
    s.platform,
    s.step,
    s.newest_day,
    coalesce(d.came, 0)::BIGINT AS came,
    coalesce(d.answered, 0)::BIGINT AS answered,
    coalesce(sum(d.came - d.answered) OVER so_far, 0)::BIGINT AS open,
    coalesce(sum(d.negative) OVER so_far, 0)::BIGINT AS open_negative,
    coalesce(sum(d.overdue) OVER so_far, 0)::BIGINT AS open_overdue,
    s.step > date_trunc(unit, s.last_day) AS is_carried
FROM spine AS s
LEFT JOIN moved AS d
    ON d.account_id = s.account_id AND d.unit_id IS NOT DISTINCT FROM s.unit_id AND d.step = s.step
WINDOW so_far AS (PARTITION BY s.account_id, s.unit_id ORDER BY s.step);
