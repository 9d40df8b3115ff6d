-- M21 per month: what a month's report says waited at its end.
CREATE OR REPLACE TABLE queue_months AS
SELECT
    account_id,
    unit_id,
    platform,
    step AS month,
    came,
    answered,
    open,
    open_negative,
    open_overdue,
    is_carried
FROM queue_steps('month', INTERVAL 1 MONTH)
ORDER BY account_id, month;
