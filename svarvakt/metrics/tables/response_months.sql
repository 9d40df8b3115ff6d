-- Lines to add up, summed from M4, M5 and M17 as they are defined: what was received and answered,
-- what was within the target, and what is in hand, so that a month without items is known to be
-- empty or missing.
CREATE OR REPLACE TABLE response_months AS
SELECT
    account_id,
    unit_id,
    month,
    received,
    class_none,
    cannot_link,
    claimed,
    not_due,
    registered_answers,
    joined_answers,
    denominator AS all_items,
    numerator AS all_answered,
    needs_reply_denominator AS need_items,
    needs_reply_numerator AS need_answered
FROM metric_response_rate
UNION ALL BY NAME
SELECT account_id, unit_id, month, numerator AS within_answered
FROM metric_answered_within_target
UNION ALL BY NAME
SELECT
    account_id,
    unit_id,
    month,
    has_comment_data,
    CASE WHEN has_comment_data THEN as_of END AS as_of
FROM metric_data_coverage
ORDER BY account_id, month;
