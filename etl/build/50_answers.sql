-- M3: the first public reply as the account, later than the item, that reaches it.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT rowid AS voice, comment_id, thread_id, created_at AS received_at,
    coalesce(writer_key, writer_name_key) AS writer
FROM voices WHERE NOT is_account;

CREATE OR REPLACE TEMP TABLE answering AS
SELECT comment_id AS reply_id, thread_id, parent_id, created_at AS sent_at, mention_keys
FROM voices WHERE is_account;

-- 1. A reply that mentions writers of the thread reaches only them.
CREATE OR REPLACE TEMP TABLE mentions AS
WITH mentioned AS (
    SELECT reply_id, thread_id, sent_at, unnest(mention_keys) AS mention_key FROM answering
)
SELECT DISTINCT reply_id, thread_id, sent_at, coalesce(writer_key, writer_name_key) AS writer
FROM mentioned JOIN voices USING (thread_id)
WHERE NOT is_account AND (mention_key = writer_key OR mention_key = writer_name_key);

-- 2. Else a direct reply to somebody else's nested comment reaches that comment and its writer.
CREATE OR REPLACE TEMP TABLE direct AS
SELECT reply_id, answering.thread_id, sent_at, parent_id, candidates.writer
FROM answering
ANTI JOIN mentions USING (reply_id)
LEFT JOIN candidates ON candidates.comment_id = answering.parent_id
WHERE NOT coalesce(list_contains(mention_keys, 'gone'), false) AND parent_id <> answering.thread_id
    AND parent_id NOT IN (SELECT reply_id FROM answering);

-- 3. Else every earlier item of the thread.
CREATE OR REPLACE TEMP TABLE general AS
SELECT reply_id, thread_id, sent_at
FROM answering ANTI JOIN mentions USING (reply_id) ANTI JOIN direct USING (reply_id)
WHERE NOT coalesce(list_contains(mention_keys, 'gone'), false);  -- to somebody taken out (R16)

CREATE OR REPLACE TEMP TABLE answers AS
SELECT voice, min(sent_at) AS answered_at
FROM (
    SELECT voice, sent_at FROM candidates JOIN mentions USING (thread_id, writer)
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
)
GROUP BY voice;

DROP TABLE candidates;
DROP TABLE answering;
DROP TABLE mentions;
DROP TABLE direct;
DROP TABLE general;
