-- Who is the account, and is the whole thread here? Nothing is called unanswered that could
-- have been answered out of sight.
CREATE OR REPLACE TEMP VIEW placed AS
SELECT comments.*, coalesce(comment_accounts.account_id, account_map.account_id) AS account_id
FROM comments
JOIN account_map USING (account_ref)
LEFT JOIN comment_accounts USING (comment_id);

-- An identity learned after the import decides earlier imports too: its key in each thread, of which
-- only those that somebody wrote with are kept.
CREATE OR REPLACE TEMP TABLE own_keys AS
WITH others AS (
    SELECT thread_id, account_id, writer_key, writer_name_key
    FROM placed WHERE is_own IS DISTINCT FROM true
),
threads AS (
    SELECT DISTINCT thread_id, account_id FROM others
    WHERE coalesce(writer_key, writer_name_key) IS NOT NULL
),
identities AS (SELECT DISTINCT account_id, ltrim(trim(value), '@') AS value FROM account_ids)
SELECT DISTINCT own_key
FROM (
    SELECT keyed(thread_id, value) AS own_key FROM threads JOIN identities USING (account_id)
)
SEMI JOIN (
    SELECT writer_key AS own_key FROM others
    UNION ALL
    SELECT writer_name_key FROM others
) USING (own_key);

-- Only a name of the kind that authors are given by can show that somebody is *not* the account:
-- Facebook and YouTube name authors by id, the others by handle.
-- Older exports give the display name alone: then the account's own must be known.
CREATE OR REPLACE TEMP TABLE decidable AS
SELECT account_id,
    bool_or(CASE split_part(account_id, ':', 1)
        WHEN 'facebook' THEN regexp_full_match(value, '[0-9]{5,}')
        WHEN 'youtube' THEN regexp_full_match(value, 'UC[0-9A-Za-z_-]{22}')
        ELSE NOT contains(value, ' ') END) AS by_key,
    bool_or(CASE WHEN split_part(account_id, ':', 1) IN ('facebook', 'youtube')
        THEN contains(value, ' ') ELSE NOT contains(value, ' ') END) AS by_name
FROM account_ids GROUP BY account_id;

-- What the next steps find out about a comment goes by its row here (`voice`): a number is joined
-- for a third of what an id costs, and no step carries the texts along.
CREATE OR REPLACE TEMP TABLE voices AS
SELECT * EXCLUDE (is_recognised, by_key, by_name),
    coalesce(is_own, false) OR is_recognised AS is_account,
    is_own IS NULL AND NOT is_recognised
        AND NOT coalesce(CASE WHEN writer_key IS NOT NULL THEN by_key
            WHEN writer_name_key IS NOT NULL THEN by_name END, false)
        AS is_undecided
FROM (
    SELECT *,
        coalesce(writer_key IN (FROM own_keys), false)
            OR coalesce(writer_name_key IN (FROM own_keys), false) AS is_recognised
    FROM placed
)
LEFT JOIN decidable USING (account_id);

DROP VIEW placed;
DROP VIEW comments;
DROP TABLE merged;
DROP TABLE own_keys;

CREATE OR REPLACE TEMP TABLE threads AS
SELECT thread_id,
    bool_or(has_thread_links) AS has_links,
    bool_or(is_undecided) AS has_undecided,
    -- The first comment announces its replies; without it nobody knows how many there are.
    NOT bool_or(is_first)
        OR bool_or(is_first AND has_more)
        OR coalesce(max(replies_announced) FILTER (is_first), 0) > count(*) FILTER (NOT is_first)
        AS is_incomplete
FROM (
    SELECT *, comment_id = thread_id OR item_kind = 'visitor_post' AS is_first FROM voices
)
GROUP BY thread_id;

CREATE TABLE replies AS
SELECT comment_id AS reply_id, account_id, post_id, thread_id, parent_id, created_at AS sent_at,
    without_initials(text) AS text,  -- also where the account was recognised after the import
    is_by_registered_administrator
FROM voices WHERE is_account;

-- M10: a newer export of the same, complete thread without the comment shows that it is gone.
CREATE OR REPLACE TEMP TABLE vanished AS
WITH again AS (
    SELECT DISTINCT thread_id FROM lake_comments SEMI JOIN repeated USING (comment_id)
),
complete AS (
    SELECT thread_id, import_rank
    FROM lake_comments SEMI JOIN again USING (thread_id) JOIN import_ranks USING (import_id)
    GROUP BY thread_id, import_rank
    HAVING bool_or(comment_id = thread_id) AND NOT bool_or(coalesce(has_more, false))
        AND coalesce(max(replies_announced) FILTER (comment_id = thread_id), 0)
            <= count(*) FILTER (comment_id <> thread_id)
        AND bool_and(coalesce(has_thread_links, false))
)
SELECT voices.rowid AS voice, true AS is_vanished
FROM voices JOIN complete USING (thread_id)
WHERE NOT is_account AND comment_id <> thread_id
GROUP BY voice
HAVING max(complete.import_rank) > max(newest_import);
