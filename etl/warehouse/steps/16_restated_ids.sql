-- The ids of imports that call comments or posts otherwise than the warehouse does; run where there
-- are any (`restated_imports` of 15_identity.sql).

-- Rows whose export names no account belong to the one account that has their post.
CREATE OR REPLACE TEMP TABLE scopes_by_post AS
WITH restated AS (
    SELECT platform, post_id, account_ref FROM lake_posts SEMI JOIN restated_imports USING (import_id)
    UNION ALL
    SELECT platform, post_id, account_ref FROM lake_comments SEMI JOIN restated_imports USING (import_id)
)
SELECT platform || ':' || own_post_number(account_ref, post_id) AS post_id, min(scope) AS post_scope
FROM restated JOIN account_scopes USING (account_ref)
WHERE post_id IS NOT NULL AND account_ref NOT LIKE '%:unknown'
GROUP BY ALL HAVING count(DISTINCT scope) = 1;

CREATE OR REPLACE TEMP MACRO restated_post(platform, scope, account_ref, id, id_scope) AS CASE
    WHEN id_scope IS NOT NULL AND is_own_number(platform, id) THEN scoped_post(platform, scope, account_ref, id)
    ELSE id END;
CREATE OR REPLACE TEMP MACRO restated_item(platform, scope, account_ref, post_id, id, id_scope) AS CASE
    WHEN platform = 'facebook' AND facebook_tail(id) IS NOT NULL THEN facebook_form(id, post_id)
    WHEN id_scope IS NOT NULL AND is_own_number(platform, id)
        THEN scoped_item(platform, scope, account_ref, post_id, id, id_scope = 'post')
    ELSE id END;
CREATE OR REPLACE TEMP MACRO scope_of(account_ref, scope, post_scope) AS
    coalesce(CASE WHEN account_ref LIKE '%:unknown' THEN post_scope END, scope);

INSERT INTO restated_posts BY NAME
SELECT lake_posts.* EXCLUDE (post_id),
    coalesce(video_posts.post_id, restated_post(platform, scope_of(account_ref, scope, post_scope),
        account_ref, lake_posts.post_id, id_scope)) AS post_id,
    lake_posts.post_id AS lake_id
FROM lake_posts
SEMI JOIN restated_imports USING (import_id)
JOIN account_scopes USING (account_ref)
LEFT JOIN scopes_by_post ON scopes_by_post.post_id = lake_posts.post_id
LEFT JOIN video_posts ON video_id = lake_posts.post_id
LEFT JOIN table_imports USING (import_id);

INSERT INTO restated_comments BY NAME
WITH scoped AS (
    SELECT lake_comments.*, id_scope,
        scope_of(account_ref, account_scopes.scope, post_scope) AS scope
    FROM lake_comments
    SEMI JOIN restated_imports USING (import_id)
    JOIN account_scopes USING (account_ref)
    LEFT JOIN scopes_by_post USING (post_id)
    LEFT JOIN table_imports USING (import_id)
)
SELECT * EXCLUDE (id_scope, scope, comment_id, post_id, parent_id, thread_id),
    restated_item(platform, scope, account_ref, post_id, comment_id, id_scope) AS comment_id,
    restated_post(platform, scope, account_ref, post_id, id_scope) AS post_id,
    restated_item(platform, scope, account_ref, post_id, parent_id, id_scope) AS parent_id,
    -- A visitor's post opens the thread of its comments.
    CASE WHEN thread_id = post_id THEN restated_post(platform, scope, account_ref, post_id, id_scope)
        ELSE restated_item(platform, scope, account_ref, post_id, thread_id, id_scope)
        END AS thread_id,
    comment_id AS lake_id, post_id AS lake_post, thread_id AS lake_thread, scope, id_scope
FROM scoped;

-- A link without its post gives the last number alone: the one comment that ends in it is meant.
CREATE OR REPLACE TEMP TABLE lone_tails AS
WITH lone AS (
    SELECT DISTINCT facebook_tail(id) AS tail
    FROM (SELECT unnest([comment_id, parent_id, thread_id]) AS id FROM restated_comments)
    WHERE regexp_full_match(id, 'facebook:\d{6,}')
),
whole AS (
    SELECT comment_id FROM lake_comments ANTI JOIN restated_imports USING (import_id)
    WHERE platform = 'facebook' AND facebook_tail(comment_id) IN (FROM lone)
    UNION ALL
    SELECT comment_id FROM restated_comments WHERE facebook_tail(comment_id) IN (FROM lone)
)
SELECT 'facebook:' || facebook_tail(comment_id) AS lone_id, min(comment_id) AS whole_id
FROM whole WHERE contains(comment_id, '_')
GROUP BY ALL HAVING count(DISTINCT comment_id) = 1;

UPDATE restated_comments SET comment_id = whole_id FROM lone_tails WHERE comment_id = lone_id;
UPDATE restated_comments SET parent_id = whole_id FROM lone_tails WHERE parent_id = lone_id;
UPDATE restated_comments SET thread_id = whole_id FROM lone_tails WHERE thread_id = lone_id;

INSERT INTO item_ids
SELECT DISTINCT import_id, lake_id, comment_id AS item_id
FROM restated_comments WHERE lake_id <> comment_id
ORDER BY ALL;

-- Where two share an old id, that of the newest export that wrote it is meant: the pages showed that one.
INSERT INTO id_aliases
WITH numbered AS (
    SELECT platform, account_ref, account_id, lake_post, lake_id, comment_id AS id, import_id, line,
        own_post_number(account_ref, lake_post) AS post_number,
        own_item_number(account_ref, lake_post, lake_id) AS number
    FROM restated_comments JOIN account_scopes USING (account_ref)
    WHERE id_scope IS NOT NULL AND is_own_number(platform, lake_id)
),
names AS (SELECT account_id, account_ref AS name_ref, lower(native_part(account_ref)) AS name
    FROM account_scopes),
aliases AS (
    SELECT lake_id AS alias, comment_id AS id, import_id, line, true AS is_in_lake
    FROM restated_comments
    UNION ALL  -- as imports of before wrote a table's number: alone, or behind its post or account
    SELECT platform || ':' || unnest([number, post_number || '.' || number, name || '.' || number,
        name || '.' || post_number || '.' || number]), id, import_id, line,
        false
    FROM numbered JOIN names USING (account_id)
    UNION ALL
    SELECT lake_id, post_id, import_id, line, true FROM restated_posts
    UNION ALL
    SELECT platform || ':' || unnest([own_post_number(account_ref, lake_id),
        name || '.' || own_post_number(account_ref, lake_id)]), post_id, import_id, line,
        false
    FROM restated_posts JOIN account_scopes USING (account_ref) JOIN names USING (account_id)
    WHERE lake_id <> post_id OR is_own_number(platform, lake_id)
)
SELECT alias,
    coalesce(arg_max(id, (import_rank, -line)) FILTER (is_in_lake), any_value(id)) AS id
FROM aliases JOIN import_ranks USING (import_id)
WHERE alias <> id
GROUP BY alias
HAVING bool_or(is_in_lake) OR count(DISTINCT id) = 1
ORDER BY alias;

DROP TABLE scopes_by_post;
DROP TABLE lone_tails;
