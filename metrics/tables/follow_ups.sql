-- M9: what somebody wrote after an answer in the same thread, and what needs a reply of it.
CREATE OR REPLACE TABLE follow_ups AS
SELECT
    account_id, unit_id, platform, month, item_id, is_answered, working_seconds, elapsed_seconds,
    waiting_working_seconds
FROM measured_items
WHERE is_follow_up AND standing IN ('mature', 'not_due') AND is_needing_reply
ORDER BY account_id, month;
