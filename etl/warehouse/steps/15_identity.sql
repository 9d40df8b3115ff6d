-- One id for one comment and one post, whatever an export calls it (data-contract.md «Identifiers»).
-- The lake keeps the ids of the exports; here they become the warehouse's. Most exports need nothing:
-- their rows are read where they lie. Needs etl/pseudonymization/identity.sql and the variable id_scopes.

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

-- A video on Facebook has two numbers: its own, and that of its post, whose link names the video.
CREATE OR REPLACE TEMP TABLE video_posts AS
WITH videos AS (
    SELECT DISTINCT post_id, native_part(post_id) AS video FROM lake_posts JOIN imports USING (import_id)
    WHERE format = 'meta_business_suite_videos'
),
links AS (
    SELECT DISTINCT post_id,
        regexp_extract(permalink, '(?:/videos/(?:[^/?]+/)?|/reel/|[?&]v=)(\d{5,})', 1) AS video
    FROM lake_posts WHERE platform = 'facebook' AND (SELECT count(*) FROM videos) > 0
)
SELECT videos.post_id AS video_id, min(links.post_id) AS post_id
FROM videos JOIN links USING (video) WHERE links.post_id <> videos.post_id
GROUP BY ALL HAVING count(DISTINCT links.post_id) = 1;

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
WHERE is_own_number(platform, post_id)
UNION
SELECT import_id FROM lake_posts JOIN video_posts ON video_id = lake_posts.post_id;

-- Filled by 16_restated_ids.sql where an import needs it. `lake_id`, `lake_post` and `lake_thread` are
-- what the lake says.
CREATE OR REPLACE TEMP TABLE restated_posts AS
SELECT *, NULL::VARCHAR AS lake_id FROM lake_posts LIMIT 0;
CREATE OR REPLACE TEMP TABLE restated_comments AS
SELECT *, NULL::VARCHAR AS lake_id, NULL::VARCHAR AS lake_post, NULL::VARCHAR AS lake_thread,
    NULL::VARCHAR AS scope, NULL::VARCHAR AS id_scope
FROM lake_comments LIMIT 0;
-- Which rows of the lake an item is made of, where its id is another one there (etl/operations/rewrite_sql/).
CREATE TABLE item_ids (import_id VARCHAR, lake_id VARCHAR, item_id VARCHAR);
-- What an item or a post was called before: decisions under an old id keep holding.
CREATE TABLE id_aliases (alias VARCHAR, id VARCHAR);

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
