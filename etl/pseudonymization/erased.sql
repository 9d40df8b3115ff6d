-- What was erased on request (R17), in lake_* tables: at every import and in what is stored.
-- The row stays as a count: no words, no link, no writer, and a keyed hash instead of its id.
CREATE OR REPLACE TEMP TABLE erased_ids AS
WITH named AS (
    SELECT DISTINCT platform, account_ref, account_native, account_handle, post_id,
        unnest([comment_id, parent_id, thread_id, post_id]) AS id
    FROM lake_comments
)
SELECT DISTINCT account_ref, post_id AS of_post, id, platform || ':erased-'
    || erased_key(platform, account_ref, account_native, account_handle, post_id, id) AS new_id
FROM named WHERE new_id IS NOT NULL;

-- A line that could not be used may hold the same words.
UPDATE lake_rejected SET raw = NULL
WHERE EXISTS (
    SELECT 1 FROM lake_comments SEMI JOIN erased_ids ON id = comment_id
    WHERE length(text) > 10 AND contains(raw, text))
    OR EXISTS (SELECT 1 FROM erased_ids WHERE contains(raw, split_part(id, ':', 2)));

UPDATE lake_comments SET text = NULL, is_text_withheld = true, permalink = NULL, likes = NULL,
    writer_key = NULL, writer_name_key = NULL, mention_keys = NULL
FROM erased_ids WHERE id = comment_id AND erased_ids.account_ref = lake_comments.account_ref
    AND of_post IS NOT DISTINCT FROM lake_comments.post_id;

-- The address of a reply may hold the id of what it replies to.
UPDATE lake_comments SET permalink = NULL
FROM erased_ids WHERE id IN (thread_id, parent_id)
    AND erased_ids.account_ref = lake_comments.account_ref
    AND of_post IS NOT DISTINCT FROM lake_comments.post_id;

UPDATE lake_kept SET comment_id = new_id
FROM erased_ids JOIN lake_comments AS of_row
    ON id = of_row.comment_id AND erased_ids.account_ref = of_row.account_ref
    AND of_post IS NOT DISTINCT FROM of_row.post_id
WHERE lake_kept.import_id = of_row.import_id AND lake_kept.comment_id = of_row.comment_id;

CREATE OR REPLACE TEMP TABLE restored AS
SELECT lake_comments.* REPLACE (
    coalesce(own.new_id, comment_id) AS comment_id, coalesce(above.new_id, parent_id) AS parent_id,
    coalesce(root.new_id, thread_id) AS thread_id,
    coalesce(post.new_id, lake_comments.post_id) AS post_id)
FROM lake_comments
LEFT JOIN erased_ids AS own ON own.id = comment_id AND own.account_ref = lake_comments.account_ref
    AND own.of_post IS NOT DISTINCT FROM lake_comments.post_id
LEFT JOIN erased_ids AS above ON above.id = parent_id
    AND above.account_ref = lake_comments.account_ref
    AND above.of_post IS NOT DISTINCT FROM lake_comments.post_id
LEFT JOIN erased_ids AS root ON root.id = thread_id AND root.account_ref = lake_comments.account_ref
    AND root.of_post IS NOT DISTINCT FROM lake_comments.post_id
LEFT JOIN erased_ids AS post ON post.id = lake_comments.post_id
    AND post.account_ref = lake_comments.account_ref
    AND post.of_post IS NOT DISTINCT FROM lake_comments.post_id;

DELETE FROM lake_comments;
INSERT INTO lake_comments SELECT * FROM restored;
DROP TABLE restored;
DROP TABLE erased_ids;
