-- Which account each export speaks of: the register joins an account's ids, handles and names.
CREATE OR REPLACE TEMP TABLE refs AS
WITH seen AS (
    SELECT account_ref, platform, account_native, account_handle, account_name, import_id
    FROM lake_posts
    UNION ALL
    SELECT account_ref, platform, account_native, account_handle, NULL, import_id
    FROM lake_comments
    UNION ALL
    SELECT DISTINCT account_ref, platform, account_native, account_handle, account_name, import_id
    FROM lake_account_days
),
named AS (
    SELECT account_ref, platform,
        min(account_native) AS native_id,
        arg_max(account_handle, import_rank) AS handle,
        arg_max(account_name, import_rank) AS name,
        min(import_rank) AS first_import
    FROM seen JOIN import_ranks USING (import_id)
    GROUP BY ALL
)
SELECT *, substr(account_ref, length(platform) + 2) AS ref_value FROM named;

-- An id decides before a handle, a handle before a display name.
CREATE OR REPLACE TEMP TABLE registered_refs AS
SELECT account_ref, arg_min(ids.account_id, (strength, ids.account_id)) AS account_id
FROM (
    SELECT account_ref, platform, native_id AS value, 1 AS strength FROM refs
    UNION ALL SELECT account_ref, platform, ref_value, 2 FROM refs
    UNION ALL SELECT account_ref, platform, handle, 3 FROM refs
    UNION ALL SELECT account_ref, platform, name, 4 FROM refs
) AS claims
JOIN register_account_ids AS ids
    ON ids.platform = claims.platform AND match_key = lower(ltrim(trim(claims.value), '@'))
WHERE claims.value <> 'unknown'
GROUP BY ALL;

-- Without the register two ids are one account when the exports give them the same handle.
CREATE OR REPLACE TEMP TABLE account_map AS
WITH handled AS (
    SELECT account_ref, platform, native_id, first_import,
        lower(coalesce(handle, CASE WHEN native_id IS NULL THEN ref_value END)) AS handle
    FROM refs
    WHERE ref_value <> 'unknown'
),
joined AS (
    SELECT account_ref,
        CASE WHEN handle IS NULL THEN account_ref
            ELSE first_value(account_ref) OVER (
                PARTITION BY platform, handle
                ORDER BY native_id IS NULL, first_import, account_ref) END AS joined_ref
    FROM handled
)
SELECT
    refs.account_ref,
    coalesce(own.account_id, other.account_id, joined_ref, refs.account_ref) AS account_id
FROM refs
LEFT JOIN joined USING (account_ref)
LEFT JOIN registered_refs AS own ON own.account_ref = refs.account_ref
LEFT JOIN registered_refs AS other ON other.account_ref = joined_ref;

CREATE TABLE account_ids AS
SELECT DISTINCT account_id, kind, value
FROM (
    SELECT account_id, kind, value FROM register_account_ids
    UNION ALL
    SELECT account_id, 'native_id', native_id FROM refs JOIN account_map USING (account_ref)
    UNION ALL
    SELECT account_id, 'handle', coalesce(handle, CASE WHEN native_id IS NULL THEN ref_value END)
    FROM refs JOIN account_map USING (account_ref) WHERE ref_value <> 'unknown'
    UNION ALL
    SELECT account_id, 'name', name FROM refs JOIN account_map USING (account_ref)
)
WHERE value IS NOT NULL
ORDER BY ALL;
