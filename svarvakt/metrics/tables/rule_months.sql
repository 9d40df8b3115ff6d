-- What the rules are judged by, side by side per account, unit and month, from the metrics
-- themselves: `svarvakt/metrics/rule_counts.py` sums some over the scope's months, and others over all.
CREATE OR REPLACE TABLE rule_months AS
WITH counted AS (
    SELECT
        account_id, unit_id, month,
        NOT is_registered AS unregistered,
        has_unit AND has_editor AND has_administrator AS owned,
        has_belonging AS belonging,
        is_belonging_unknown AS belonging_unknown,
        is_told AS told
    FROM metric_ownership_coverage
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, denominator AS official, numerator AS official_in_hand
    FROM metric_official_accounts
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, denominator AS agent_replies,
        numerator AS agent_replies_by_others
    FROM metric_agent_replies
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, 1 AS weeks, gap_working_seconds AS longest_gap_seconds
    FROM metric_monitored
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, received, needs_reply_denominator AS need_items,
        needs_reply_numerator AS need_answered
    FROM metric_response_rate
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, numerator AS within_answered
    FROM metric_answered_within_target
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, denominator AS waiting, numerator AS overdue
    FROM metric_waiting_now
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, due AS negative_due, overdue AS negative_overdue,
        confirmed_overdue AS negative_confirmed_overdue
    FROM metric_unanswered_negative
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, found AS errors_found, open AS errors_open,
        open_over_day AS errors_open_over_day
    FROM metric_factual_errors
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, found AS cases, referred AS cases_referred,
        complete AS cases_complete
    FROM metric_case_handling
    UNION ALL BY NAME
    -- Sums of many accounts are added up of these: a post of several counts with the first of them.
    SELECT account_id, unit_id, month, shares, posts_with_shares FROM metric_activity
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, -sum(shares) AS shares, -count(shares) AS posts_with_shares
    FROM shared_posts WHERE is_shared_copy GROUP BY ALL
    UNION ALL BY NAME
    SELECT account_id, unit_id, month, numerator AS linked, denominator AS items,
        collected_numerator AS collected, collected_denominator AS announced,
        has_comment_data AS with_comments
    FROM metric_data_coverage
)
SELECT
    account_id, unit_id, month,
    max(longest_gap_seconds)::BIGINT AS longest_gap_seconds,
    max(with_comments::BIGINT) AS with_comments,
    coalesce(sum(COLUMNS(* EXCLUDE (
        account_id, unit_id, month, longest_gap_seconds, with_comments
    ))::BIGINT), 0)::BIGINT
FROM counted
GROUP BY ALL
ORDER BY account_id, month;
