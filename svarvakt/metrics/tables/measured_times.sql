-- M6: every item that needs a reply, by its working time to the answer or, unanswered, so far
-- ('observed'); and the answered ones by the time on the clock ('elapsed'). The shortest first. A
-- step holds the times within a twentieth of each other: `time_counts` says how many are in each, so
-- that an order statistic is found by reading one step of a hundred (svarvakt/metrics/_quantiles.py).
CREATE OR REPLACE TABLE measured_times AS
WITH needing AS (
    SELECT * FROM measured_items
    WHERE {{timed}}
),
timed AS (
    SELECT 'observed' AS clock, account_id, unit_id, month, is_negative, is_answered,
        coalesce(working_seconds, waiting_working_seconds, 0) AS seconds
    FROM needing
    UNION ALL
    SELECT 'elapsed', account_id, unit_id, month, is_negative, is_answered, elapsed_seconds
    FROM needing WHERE elapsed_seconds IS NOT NULL
)
SELECT *, floor(14 * log2(1 + seconds / 60))::SMALLINT AS step
FROM timed
ORDER BY clock, seconds;
