-- One line per account, unit and month with every count that the pages add up (M1, M4, M5, M7, M8):
-- a choice in a filter reads some hundred lines, however many the items are.
CREATE OR REPLACE TABLE month_counts AS
WITH marked AS (
    SELECT
        *,
        standing = 'mature' AS is_due,
        standing = 'mature' AND is_needing_reply AS is_due_need,
        standing IN ('mature', 'not_due') AND NOT is_answered AS is_open,
        standing IN ('mature', 'not_due') AND is_negative AS is_bad,
        standing IN ('mature', 'not_due') AND is_needing_reply AND is_answered AS is_timed
    FROM item_months
)
SELECT
    account_id,
    unit_id,
    platform,
    month,
    sum(n)::BIGINT AS received,
    sum(CASE WHEN item_kind = 'comment' THEN n ELSE 0 END)::BIGINT AS comments,
    sum(CASE WHEN item_kind = 'visitor_post' THEN n ELSE 0 END)::BIGINT AS visitor_posts,
    sum(CASE WHEN item_kind = 'review' THEN n ELSE 0 END)::BIGINT AS reviews,
    sum(CASE WHEN is_needing_reply THEN n ELSE 0 END)::BIGINT AS needing_reply,
    sum(CASE WHEN standing = 'class_none' THEN n ELSE 0 END)::BIGINT AS class_none,
    sum(CASE WHEN standing = 'cannot_link' THEN n ELSE 0 END)::BIGINT AS cannot_link,
    sum(CASE WHEN standing = 'claimed' THEN n ELSE 0 END)::BIGINT AS claimed,
    sum(CASE WHEN standing = 'not_due' THEN n ELSE 0 END)::BIGINT AS not_due,
    sum(CASE WHEN is_due THEN n ELSE 0 END)::BIGINT AS due,
    sum(CASE WHEN is_due AND is_answered THEN n ELSE 0 END)::BIGINT AS due_answered,
    sum(CASE WHEN is_due AND is_registered_answer THEN n ELSE 0 END)::BIGINT
        AS registered_answers,
    sum(CASE WHEN is_due_need THEN n ELSE 0 END)::BIGINT AS due_need,
    sum(CASE WHEN is_due_need AND is_answered THEN n ELSE 0 END)::BIGINT AS due_need_answered,
    sum(CASE WHEN is_due_need AND is_within_target THEN n ELSE 0 END)::BIGINT AS due_need_within,
    sum(CASE WHEN is_needing_reply AND NOT is_answered AND standing = 'claimed' THEN n ELSE 0 END)
        ::BIGINT AS waiting_claimed,
    sum(CASE WHEN is_open AND is_needing_reply THEN n ELSE 0 END)::BIGINT AS waiting,
    sum(CASE WHEN is_open AND is_due_need THEN n ELSE 0 END)::BIGINT AS waiting_due,
    sum(CASE WHEN is_open AND is_needing_reply AND waiting_days_from = 0 THEN n ELSE 0 END)::BIGINT
        AS waiting_under_one_day,
    sum(CASE WHEN is_open AND is_needing_reply AND waiting_days_from = 1 THEN n ELSE 0 END)::BIGINT
        AS waiting_one_to_three_days,
    sum(CASE WHEN is_open AND is_needing_reply AND waiting_days_from = 3 THEN n ELSE 0 END)::BIGINT
        AS waiting_three_to_six_days,
    sum(CASE WHEN is_open AND is_needing_reply AND waiting_days_from = 6 THEN n ELSE 0 END)::BIGINT
        AS waiting_six_days_or_more,
    sum(CASE WHEN is_open AND is_needing_reply AND is_open_over_one_month THEN n ELSE 0 END)
        ::BIGINT AS waiting_over_one_month,
    min(CASE WHEN is_open AND is_needing_reply THEN oldest_received_at END) AS waiting_since,
    max(CASE WHEN is_open AND is_needing_reply THEN oldest_working_seconds END)
        AS waiting_working_seconds,
    sum(CASE WHEN is_timed AND answer_days_to = 0 THEN n ELSE 0 END)::BIGINT AS within_hour,
    sum(CASE WHEN is_timed AND answer_days_to = 1 THEN n ELSE 0 END)::BIGINT AS within_day,
    sum(CASE WHEN is_timed AND answer_days_to = 3 THEN n ELSE 0 END)::BIGINT AS within_three_days,
    sum(CASE WHEN is_timed AND answer_days_to = 6 THEN n ELSE 0 END)::BIGINT AS later,
    sum(CASE WHEN is_bad THEN n ELSE 0 END)::BIGINT AS negative,
    sum(CASE WHEN is_bad AND is_due THEN n ELSE 0 END)::BIGINT AS negative_was_due,
    sum(CASE WHEN is_bad AND is_open THEN n ELSE 0 END)::BIGINT AS negative_open,
    sum(CASE WHEN is_bad AND is_open AND is_tone_confirmed THEN n ELSE 0 END)::BIGINT
        AS negative_confirmed,
    sum(CASE WHEN is_bad AND is_open AND is_due THEN n ELSE 0 END)::BIGINT AS negative_due,
    sum(CASE WHEN is_bad AND is_open AND is_due AND is_tone_confirmed THEN n ELSE 0 END)::BIGINT
        AS negative_confirmed_due,
    sum(CASE WHEN is_bad AND is_open_over_one_month THEN n ELSE 0 END)::BIGINT
        AS negative_over_one_month
FROM marked
GROUP BY ALL
ORDER BY account_id, month;
