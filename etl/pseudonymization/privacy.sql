-- The import line: staging tables (with authors) -> named_* tables (without), whose texts still wait
-- for their masks. Needs agents.sql; masks.sql and stored.sql follow.
-- What names a person is compared, keyed or masked here; the rest of the product never sees it.

-- An account of a vulnerable service, by any of its names (R15): its texts are never stored.
CREATE OR REPLACE TEMP MACRO is_vulnerable(platform, native, handle, hint) AS list_has_any(
    getvariable('vulnerable'),
    [platform || ':' || lower(ltrim(name, '@')) FOR name IN [native, handle, hint]]);

-- Most texts hold nothing that any mask could match: five digits are the least.
CREATE OR REPLACE TEMP MACRO may_name(text, names) AS
    coalesce(
        regexp_matches(text, '[0-9](?:[^0-9]*[0-9]){4}|[@＠(\[]|(?i:krøllalfa)')
        OR len(names) > 0, false);

-- A damaged file can hold any time. Social media are younger than 2004.
CREATE OR REPLACE TEMP MACRO is_plausible(moment) AS coalesce(
    moment BETWEEN TIMESTAMPTZ '2004-01-01 00:00:00+00' AND TIMESTAMPTZ '2100-01-01 00:00:00+00',
    true);

INSERT INTO staged_rejects
SELECT file_no, line, 'implausible_time', post_native || ' · ' || published_at::VARCHAR
FROM staged_posts WHERE NOT is_plausible(published_at)
UNION ALL
SELECT file_no, line, 'implausible_time', comment_native || ' · ' || created_at::VARCHAR
FROM staged_comments WHERE NOT is_plausible(created_at)
UNION ALL
SELECT file_no, line, 'post_without_time', post_native
FROM staged_posts WHERE NOT is_own AND published_at IS NULL
UNION ALL
SELECT DISTINCT file_no, line, 'implausible_time', day::VARCHAR
FROM staged_account_days WHERE NOT is_plausible(day::TIMESTAMPTZ);

-- The folder's name is another name of the account only when the file knows but one.
CREATE OR REPLACE TEMP TABLE named_files AS
SELECT file_no, count(DISTINCT account_native) <= 1 AS has_one_account
FROM (
    SELECT file_no, account_native FROM staged_posts
    UNION ALL SELECT file_no, account_native FROM staged_comments
    UNION ALL SELECT file_no, account_native FROM staged_account_days)
GROUP BY file_no;

CREATE OR REPLACE TEMP TABLE named_posts AS
SELECT
    import_id, line, platform,
    platform || ':' || coalesce(account_native, account_handle, hint, 'unknown') AS account_ref,
    account_native, coalesce(account_handle, hint_as_handle) AS account_handle, account_name,
    platform || ':' || post_native AS post_id,
    published_at, published_precision, kind,
    CASE WHEN NOT is_sensitive THEN text END AS text, mask_names AS names, permalink,
    reach, views, impressions, reactions, comments, shares, saves, clicks, link_clicks, follows,
    video_views, watch_seconds, period_from, period_to, comments_complete, extra
FROM (
    SELECT staged_posts.*, import_id, hints[platform] AS hint,
        is_vulnerable(platform, account_native, account_handle, hint) AS is_sensitive,
        CASE WHEN has_one_account THEN hint END AS hint_as_handle
    FROM staged_posts
    JOIN import_files USING (file_no)
    JOIN named_files USING (file_no)
)
WHERE is_own IS DISTINCT FROM false AND is_plausible(published_at);

-- A post by somebody else on the account's wall is the first item of its own thread (M1).
-- Its own link may name the writer: the account's thread is linked instead.
CREATE OR REPLACE TEMP TABLE staged_items AS
SELECT file_no, line, platform, 'visitor_post' AS item_kind, account_native, account_handle,
    keyed(platform || ':' || post_native, 'visitor_post') AS comment_native,
    post_native, NULL::VARCHAR AS parent_native, post_native AS root_native,
    published_at AS created_at, text,
    'https://www.facebook.com/' || account_native || '/posts/' || post_native AS permalink,
    NULL::BIGINT AS likes, NULL::BOOLEAN AS is_hidden, false AS has_attachment,
    author_id, author_name, false AS is_own,
    NULL::VARCHAR[] AS mention_ids, NULL::VARCHAR[] AS mention_names, mask_names,
    comments AS replies_announced, NOT comments_complete AS has_more, true AS has_thread_links,
    NULL::VARCHAR AS agent
FROM staged_posts
WHERE NOT is_own AND published_at IS NOT NULL AND is_plausible(published_at)
UNION ALL BY NAME
SELECT *, 'comment' AS item_kind FROM staged_comments WHERE is_plausible(created_at);

-- A name tag that was not marked up is still a writer's full name in the text.
CREATE OR REPLACE TEMP TABLE thread_names AS
WITH several AS (  -- a thread with one voice has nobody to tag
    SELECT file_no, root_native FROM staged_items GROUP BY ALL HAVING count(*) > 1
),
named AS (
    SELECT DISTINCT file_no, root_native, name
    FROM staged_items SEMI JOIN several USING (file_no, root_native),
        unnest([author_name, author_title]) AS names(name)
    WHERE contains(name, ' ') AND is_own IS DISTINCT FROM true
)
SELECT file_no, root_native, list(name ORDER BY name) AS names FROM named GROUP BY ALL;

-- A new comment of the account right under a post may name who wrote in any of its threads (M3).
CREATE OR REPLACE TEMP TABLE post_names AS
WITH addressed AS (
    SELECT DISTINCT file_no, post_native FROM staged_items
    WHERE is_own AND item_kind = 'comment' AND comment_native = root_native
)
SELECT file_no, post_native, list(DISTINCT name ORDER BY name) AS names
FROM staged_items SEMI JOIN addressed USING (file_no, post_native),
    unnest([author_name, author_title]) AS names(name)
WHERE contains(name, ' ') AND is_own IS DISTINCT FROM true
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE named_comments AS
WITH named AS (
    SELECT
        items.*, import_id, hints[items.platform] AS hint,
        CASE WHEN has_one_account THEN hint END AS hint_as_handle,
        items.platform || ':' || items.root_native AS thread_id,
        items.platform || ':' || coalesce(account_native, account_handle, hint, 'unknown')
            AS account_ref,
        key_scope(items.platform, account_ref, items.platform || ':' || items.post_native, thread_id)
            AS scope,
        list_filter(coalesce(thread_names.names, post_names.names),
            lambda name: contains(text, name)) AS names_in_text,
        is_vulnerable(items.platform, account_native, account_handle, hint) AS is_sensitive
    FROM staged_items AS items
    JOIN import_files USING (file_no)
    JOIN named_files USING (file_no)
    LEFT JOIN thread_names ON thread_names.file_no = items.file_no
        AND thread_names.root_native = items.root_native AND contains(items.text, ' ')
    LEFT JOIN post_names ON post_names.file_no = items.file_no
        AND post_names.post_native = items.post_native AND items.is_own
        AND items.comment_native = items.root_native AND contains(items.text, ' ')
)
SELECT
    import_id, line, platform, item_kind, account_ref,
    account_native, coalesce(account_handle, hint_as_handle) AS account_handle,
    platform || ':' || comment_native AS comment_id,
    platform || ':' || post_native AS post_id,
    platform || ':' || parent_native AS parent_id,
    thread_id, created_at,
    CASE WHEN NOT is_sensitive THEN text END AS text,
    list_concat(mask_names, names_in_text) AS names,
    is_sensitive AS is_text_withheld,
    permalink, likes, is_hidden, has_attachment,
    keyed(scope, author_id) AS writer_key,
    keyed(scope, ltrim(author_name, '@')) AS writer_name_key,
    is_own,
    list_transform(
        list_concat(mention_ids, mention_names, names_in_text),
        lambda who: keyed(scope, who)) AS mention_keys,
    replies_announced, has_more, has_thread_links,
    answered_by.is_administrator AS is_by_registered_administrator
FROM named
LEFT JOIN answered_by USING (file_no, line, comment_native);

CREATE OR REPLACE TEMP TABLE named_rejects AS
SELECT import_id, line, reason, raw AS text, NULL::VARCHAR[] AS names
FROM staged_rejects JOIN import_files USING (file_no);

-- Where a mask may find something, or initials sign a reply; `place` is the row in its table.
CREATE OR REPLACE TEMP TABLE suspects AS
FROM (
    SELECT 'posts' AS source, rowid AS place, text, names, false AS is_own FROM named_posts
    UNION ALL SELECT 'comments', rowid, text, names, is_own FROM named_comments
    UNION ALL SELECT 'rejects', rowid, text, names, false FROM named_rejects)
WHERE may_name(text, names) OR is_own AND may_be_signed(text);

DROP TABLE answered_by;
DROP TABLE staged_items;
DROP TABLE thread_names;
DROP TABLE post_names;
