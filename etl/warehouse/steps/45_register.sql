-- The register as the pages read it, and the accounts that only exports know of (M14).
CREATE TABLE units AS SELECT * FROM register_units;
CREATE TABLE targets AS SELECT * FROM register_targets;
CREATE TABLE municipality AS SELECT * FROM register_municipality;
CREATE OR REPLACE TEMP TABLE problems_found AS SELECT * FROM register_problems;
DROP TABLE temp.register_problems;
CREATE TABLE register_problems AS SELECT * FROM problems_found;

-- "Now" is the newest export that covers the account, never the clock on the wall (metrics.md).
CREATE OR REPLACE TEMP TABLE seen_accounts AS
WITH named AS (
    SELECT account_id, any_value(refs.platform) AS platform,
        arg_min(native_id, first_import) AS native_id,
        arg_max(coalesce(handle, CASE WHEN native_id IS NULL THEN nullif(ref_value, 'unknown') END),
            first_import) AS handle,
        arg_max(name, first_import) AS name
    FROM refs JOIN account_map USING (account_ref)
    GROUP BY account_id
),
published AS (
    SELECT account_id, max(exported_at) AS as_of FROM posts_found GROUP BY account_id
),
summed AS (
    SELECT account_id, max(exported_at) AS as_of
    FROM lake_account_days JOIN import_ranks USING (import_id) JOIN account_map USING (account_ref)
    GROUP BY account_id
),
written AS (
    SELECT account_id, greatest(max(exported_at), max(written_at)) AS as_of,
        -- A file with nothing but the account's own (X, Google Takeout) says nothing of what came.
        greatest(max(exported_at) FILTER (NOT is_own_only),
            max(written_at) FILTER (NOT is_own_only)) AS comments_as_of
    FROM (
        -- A clock that runs wrong does not move «now» beyond the day when the file was read.
        SELECT account_id, exported_at, import_id, least(created_at, imported_at) AS written_at
        FROM voices
        JOIN import_ranks ON import_rank = newest_import
        JOIN (SELECT import_id, imported_at FROM imports) USING (import_id)
    )
    JOIN (SELECT import_id, bool_and(is_own IS TRUE) AS is_own_only FROM lake_comments
        GROUP BY import_id) USING (import_id)
    GROUP BY account_id
)
-- A comment that found its account by its post leaves no «unknown» account behind.
SELECT named.*, greatest(published.as_of, written.as_of, summed.as_of) AS as_of,
    written.comments_as_of
FROM named
LEFT JOIN published USING (account_id)
LEFT JOIN written USING (account_id)
LEFT JOIN summed USING (account_id)
WHERE coalesce(published.as_of, written.as_of, summed.as_of) IS NOT NULL;

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

UPDATE imports SET account_id = account_map.account_id
FROM account_map WHERE imports.account_id = account_ref;

-- R48: which unit had the account when, both days included; every account has every day once. What was
-- edited in the app has a day. Beyond that the units' file tells: a unit that was closed and replaced had
-- the account until then, and a unit that is the only one to replace another had it from then on.
CREATE OR REPLACE TEMP TABLE replacements AS
SELECT unit_id AS old_unit, max(valid_to) AS ended_on,
    arg_max(replaced_by, valid_to) FILTER (replaced_by <> unit_id) AS new_unit
FROM register_units
GROUP BY unit_id
HAVING bool_and(valid_to IS NOT NULL) AND new_unit IS NOT NULL;

CREATE TABLE account_units AS
WITH RECURSIVE edited AS (
    SELECT account_id, earlier.unit_id, ended_on AS valid_to
    FROM earlier_units AS earlier JOIN accounts ON line_key = lower(account_id)
),
-- Forward: the account still stands with the closed unit. A unit that ended before its turn came, by
-- an edit or an older one in the chain, never had the account.
followed AS (
    SELECT account_id, accounts.unit_id, coalesce(max(valid_to), DATE '0001-01-01') AS since, 1 AS steps
    FROM accounts LEFT JOIN edited USING (account_id)
    GROUP BY account_id, accounts.unit_id
    UNION ALL
    SELECT account_id, new_unit, greatest(since, ended_on), steps + 1
    FROM followed JOIN replacements ON old_unit = unit_id WHERE steps < 20
),
forward AS (
    SELECT account_id, unit_id, coalesce(ended_on, DATE '9999-12-31') AS valid_to
    FROM followed LEFT JOIN replacements ON old_unit = unit_id
    WHERE coalesce(ended_on > since, true)
),
-- Backward: the account was moved in the file, to a unit that began when the other one ended.
succeeded AS (
    SELECT new_unit, any_value(old_unit) AS old_unit, any_value(ended_on) AS ended_on
    FROM replacements
    GROUP BY new_unit
    HAVING count(*) = 1 AND any_value(ended_on) < (
        SELECT min(coalesce(valid_from, DATE '0001-01-01')) FROM register_units AS newer
        WHERE newer.unit_id = new_unit)
),
preceded AS (
    SELECT account_id, old_unit AS unit_id, ended_on AS valid_to, 1 AS steps
    FROM accounts JOIN succeeded ON new_unit = unit_id
    WHERE account_id NOT IN (SELECT account_id FROM edited)
    UNION ALL
    SELECT preceded.account_id, old_unit, ended_on, steps + 1
    FROM preceded JOIN succeeded ON new_unit = unit_id AND ended_on < valid_to WHERE steps < 20
)
SELECT account_id, unit_id,
    coalesce(lag(valid_to) OVER (PARTITION BY account_id ORDER BY valid_to) + 1, DATE '0001-01-01')
        AS valid_from, valid_to
FROM (
    SELECT account_id, unit_id, valid_to FROM edited
    UNION ALL SELECT account_id, unit_id, valid_to FROM forward
    UNION ALL SELECT account_id, unit_id, valid_to FROM preceded
)
ORDER BY account_id, valid_to;

CREATE TABLE posts AS
SELECT post_id, account_id, account_units.unit_id, posts_found.platform, published_at,
    published_precision, posts_found.kind, text, permalink, reach, views, impressions, reactions,
    comments, comments_complete, shares, saves, clicks, link_clicks, follows, video_views,
    watch_seconds, exported_at, is_shared_copy
FROM posts_found
JOIN account_units USING (account_id)
WHERE coalesce(timezone('Europe/Oslo', published_at)::DATE, DATE '9999-12-31')
    BETWEEN account_units.valid_from AND account_units.valid_to
ORDER BY account_id, published_at, post_id;
