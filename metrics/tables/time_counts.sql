-- How many items have their time in each step, per account, unit and month (M6, M8).
CREATE OR REPLACE TABLE time_counts AS
SELECT account_id, unit_id, month, is_negative, is_answered, clock, step, count(*) AS n
FROM (
    SELECT account_id, unit_id, month, is_negative, is_answered, 'observed' AS clock,
        observed_step AS step
    FROM measured_times
    UNION ALL
    SELECT account_id, unit_id, month, is_negative, is_answered, 'elapsed', elapsed_step
    FROM measured_times WHERE elapsed_step IS NOT NULL
)
GROUP BY ALL
ORDER BY clock, account_id, month, step;
