-- Same platform id = same comment, whatever number of exports it stands in (M1).
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT comment_id FROM lake_comments GROUP BY comment_id HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE comments AS
SELECT
    comment_id, item_kind, platform, account_ref, post_id, parent_id, thread_id, created_at, text,
    is_text_withheld, permalink, likes, is_hidden, has_attachment, writer_key, writer_name_key,
    is_own, mention_keys, replies_announced, has_more, has_thread_links,
    is_by_registered_administrator, import_rank AS newest_import
FROM lake_comments ANTI JOIN repeated USING (comment_id)
JOIN import_ranks USING (import_id)
UNION ALL
-- The newest export wins, column by column: what it leaves out an older one may know. Whom a
-- comment answers is said by the newest that can tell.
SELECT
    comment_id, arg_max(item_kind, r), any_value(platform),
    arg_max(account_ref, (account_ref NOT LIKE '%:unknown', r)),
    arg_max(post_id, r), arg_max(parent_id, (links, r)), arg_max(thread_id, (links, r)),
    min(created_at),  -- an edited comment keeps its first time
    arg_max(text, r), arg_max(is_text_withheld, r), arg_max(permalink, r), arg_max(likes, r),
    arg_max(is_hidden, r), arg_max(has_attachment, r),
    arg_max(writer_key, (links, r)),  -- keys are per thread
    arg_max(writer_name_key, (links, r)), arg_max(is_own, r), arg_max(mention_keys, (links, r)),
    arg_max(replies_announced, r), arg_max(has_more, r), bool_or(has_thread_links),
    arg_max(is_by_registered_administrator, r), max(import_rank)
FROM (
    -- Two lines of one export with the same id: the first stands.
    SELECT *, import_rank * 2147483648::BIGINT - line AS r,
        coalesce(has_thread_links, false) AS links
    FROM lake_comments SEMI JOIN repeated USING (comment_id) JOIN import_ranks USING (import_id)
)
GROUP BY comment_id;

-- A comment whose export names no account belongs where its post or its thread does.
CREATE OR REPLACE TEMP TABLE comment_accounts AS
WITH by_post AS (
    SELECT post_id, any_value(account_id) AS account_id FROM posts_found GROUP BY post_id
),
by_neighbour AS (
    SELECT thread_id, min(account_id) AS account_id
    FROM comments JOIN account_map USING (account_ref)
    WHERE account_ref NOT LIKE '%:unknown' GROUP BY thread_id
)
SELECT comment_id,
    coalesce(by_post.account_id, by_neighbour.account_id, account_map.account_id) AS account_id
FROM comments
JOIN account_map USING (account_ref)
LEFT JOIN by_post USING (post_id)
LEFT JOIN by_neighbour USING (thread_id)
WHERE account_ref LIKE '%:unknown';
