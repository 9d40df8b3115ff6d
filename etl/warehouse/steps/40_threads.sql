-- Who is the account, and is the whole thread here? Nothing is called unanswered that could
-- have been answered out of sight.
CREATE OR REPLACE TEMP VIEW placed AS
SELECT comments.*, coalesce(comment_accounts.account_id, account_map.account_id) AS account_id
FROM comments
JOIN account_map USING (account_ref)
LEFT JOIN comment_accounts USING (comment_id);

-- An identity learned after the import decides earlier imports too: its key under each post, or in
-- each thread, of which only those that somebody wrote with are kept.
CREATE OR REPLACE TEMP TABLE own_keys AS
WITH others AS (
    SELECT platform, account_ref, lake_post, lake_thread, lake_version,
        coalesce(comment_accounts.account_id, account_map.account_id) AS account_id,
        writer_key, writer_name_key
    FROM read_comments
    JOIN imports USING (import_id)
    JOIN account_map USING (account_ref)
    LEFT JOIN comment_accounts USING (comment_id)
    WHERE is_own IS DISTINCT FROM true AND coalesce(writer_key, writer_name_key) IS NOT NULL
),
places AS (
    SELECT DISTINCT platform, account_ref, account_id, lake_post, lake_thread, lake_version
    FROM others
),
scopes AS (
    SELECT DISTINCT account_id, CASE WHEN lake_version >= 2
        THEN key_scope(platform, account_ref, lake_post, lake_thread) ELSE lake_thread END AS scope
    FROM places
),
identities AS (SELECT DISTINCT account_id, ltrim(trim(value), '@') AS value FROM account_ids)
SELECT DISTINCT own_key
FROM (
    SELECT keyed(scope, value) AS own_key FROM scopes JOIN identities USING (account_id)
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
    -- What the municipality itself calls automatic is no answer (M3).
    (coalesce(is_own, false) OR is_recognised)
        AND coalesce(list_contains(getvariable('automatic_replies'), same_words(text)), false)
        AS is_automatic,
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

-- A chain of answers that one export holds the end of and another the beginning is one thread, and so
-- is one that is longer than a file's own links were followed. Links in a circle stay as they are.
CREATE OR REPLACE TEMP TABLE joined_threads AS
WITH RECURSIVE continued AS (
    SELECT comment_id AS old_id, thread_id AS new_id
    FROM voices WHERE thread_id <> comment_id AND item_kind <> 'visitor_post'
        AND comment_id IN (SELECT thread_id FROM voices)
),
climbed AS (
    SELECT old_id, new_id FROM continued
    UNION
    SELECT climbed.old_id, continued.new_id
    FROM climbed JOIN continued ON continued.old_id = climbed.new_id
)
SELECT old_id, new_id FROM climbed WHERE new_id NOT IN (SELECT old_id FROM continued);

UPDATE voices SET thread_id = new_id FROM joined_threads WHERE thread_id = old_id;

DROP VIEW placed;
DROP VIEW comments;
DROP TABLE merged;
DROP TABLE own_keys;

CREATE OR REPLACE TEMP TABLE threads AS
SELECT thread_id,
    bool_or(has_thread_links) AS has_links,
    bool_or(is_undecided) AS has_undecided,
    NOT bool_or(is_first) AS lacks_first,
    -- The exports count more than they hold: the first comment announces its replies.
    coalesce(bool_or(is_first AND has_more)
        OR coalesce(max(replies_announced) FILTER (is_first), 0) > count(*) FILTER (NOT is_first),
        false) AS is_short
FROM (
    SELECT *, comment_id = thread_id OR item_kind = 'visitor_post' AS is_first FROM voices
)
GROUP BY thread_id;

CREATE TABLE replies AS
SELECT comment_id AS reply_id, account_id, post_id, thread_id, parent_id, created_at AS sent_at,
    without_initials(text) AS text,  -- also where the account was recognised after the import
    is_by_registered_administrator, is_automatic
FROM voices WHERE is_account;

-- M10: a newer export of the same, complete thread without the comment shows that it is gone; for a
-- first comment, and what stands under it, a newer export of all the comments of the post. Of exports
-- of the same moment none is newer.
CREATE OR REPLACE TEMP TABLE vanished AS
WITH again AS (
    SELECT DISTINCT thread_id FROM read_comments SEMI JOIN repeated USING (comment_id)
),
rows_again AS (
    SELECT read_comments.* REPLACE (coalesce(new_id, thread_id) AS thread_id), exported_at
    FROM read_comments SEMI JOIN again USING (thread_id) JOIN import_ranks USING (import_id)
    LEFT JOIN joined_threads ON old_id = thread_id
),
complete AS (
    SELECT thread_id, exported_at
    FROM rows_again
    GROUP BY thread_id, import_id, exported_at
    HAVING bool_or(comment_id = thread_id) AND NOT bool_or(coalesce(has_more, false))
        AND coalesce(max(replies_announced) FILTER (comment_id = thread_id), 0)
            <= count(*) FILTER (comment_id <> thread_id)
        AND bool_and(coalesce(has_thread_links, false))
),
sightings AS (
    SELECT voices.rowid AS voice, is_account, item_kind, thread_id, comment_id, post_id,
        exported_at AS seen_at
    FROM voices JOIN import_ranks ON import_rank = newest_import
),
whole_posts AS (
    SELECT post_id, max(exported_at) AS whole_at
    FROM read_posts JOIN import_ranks USING (import_id)
    WHERE comments_complete GROUP BY post_id
),
gone_threads AS (
    SELECT thread_id
    FROM sightings JOIN whole_posts USING (post_id)
    GROUP BY thread_id
    HAVING max(seen_at) < max(whole_at) AND NOT bool_or(item_kind = 'visitor_post')
)
SELECT DISTINCT voice, true AS is_vanished
FROM (
    SELECT voice FROM sightings JOIN complete USING (thread_id)
    WHERE NOT is_account AND comment_id <> thread_id AND complete.exported_at > seen_at
    UNION ALL
    SELECT voice FROM sightings SEMI JOIN gone_threads USING (thread_id) WHERE NOT is_account
);
