-- The register as the pages read it, and the accounts that only exports know of (M14).
CREATE TABLE units AS SELECT * FROM register_units;
CREATE TABLE targets AS SELECT * FROM register_targets;
CREATE TABLE municipality AS SELECT * FROM register_municipality;
CREATE OR REPLACE TEMP TABLE problems_found AS SELECT * FROM register_problems;
DROP TABLE temp.register_problems;
CREATE TABLE register_problems AS SELECT * FROM problems_found;

CREATE OR REPLACE TEMP TABLE seen_accounts AS
WITH covered AS (
    SELECT account_ref, import_id, false AS has_comments FROM lake_posts
    UNION ALL SELECT account_ref, import_id, true FROM lake_comments
)
SELECT account_id,
    any_value(refs.platform) AS platform,
    arg_min(native_id, first_import) AS native_id,
    arg_max(coalesce(handle, CASE WHEN native_id IS NULL THEN ref_value END), first_import) AS handle,
    arg_max(refs.name, first_import) AS name,
    max(exported_at) AS as_of,
    max(exported_at) FILTER (has_comments) AS comments_as_of
FROM (SELECT DISTINCT * FROM covered)
JOIN import_ranks USING (import_id)
JOIN account_map USING (account_ref)
JOIN refs USING (account_ref)
GROUP BY account_id;

CREATE TABLE accounts AS
SELECT
    account_id,
    coalesce(register.platform, seen.platform) AS platform,
    coalesce(seen.native_id, register.native_id) AS native_id,
    coalesce(register.handle, seen.handle) AS handle,
    coalesce(register.name, seen.name, register.handle, seen.handle, account_id) AS name,
    register.url, register.kind, register.unit_id, register.unit_name,
    register.account_id IS NOT NULL AS is_registered,
    register.status, register.opened_on, register.told_on, register.told_how, register.closed_on,
    register.editor_role,
    coalesce(register.administrators, 0)::INTEGER AS administrators,
    coalesce(register.communications_administrators, 0)::INTEGER AS communications_administrators,
    coalesce(register.shows_belonging, 'ukjent') AS shows_belonging,
    register.comments_field, register.pause_from, register.pause_to, register.risk_assessed_on,
    register.two_factor, register.recovery_email, register.confirmed_on,
    coalesce(register.confirmation, 'never') AS confirmation,
    as_of, comments_as_of, register.note
FROM register_accounts AS register
FULL JOIN seen_accounts AS seen USING (account_id)
ORDER BY account_id;

CREATE TABLE posts AS
SELECT post_id, account_id, accounts.unit_id, posts_found.platform, published_at,
    published_precision, posts_found.kind, text, permalink, reach, views, impressions, reactions,
    comments, shares, saves, clicks, link_clicks, follows, video_views, watch_seconds, exported_at
FROM posts_found JOIN accounts USING (account_id)
ORDER BY account_id, published_at, post_id;
