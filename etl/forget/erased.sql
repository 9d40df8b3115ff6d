-- What was erased on request (R17), in lake_* tables: at every import and in what is stored.
-- The row stays as a count: no words, no link, no writer, and a keyed hash instead of its id.
CREATE OR REPLACE TEMP TABLE erased_ids AS
SELECT id, split_part(id, ':', 1) || ':erased-' || keyed('erased', id) AS new_id
FROM (SELECT DISTINCT unnest([comment_id, parent_id, thread_id, post_id]) AS id FROM lake_comments)
WHERE list_contains(getvariable('erased'), keyed('erased', id));

-- A line that could not be used may hold the same words.
UPDATE lake_rejected SET raw = NULL
WHERE EXISTS (
    SELECT 1 FROM lake_comments SEMI JOIN erased_ids ON id = comment_id
    WHERE length(text) > 10 AND contains(raw, text))
    OR EXISTS (SELECT 1 FROM erased_ids WHERE contains(raw, split_part(id, ':', 2)));

UPDATE lake_comments SET text = NULL, is_text_withheld = true, permalink = NULL, likes = NULL,
    writer_key = NULL, writer_name_key = NULL, mention_keys = NULL
FROM erased_ids WHERE id = comment_id;

-- The address of a reply may hold the id of what it replies to.
UPDATE lake_comments SET permalink = NULL
FROM erased_ids WHERE id IN (thread_id, parent_id);

UPDATE lake_comments SET comment_id = new_id FROM erased_ids WHERE id = comment_id;
UPDATE lake_comments SET parent_id = new_id FROM erased_ids WHERE id = parent_id;
UPDATE lake_comments SET thread_id = new_id FROM erased_ids WHERE id = thread_id;
UPDATE lake_comments SET post_id = new_id FROM erased_ids WHERE id = post_id;
UPDATE lake_kept SET comment_id = new_id FROM erased_ids WHERE id = comment_id;
DROP TABLE erased_ids;
