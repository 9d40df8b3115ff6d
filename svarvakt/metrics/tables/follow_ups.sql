-- M9: what somebody wrote after an answer in the same thread, and what needs a reply of it.
CREATE OR REPLACE TABLE follow_ups AS
SELECT
    account_id, unit_id, platform, month, item_id, is_answered, working_seconds, elapsed_seconds,
    waiting_working_seconds
FROM measured_items
WHERE {{follow_up}}
ORDER BY account_id, month;
