-- One line per account, unit and month with every count that the pages add up (M1, M4, M5, M7, M8),
-- each of a population of `svarvakt/metrics/populations.py`: a choice in a filter reads some hundred lines,
-- however many the items are.
CREATE OR REPLACE TABLE month_counts AS
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
    sum(CASE WHEN {{class_none}} THEN n ELSE 0 END)::BIGINT AS class_none,
    sum(CASE WHEN {{cannot_link}} THEN n ELSE 0 END)::BIGINT AS cannot_link,
    sum(CASE WHEN {{claimed}} THEN n ELSE 0 END)::BIGINT AS claimed,
    sum(CASE WHEN {{not_due}} THEN n ELSE 0 END)::BIGINT AS not_due,
    sum(CASE WHEN {{all_counted}} THEN n ELSE 0 END)::BIGINT AS due,
    sum(CASE WHEN {{all_answered}} THEN n ELSE 0 END)::BIGINT AS due_answered,
    sum(CASE WHEN {{registered}} THEN n ELSE 0 END)::BIGINT AS registered_answers,
    sum(CASE WHEN {{joined}} THEN n ELSE 0 END)::BIGINT AS joined_answers,
    sum(CASE WHEN {{need_counted}} THEN n ELSE 0 END)::BIGINT AS due_need,
    sum(CASE WHEN {{need_answered}} THEN n ELSE 0 END)::BIGINT AS due_need_answered,
    sum(CASE WHEN {{within_target}} THEN n ELSE 0 END)::BIGINT AS due_need_within,
    sum(CASE WHEN {{claimed_waiting}} THEN n ELSE 0 END)::BIGINT AS waiting_claimed,
    sum(CASE WHEN {{waiting}} THEN n ELSE 0 END)::BIGINT AS waiting,
    sum(CASE WHEN {{waiting_overdue}} THEN n ELSE 0 END)::BIGINT AS waiting_due,
    sum(CASE WHEN {{waiting}} AND waiting_days_from = 0 THEN n ELSE 0 END)::BIGINT
        AS waiting_under_one_day,
    sum(CASE WHEN {{waiting}} AND waiting_days_from = 1 THEN n ELSE 0 END)::BIGINT
        AS waiting_one_to_three_days,
    sum(CASE WHEN {{waiting}} AND waiting_days_from = 3 THEN n ELSE 0 END)::BIGINT
        AS waiting_three_to_six_days,
    sum(CASE WHEN {{waiting}} AND waiting_days_from = 6 THEN n ELSE 0 END)::BIGINT
        AS waiting_six_days_or_more,
    sum(CASE WHEN {{waiting}} AND is_open_over_one_month THEN n ELSE 0 END)
        ::BIGINT AS waiting_over_one_month,
    min(CASE WHEN {{waiting}} THEN oldest_received_at END) AS waiting_since,
    max(CASE WHEN {{waiting}} THEN oldest_working_seconds END)
        AS waiting_working_seconds,
    sum(CASE WHEN {{timed}} AND is_answered AND answer_days_to = 0 THEN n ELSE 0 END)::BIGINT
        AS within_hour,
    sum(CASE WHEN {{timed}} AND is_answered AND answer_days_to = 1 THEN n ELSE 0 END)::BIGINT
        AS within_day,
    sum(CASE WHEN {{timed}} AND is_answered AND answer_days_to = 3 THEN n ELSE 0 END)::BIGINT
        AS within_three_days,
    sum(CASE WHEN {{timed}} AND is_answered AND answer_days_to = 6 THEN n ELSE 0 END)::BIGINT
        AS later,
    sum(CASE WHEN {{negative}} THEN n ELSE 0 END)::BIGINT AS negative,
    sum(CASE WHEN {{negative_due}} THEN n ELSE 0 END)::BIGINT AS negative_was_due,
    sum(CASE WHEN {{unanswered_negative}} THEN n ELSE 0 END)::BIGINT AS negative_open,
    sum(CASE WHEN {{negative_confirmed}} THEN n ELSE 0 END)::BIGINT
        AS negative_confirmed,
    sum(CASE WHEN {{negative_overdue}} THEN n ELSE 0 END)::BIGINT AS negative_due,
    sum(CASE WHEN {{negative_confirmed_overdue}} THEN n ELSE 0 END)::BIGINT
        AS negative_confirmed_due,
    sum(CASE WHEN {{unanswered_negative}} AND is_open_over_one_month THEN n ELSE 0 END)::BIGINT
        AS negative_over_one_month
FROM item_months
GROUP BY ALL
ORDER BY account_id, month;
