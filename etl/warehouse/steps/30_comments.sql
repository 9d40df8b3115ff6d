-- Same platform id = same comment, whatever number of exports it stands in (M1).
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT comment_id FROM read_comments GROUP BY comment_id HAVING count(*) > 1;

-- The newest export wins, column by column: what it leaves out an older one may know. Whom a
-- comment answers is said by the newest that can tell.
CREATE OR REPLACE TEMP TABLE merged AS
SELECT
    comment_id, arg_max(item_kind, r) AS item_kind, any_value(platform) AS platform,
    arg_max(account_ref, (account_ref NOT LIKE '%:unknown', r)) AS account_ref,
    arg_max(post_id, r) AS post_id, arg_max(parent_id, (links, r)) AS parent_id,
    arg_max(thread_id, (links, r)) AS thread_id,
    min(created_at) AS created_at,  -- an edited comment keeps its first time
    arg_max(text, r) AS text, arg_max(is_text_withheld, r) AS is_text_withheld,
    arg_max(permalink, r) AS permalink, arg_max(likes, r) AS likes,
    arg_max(is_hidden, r) AS is_hidden, arg_max(has_attachment, r) AS has_attachment,
    arg_max(writer_key, (links, r)) AS writer_key,
    arg_max(writer_name_key, (links, r)) AS writer_name_key, arg_max(is_own, r) AS is_own,
    arg_max(mention_keys, (links, r)) AS mention_keys,
    arg_max(replies_announced, r) AS replies_announced, arg_max(has_more, r) AS has_more,
    bool_or(has_thread_links) AS has_thread_links,
    arg_max(is_by_registered_administrator, r) AS is_by_registered_administrator,
    max(import_rank) AS newest_import
FROM (
    -- Two lines of one export with the same id: the first stands.
    SELECT *, import_rank * 2147483648::BIGINT - line AS r,
        coalesce(has_thread_links, false) AS links
    FROM read_comments SEMI JOIN repeated USING (comment_id) JOIN import_ranks USING (import_id)
)
GROUP BY comment_id;

-- Views, not tables: texts are large, and most of what reads them reads a few columns of the lake.
CREATE OR REPLACE TEMP VIEW comments AS
SELECT * EXCLUDE (import_id, line, account_native, account_handle, exported_at, import_rank,
        lake_post, lake_thread),
    import_rank AS newest_import
FROM read_comments ANTI JOIN repeated USING (comment_id) JOIN import_ranks USING (import_id)
UNION ALL BY NAME
SELECT * FROM merged;

-- A comment whose export names no account belongs where its post or its thread does.
CREATE OR REPLACE TEMP TABLE comment_accounts AS
WITH lost AS (
    SELECT comment_id, post_id, thread_id, account_ref FROM comments
    WHERE account_ref LIKE '%:unknown'
),
by_post AS (
    SELECT post_id, account_id FROM posts_found SEMI JOIN lost USING (post_id)
    WHERE NOT is_shared_copy
),
by_neighbour AS (
    SELECT thread_id, min(account_id) AS account_id
    FROM comments SEMI JOIN lost USING (thread_id) JOIN account_map USING (account_ref)
    WHERE account_ref NOT LIKE '%:unknown' GROUP BY thread_id
)
SELECT comment_id,
    coalesce(by_post.account_id, by_neighbour.account_id, account_map.account_id) AS account_id
FROM lost
JOIN account_map USING (account_ref)
LEFT JOIN by_post USING (post_id)
LEFT JOIN by_neighbour USING (thread_id);

-- Texts are compared as they were stored: masked, whatever their case and blanks.
CREATE OR REPLACE TEMP MACRO same_words(t) AS trim(regexp_replace(lower(t), '\s+', ' ', 'g'));
