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
