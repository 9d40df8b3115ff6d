-- What is in hand per account and month, with the unit that had the account then (M17).
-- numerator / denominator = items that can be linked to a thread; collected_… = comments in hand
-- against what the platform's own counters announce, where they say so.
CREATE OR REPLACE TABLE covered_months AS
SELECT
    c.account_id,
    u.unit_id,
    a.platform,
    c.month,
    c.posts,
    c.items,
    c.replies,
    c.cannot_link,
    c.announced_comments,
    c.posts_with_comment_count,
    c.has_thread_links,
    c.has_hidden_flags,
    c.as_of,
    -- Posts and own replies alone say nothing about comments, unless every one of them says that it
    -- has none. Comments that are announced and not in hand are missing data, never «ingen». Where
    -- nothing is said, the account's comments speak for the months from the first of them on.
    CASE
        WHEN c.items > 0 OR c.replies > 0 AND a.comments_as_of IS NOT NULL THEN true
        WHEN coalesce(c.announced_comments, 0) > 0 THEN false
        WHEN c.posts > 0 AND c.posts_with_comment_count = c.posts THEN true
        ELSE coalesce(
            c.month >= coalesce(
                min(c.month) FILTER (c.items + c.replies > 0) OVER (PARTITION BY c.account_id),
                c.month
            ) AND c.month <= a.comments_as_of AT TIME ZONE 'Europe/Oslo', false)
    END AS has_comment_data,
    m.collected AS collected_numerator,
    m.announced AS collected_denominator,
    c.items - c.cannot_link AS numerator,
    c.items AS denominator
FROM coverage AS c
LEFT JOIN accounts AS a ON a.account_id = c.account_id
LEFT JOIN account_units AS u
    ON u.account_id = c.account_id AND last_day(c.month) BETWEEN u.valid_from AND u.valid_to
LEFT JOIN collected_months AS m ON m.account_id = c.account_id AND m.month = c.month
ORDER BY c.account_id, c.month;
