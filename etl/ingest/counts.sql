-- What became of every file of a batch: lake_* and staged_* tables -> one row per import.
-- rows_read = used + passed + rejects; a row that nothing accounts for is `unaccounted`.
WITH comments AS (
    SELECT import_id, count(*) AS rows,
        count(DISTINCT comment_id) FILTER (is_own IS DISTINCT FROM true) AS comments,
        count(DISTINCT comment_id) FILTER (is_own) AS replies
    FROM lake_comments GROUP BY import_id
),
posts AS (
    SELECT import_id, count(*) AS rows, count(DISTINCT post_id) AS posts,
        count(coalesce(reach, views, impressions, reactions, comments, shares, saves, clicks,
            link_clicks, follows, video_views, watch_seconds)) AS figures
    FROM lake_posts GROUP BY import_id
),
days AS (
    SELECT import_id, count(DISTINCT line) AS rows, count(*) AS days
    FROM lake_account_days GROUP BY import_id
),
rejects AS (SELECT import_id, count(*) AS rejects FROM lake_rejected GROUP BY import_id),
found AS (SELECT file_no, count(*) AS rows FROM staged_rows GROUP BY file_no),
passed AS (
    SELECT file_no, sum(rows)::BIGINT AS rows, map_from_entries(list((code, rows) ORDER BY code))
        AS by_code
    FROM (SELECT file_no, reason_code(reason) AS code, count(*) AS rows
        FROM staged_passed GROUP BY ALL)
    GROUP BY file_no
),
accounts AS (
    SELECT import_id, mode(account_ref) AS account,
        list_sort(list(DISTINCT split_part(account_ref, ':', 1))
            FILTER (account_ref LIKE '%:unknown')) AS unknown
    FROM (
        SELECT import_id, account_ref FROM lake_posts
        UNION ALL SELECT import_id, account_ref FROM lake_comments
        UNION ALL SELECT import_id, account_ref FROM lake_account_days)
    GROUP BY import_id
)
SELECT import_id, coalesce(posts, 0), coalesce(comments, 0), coalesce(replies, 0),
    coalesce(days, 0), coalesce(rejects, 0),
    coalesce(posts.rows, 0) + coalesce(comments.rows, 0) + coalesce(days.rows, 0) AS used,
    coalesce(found.rows, 0) - used - coalesce(passed.rows, 0) - coalesce(rejects, 0)
        AS unaccounted,
    coalesce(by_code, MAP {}) AS passed, coalesce(unknown, []) AS unknown,
    coalesce(posts.posts > 0 AND figures = 0, false) AS has_no_figures, account
FROM import_files
LEFT JOIN posts USING (import_id) LEFT JOIN comments USING (import_id)
LEFT JOIN days USING (import_id) LEFT JOIN rejects USING (import_id)
LEFT JOIN accounts USING (import_id)
LEFT JOIN found USING (file_no) LEFT JOIN passed USING (file_no)
