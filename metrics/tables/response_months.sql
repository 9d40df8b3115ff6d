-- Lines to add up for M1, M4 and M5, per account, unit and month: what was received, and beside it
-- what is in hand (M17), so that a month without items is known to be empty or missing.
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
    due AS all_items,
    due_answered AS all_answered,
    due_need AS need_items,
    due_need_answered AS need_answered,
    due_need_within AS within_answered,
    registered_answers
FROM month_counts
UNION ALL BY NAME
SELECT
    account_id,
    unit_id,
    month,
    has_comment_data,
    CASE WHEN has_comment_data THEN as_of END AS as_of
FROM covered_months
ORDER BY account_id, month;
