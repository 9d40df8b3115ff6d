-- One id for one comment and one post, whatever an export calls it (data-contract.md «Identifiers»).
-- The lake keeps the ids of the exports; here they become the warehouse's. Most exports need nothing:
-- their rows are read where they lie. Needs etl/identity.sql and the variable id_scopes.

CREATE OR REPLACE TEMP TABLE account_scopes AS
SELECT account_ref, account_id, lower(first_value(ref_value) OVER (
    PARTITION BY account_id ORDER BY first_import, account_ref)) AS scope
FROM refs JOIN account_map USING (account_ref);

-- In a person's own table, or an inbox tool's, an id may be a number of the table.
CREATE OR REPLACE TEMP TABLE table_imports AS
SELECT import_id, coalesce(getvariable('id_scopes')[format], 'post') AS id_scope
FROM imports WHERE id_scope <> 'platform';

CREATE OR REPLACE TEMP MACRO is_own_number(platform, id) AS
    id IS NOT NULL AND NOT is_platform_id(platform, native_part(id));
CREATE OR REPLACE TEMP MACRO is_usual_form(id, post_id) AS
    coalesce(id IS NULL OR id = post_id OR starts_with(id, post_id || '_'), false);

CREATE OR REPLACE TEMP TABLE restated_imports AS
SELECT DISTINCT import_id FROM lake_comments
WHERE platform = 'facebook'
    AND NOT (is_usual_form(comment_id, post_id) AND is_usual_form(thread_id, post_id)
        AND is_usual_form(parent_id, post_id))
    AND coalesce(facebook_tail(comment_id), facebook_tail(thread_id)) IS NOT NULL
UNION
SELECT import_id FROM lake_comments SEMI JOIN table_imports USING (import_id)
WHERE is_own_number(platform, comment_id) OR is_own_number(platform, post_id)
UNION
SELECT import_id FROM lake_posts SEMI JOIN table_imports USING (import_id)
WHERE is_own_number(platform, post_id);

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

CREATE OR REPLACE TEMP TABLE restated_posts AS
SELECT lake_posts.* EXCLUDE (post_id),
    restated_post(platform, scope_of(account_ref, scope, post_scope), account_ref, post_id,
        id_scope) AS post_id,
    post_id AS lake_id
FROM lake_posts
SEMI JOIN restated_imports USING (import_id)
JOIN account_scopes USING (account_ref)
LEFT JOIN scopes_by_post USING (post_id)
LEFT JOIN table_imports USING (import_id);

CREATE OR REPLACE TEMP TABLE restated_comments AS
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

-- Which rows of the lake an item is made of, where its id is another one there (etl/forget/).
CREATE TABLE item_ids AS
SELECT DISTINCT import_id, lake_id, comment_id AS item_id
FROM restated_comments WHERE lake_id <> comment_id
ORDER BY ALL;

-- What an item or a post was called before: decisions under an old id keep holding. Where two share an
-- old one, that of the newest export that wrote it is meant: the pages showed that one.
CREATE TABLE id_aliases AS
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

CREATE OR REPLACE TEMP VIEW read_posts AS
SELECT * FROM lake_posts ANTI JOIN restated_imports USING (import_id)
UNION ALL BY NAME
SELECT * EXCLUDE (lake_id) FROM restated_posts;

-- `lake_post` and `lake_thread`: what pseudonyms were made under at the import.
CREATE OR REPLACE TEMP VIEW read_comments AS
SELECT *, post_id AS lake_post, thread_id AS lake_thread
FROM lake_comments ANTI JOIN restated_imports USING (import_id)
UNION ALL BY NAME
SELECT * EXCLUDE (lake_id, scope, id_scope) FROM restated_comments;

CREATE OR REPLACE TEMP VIEW read_kept AS
SELECT lake_kept.* REPLACE (coalesce(item_id, comment_id) AS comment_id)
FROM lake_kept LEFT JOIN item_ids
    ON item_ids.import_id = lake_kept.import_id AND item_ids.lake_id = lake_kept.comment_id;

DROP TABLE scopes_by_post;
DROP TABLE lone_tails;
