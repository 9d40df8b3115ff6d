-- M21: what came to the queue and left it, per account, unit and Oslo day; `queue_weeks` and
-- `queue_months` are its running sums. The population is that of M7 (needs a reply) and, for
-- `negative`, of M8; class and tone are today's. Nothing happens later than the account's as-of
-- time: an answer that a person registered after it lies on that day.
CREATE OR REPLACE TABLE queue_days AS
WITH
seen AS (
    SELECT account_id, coalesce(a.comments_as_of, a.as_of, m.as_of) AS as_of
    FROM accounts AS a
    CROSS JOIN measured_on AS m
),
queued AS (
    SELECT
        i.account_id,
        i.unit_id,
        k.is_needing_reply,
        k.is_negative,
        least(i.received_at, s.as_of) AS came_at,
        CASE WHEN k.is_answered THEN least(i.answered_at, s.as_of) END AS answered_at,
        CASE
            WHEN NOT k.is_needing_reply THEN NULL
            WHEN k.is_answered AND i.answered_at > i.due_at THEN least(i.due_at, s.as_of)
            WHEN NOT k.is_answered AND {{need_counted}}
                THEN least(coalesce(i.due_at, s.as_of), s.as_of)
        END AS overdue_at
    FROM measured_items AS k
    JOIN items AS i ON i.rowid = k.item_row
    JOIN seen AS s ON s.account_id = i.account_id
    WHERE {{timed}} OR {{negative}}
),
events AS (
    SELECT
        account_id, unit_id, came_at AS happened_at, is_needing_reply::INT AS came,
        0 AS answered, is_negative::INT AS negative, 0 AS overdue
    FROM queued
    UNION ALL
    SELECT
        account_id, unit_id, answered_at, 0, is_needing_reply::INT, -(is_negative::INT),
        -((overdue_at IS NOT NULL)::INT)
    FROM queued WHERE answered_at IS NOT NULL
    UNION ALL
    SELECT account_id, unit_id, overdue_at, 0, 0, 0, 1 FROM queued WHERE overdue_at IS NOT NULL
)
SELECT
    account_id,
    unit_id,
    (happened_at AT TIME ZONE 'Europe/Oslo')::DATE AS day,
    sum(came)::BIGINT AS came,
    sum(answered)::BIGINT AS answered,
    sum(negative)::BIGINT AS negative,
    sum(overdue)::BIGINT AS overdue
FROM events
GROUP BY ALL
ORDER BY account_id, day;
