-- M17: what the exports cover, per account and month.
CREATE TABLE coverage AS
WITH received AS (
    SELECT account_id, month, count(*) AS items,
        count(*) FILTER (link_state = 'cannot_link') AS cannot_link,
        bool_or(link_state = 'linked') AS has_thread_links,
        bool_or(is_hidden IS NOT NULL) AS has_hidden_flags
    FROM items GROUP BY ALL
),
sent AS (
    SELECT account_id, date_trunc('month', timezone('Europe/Oslo', sent_at))::DATE AS month,
        count(*) AS replies
    FROM replies GROUP BY ALL
),
published AS (
    SELECT account_id, date_trunc('month', timezone('Europe/Oslo', published_at))::DATE AS month,
        count(*) AS posts,
        -- A file that holds all of a post's comments says how many there are as well as a number.
        count(*) FILTER (comments IS NOT NULL OR comments_complete) AS posts_with_comment_count,
        sum(comments)::BIGINT AS announced_comments
    FROM posts WHERE published_at IS NOT NULL GROUP BY ALL
)
SELECT account_id, month,
    coalesce(posts, 0) AS posts, coalesce(posts_with_comment_count, 0) AS posts_with_comment_count,
    announced_comments, coalesce(items, 0) AS items, coalesce(replies, 0) AS replies,
    coalesce(cannot_link, 0) AS cannot_link, coalesce(has_thread_links, false) AS has_thread_links,
    coalesce(has_hidden_flags, false) AS has_hidden_flags, as_of
FROM received
FULL JOIN sent USING (account_id, month)
FULL JOIN published USING (account_id, month)
JOIN accounts USING (account_id)
ORDER BY account_id, month;

CREATE TABLE rejected_rows AS
SELECT import_id, line, reason, raw, reason_code FROM lake_rejected
UNION ALL
SELECT import_id, min(line),
    'Svaret er datert mer enn et døgn før kommentaren det svarer på, og besvarer den ikke.',
    native_part(reply_id), 'reply_before_comment'
FROM broken_links
JOIN import_ranks USING (import_rank)
JOIN (SELECT import_id, comment_id AS reply_id, line FROM read_comments) USING (import_id, reply_id)
GROUP BY import_id, reply_id
ORDER BY ALL;

CREATE TABLE build_info (key VARCHAR, value VARCHAR);
INSERT INTO build_info
SELECT 'as_of', max(as_of)::VARCHAR FROM accounts
UNION ALL SELECT 'working_day_seconds', getvariable('working_day_seconds')::VARCHAR
UNION ALL SELECT 'decided_up_to', getvariable('decided_up_to')::VARCHAR
UNION ALL SELECT 'is_demo', (count(*) > 0)::VARCHAR FROM municipality
    WHERE key = 'demonstration' AND lower(value) IN ('ja', 'true', '1');
