-- M3: the first public reply as the account that reaches the item. Automatic replies answer nothing.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT rowid AS voice, comment_id, thread_id, post_id, created_at AS received_at,
    coalesce(writer_key, writer_name_key) AS writer
FROM voices WHERE NOT is_account;

CREATE OR REPLACE TEMP TABLE answering AS
SELECT comment_id AS reply_id, thread_id, post_id, parent_id, created_at AS sent_at, mention_keys,
    comment_id = thread_id AND parent_id IS NULL AS is_first_level,
    -- What it answers directly: without a parent of its own, the thread's first comment.
    coalesce(parent_id, nullif(thread_id, comment_id)) AS answered_id,
    newest_import
FROM voices WHERE is_account AND NOT is_automatic;

-- Every key that a writer of an item has had: exports of before made theirs under the thread.
CREATE OR REPLACE TEMP TABLE writer_keys AS
WITH keys AS (
    SELECT voices.rowid AS voice, thread_id, post_id, coalesce(writer_key, writer_name_key) AS writer,
        unnest([writer_key, writer_name_key]) AS key
    FROM voices WHERE NOT is_account
    UNION ALL
    SELECT voices.rowid, voices.thread_id, voices.post_id,
        coalesce(voices.writer_key, voices.writer_name_key),
        unnest([older.writer_key, older.writer_name_key])
    FROM voices JOIN read_comments AS older USING (comment_id) SEMI JOIN repeated USING (comment_id)
    WHERE NOT is_account
)
SELECT DISTINCT thread_id, post_id, writer, key FROM keys
WHERE key IN (SELECT unnest(mention_keys) FROM answering);

-- 1. A reply that mentions writers of the thread reaches only them; as a new first comment under a
-- post, the writers that it mentions in all threads of the post.
CREATE OR REPLACE TEMP TABLE mentions AS
WITH mentioned AS (
    SELECT reply_id, thread_id, post_id, is_first_level, sent_at, unnest(mention_keys) AS key
    FROM answering
)
SELECT DISTINCT reply_id, mentioned.thread_id, NULL::VARCHAR AS post_id, sent_at, writer
FROM mentioned JOIN writer_keys USING (key, thread_id)
UNION ALL
SELECT DISTINCT reply_id, NULL, mentioned.post_id, sent_at, writer
FROM mentioned JOIN writer_keys USING (key, post_id)
WHERE is_first_level;

-- 2. Else a direct reply to somebody else's nested comment reaches that comment and its writer.
CREATE OR REPLACE TEMP TABLE direct AS
SELECT reply_id, answering.thread_id, sent_at, parent_id, candidates.writer
FROM answering
ANTI JOIN mentions USING (reply_id)
LEFT JOIN candidates ON candidates.comment_id = answering.parent_id
WHERE NOT coalesce(list_contains(mention_keys, 'gone'), false) AND parent_id <> answering.thread_id
    AND parent_id NOT IN (SELECT comment_id FROM voices WHERE is_account);

-- 3. Else every earlier item of the thread.
CREATE OR REPLACE TEMP TABLE general AS
SELECT reply_id, thread_id, sent_at
FROM answering ANTI JOIN mentions USING (reply_id) ANTI JOIN direct USING (reply_id)
WHERE NOT coalesce(list_contains(mention_keys, 'gone'), false);  -- to somebody taken out (R16)

-- The comment that a reply answers directly, where 1 to 3 reach it: two clocks may differ. The same
-- minute, or a day too early, is answered at once; more than a day is a broken link.
CREATE OR REPLACE TEMP TABLE clock_errors AS
WITH reached AS (
    SELECT reply_id, answered_id, sent_at, newest_import
    FROM answering SEMI JOIN direct USING (reply_id)
    UNION ALL
    SELECT reply_id, answered_id, sent_at, newest_import
    FROM answering SEMI JOIN general USING (reply_id)
    UNION ALL
    SELECT reply_id, answered_id, answering.sent_at, newest_import
    FROM answering
    JOIN candidates ON candidates.comment_id = answered_id
    SEMI JOIN mentions ON mentions.reply_id = answering.reply_id
        AND mentions.thread_id = candidates.thread_id AND mentions.writer = candidates.writer
)
SELECT reply_id, voice, received_at, newest_import,
    sent_at >= received_at - INTERVAL 24 HOUR AS is_close
FROM reached JOIN candidates ON comment_id = answered_id
WHERE sent_at <= received_at;

CREATE OR REPLACE TEMP TABLE answers AS
SELECT voice, min(sent_at) AS answered_at
FROM (
    SELECT voice, sent_at FROM candidates JOIN mentions USING (thread_id, writer)
    WHERE sent_at > received_at
    UNION ALL
    SELECT voice, sent_at FROM candidates JOIN mentions USING (post_id, writer)
    WHERE sent_at > received_at
    UNION ALL
    SELECT voice, sent_at FROM candidates JOIN direct USING (thread_id, writer)
    WHERE sent_at > received_at
    UNION ALL
    SELECT voice, sent_at FROM candidates JOIN direct ON direct.parent_id = comment_id
    WHERE sent_at > received_at
    UNION ALL
    SELECT voice, sent_at FROM candidates ASOF JOIN general
        ON general.thread_id = candidates.thread_id AND received_at < sent_at
    UNION ALL
    SELECT voice, received_at FROM clock_errors WHERE is_close
)
GROUP BY voice;

CREATE OR REPLACE TEMP TABLE broken_links AS
SELECT DISTINCT newest_import AS import_rank, reply_id FROM clock_errors WHERE NOT is_close;

DROP TABLE candidates;
DROP TABLE answering;
DROP TABLE writer_keys;
DROP TABLE mentions;
DROP TABLE direct;
DROP TABLE general;
DROP TABLE clock_errors;
