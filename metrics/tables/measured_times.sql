-- M6: every item that needs a reply, by its time to the answer or, unanswered, so far; the shortest
-- first. A step holds the times within a twentieth of each other: `time_counts` says how many are in
-- each, so that an order statistic is found by reading one step of a hundred (metrics/_quantiles.py).
CREATE OR REPLACE TABLE measured_times AS
WITH timed AS (
    SELECT account_id, unit_id, month, is_negative, is_answered, elapsed_seconds,
        coalesce(working_seconds, waiting_working_seconds, 0) AS observed_seconds
    FROM measured_items
    WHERE standing IN ('mature', 'not_due') AND is_needing_reply
)
SELECT
    *,
    floor(14 * log2(1 + observed_seconds / 60))::SMALLINT AS observed_step,
    floor(14 * log2(1 + elapsed_seconds / 60))::SMALLINT AS elapsed_step
FROM timed
ORDER BY observed_seconds;
