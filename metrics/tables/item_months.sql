-- Items counted per account, month and everything a count may ask for, so that the views say
-- what counts and nobody counts a million lines to draw a page.
CREATE OR REPLACE TABLE item_months AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    item_kind,
    standing,
    is_needing_reply,
    is_answered,
    is_registered_answer,
    is_within_target,
    is_negative,
    is_tone_confirmed,
    is_checked,
    CASE WHEN NOT is_answered THEN waiting_days_from END AS waiting_days_from,
    NOT is_answered AND is_over_one_month AS is_open_over_one_month,
    count(*) AS n,
    min(received_at) AS oldest_received_at,
    max(waiting_working_seconds) AS oldest_working_seconds
FROM measured_items
GROUP BY ALL
ORDER BY account_id, month;
