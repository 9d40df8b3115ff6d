-- How many items have their time in each step, per account, unit and month (M6, M8).
CREATE OR REPLACE TABLE time_counts AS
SELECT clock, account_id, unit_id, month, is_negative, is_answered, step, count(*) AS n
FROM measured_times
GROUP BY ALL
ORDER BY clock, account_id, month, step;
