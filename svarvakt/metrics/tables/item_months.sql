-- Items counted per account, month and everything a count may ask for, so that the views say
-- what counts and nobody counts a million lines to draw a page.
CREATE OR REPLACE TABLE item_months AS
SELECT
    account_id,
    unit_id,
    platform,
    measured_items.month,
    item_kind,
    standing,
    is_unanswered,
    is_needing_reply,
    is_answered,
    is_registered_answer,
    is_joined_answer,
    is_within_target,
    is_negative,
    is_tone_confirmed,
    is_checked,
    CASE WHEN NOT is_answered THEN waiting_days_from END AS waiting_days_from,
    NOT is_answered AND is_over_one_month AS is_open_over_one_month,
    -- Working time to the answer: 0 up to an hour, 1 and 3 up to so many working days, 6 more (M6).
    CASE
        WHEN NOT is_answered THEN NULL
        WHEN working_seconds <= 3600 THEN 0
        WHEN working_seconds <= 1 * m.working_day_seconds THEN 1
        WHEN working_seconds <= 3 * m.working_day_seconds THEN 3
        ELSE 6
    END AS answer_days_to,
    count(*) AS n,
    min(received_at) AS oldest_received_at,
    max(waiting_working_seconds) AS oldest_working_seconds
FROM measured_items
CROSS JOIN measured_on AS m
GROUP BY ALL
ORDER BY account_id, measured_items.month;
