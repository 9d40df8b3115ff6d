-- M21 per ISO week, Monday first. `month` is the one that the week ends in, so that months can be chosen.
CREATE OR REPLACE TABLE queue_weeks AS
SELECT
    account_id,
    unit_id,
    platform,
    date_trunc('month', least(step + 6, newest_day))::DATE AS month,
    step AS week,
    came,
    answered,
    open,
    open_negative,
    open_overdue,
    is_carried
FROM queue_steps('week', INTERVAL 1 WEEK)
ORDER BY account_id, week;
