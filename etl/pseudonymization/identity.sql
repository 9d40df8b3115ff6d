-- What counts as the same comment or post (data-contract.md «Identifiers»). Loaded at the import and by
-- the build, so that both know an item by the same ids.

-- '<platform>:<native>' -> '<native>'
CREATE OR REPLACE TEMP MACRO native_part(id) AS substr(id, strpos(id, ':') + 1);

-- Whether a platform gave the id, or we made it as a fingerprint that is unique by itself. Everything
-- else (1, A-12, kommentar-3) is a table's own number and means something in its own table only.
CREATE OR REPLACE TEMP MACRO is_platform_id(platform, native) AS coalesce(
    regexp_full_match(native, '[0-9a-f]{16}|ec[0-9a-f]{20}|erased-[0-9a-f]{16}'
        || '|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'
        || '|urn:li:.+|at://.+')
    OR CASE platform
        WHEN 'facebook' THEN regexp_full_match(native, '\d{6,}(_\d+){0,2}|pfbid\w{10,}')
        -- Shortcodes and video ids are random: one in four hundred has no capital, and is then
        -- taken for a table's own, which costs nothing but the account's name in front of it.
        WHEN 'instagram' THEN regexp_full_match(native, '\d{10,}(_\d+)?')
            OR regexp_full_match(native, '[\w-]{10,}') AND regexp_matches(native, '[A-Z]')
        WHEN 'youtube' THEN regexp_full_match(native, 'Ug[\w-]{16,}(\.[\w-]+)?')
            OR regexp_full_match(native, '[\w-]{11}') AND regexp_matches(native, '[A-Z]')
        WHEN 'x' THEN regexp_full_match(native, '\d{8,}')
        ELSE regexp_full_match(native, '\d{15,}') END,
    false);

-- What a pseudonym is made under: the post, and the account's own where the post is a table's number;
-- the thread where an export names no post (R11: never the same under two posts).
CREATE OR REPLACE TEMP MACRO key_scope(platform, account_ref, post_id, thread_id) AS CASE
    WHEN post_id IS NULL THEN thread_id
    WHEN is_platform_id(platform, native_part(post_id)) THEN post_id
    ELSE account_ref || chr(31) || post_id END;

-- Facebook's comments have one form, <post>_<comment>; exports also write the last number alone,
-- <page>_<post>_<comment>, and the picture of a post in place of the post.
CREATE OR REPLACE TEMP MACRO facebook_tail(id) AS
    nullif(regexp_extract(id, '^facebook:(?:\d+_){0,2}(\d{6,})$', 1), '');
CREATE OR REPLACE TEMP MACRO facebook_form(id, post_id) AS CASE
    WHEN regexp_full_match(post_id, 'facebook:\d{6,}') THEN post_id || '_' || facebook_tail(id)
    WHEN regexp_full_match(id, 'facebook:\d+_\d+_\d+')
        THEN 'facebook:' || regexp_extract(id, '(\d+_\d+)$', 1)
    ELSE id END;

-- A table's own number means something in its account, and where a person numbers them under its post.
-- The import writes them in front of it, `<account>.<post>.<number>`; what was imported before may lack
-- either.
CREATE OR REPLACE TEMP MACRO without_prefix(text, prefix) AS
    CASE WHEN starts_with(text, prefix || '.') THEN substr(text, length(prefix) + 2) ELSE text END;
CREATE OR REPLACE TEMP MACRO own_post_number(account_ref, post_id) AS
    without_prefix(native_part(post_id), lower(native_part(account_ref)));
CREATE OR REPLACE TEMP MACRO own_item_number(account_ref, post_id, id) AS CASE
    WHEN starts_with(native_part(id), native_part(post_id) || '.')
        THEN without_prefix(native_part(id), native_part(post_id))
    ELSE without_prefix(native_part(id), lower(native_part(account_ref))) END;
CREATE OR REPLACE TEMP MACRO scoped_post(platform, scope, account_ref, post_id) AS
    platform || ':' || scope || '.' || own_post_number(account_ref, post_id);
CREATE OR REPLACE TEMP MACRO scoped_item(platform, scope, account_ref, post_id, id, is_under_post) AS
    platform || ':' || concat_ws('.', scope, CASE
        WHEN NOT is_under_post THEN NULL
        WHEN is_platform_id(platform, native_part(post_id)) THEN native_part(post_id)
        ELSE own_post_number(account_ref, post_id) END, own_item_number(account_ref, post_id, id));

-- Every id that a row's comment may have, or have had: an erasure holds whichever an export writes (R17).
CREATE OR REPLACE TEMP MACRO scopes_of(account_ref, native, handle) AS list_distinct(list_filter(
    [lower(name) FOR name IN [native_part(account_ref), native, ltrim(handle, '@')]],
    lambda name: name IS NOT NULL AND name <> 'unknown'));
CREATE OR REPLACE TEMP MACRO is_numbered_under_post(id, post_id) AS
    coalesce(starts_with(native_part(id), native_part(post_id) || '.'), false);
-- Those that cannot be another comment's.
CREATE OR REPLACE TEMP MACRO certain_ids(platform, account_ref, native, handle, post_id, id) AS
    list_filter(CASE
        WHEN id IS NULL THEN []
        WHEN facebook_tail(id) IS NOT NULL AND platform = 'facebook'
            THEN [id, facebook_form(id, post_id), 'facebook:' || facebook_tail(id)]
        WHEN is_platform_id(platform, native_part(id)) THEN [id]
        ELSE list_distinct(flatten([[
            CASE WHEN is_numbered_under_post(id, post_id) OR post_id IS NOT NULL
                THEN scoped_item(platform, scope, account_ref, post_id, id, true) END,
            CASE WHEN NOT is_numbered_under_post(id, post_id)
                THEN scoped_item(platform, scope, account_ref, post_id, id, false) END]
            FOR scope IN scopes_of(account_ref, native, handle)])) END,
        lambda one: one IS NOT NULL);
-- And those that imports of before wrote, which two accounts might share.
CREATE OR REPLACE TEMP MACRO possible_ids(platform, account_ref, native, handle, post_id, id) AS
    list_distinct(list_concat(certain_ids(platform, account_ref, native, handle, post_id, id),
        list_filter([id, CASE WHEN NOT is_platform_id(platform, native_part(id)) THEN platform || ':'
            || concat_ws('.', own_post_number(account_ref, post_id),
                own_item_number(account_ref, post_id, id)) END], lambda one: one IS NOT NULL)));
-- The key of the erased item that a row's id is, NULL where nobody erased it. Needs the variables
-- `erased`, the keys of ids, and `erased_as`, for each the key that names the item.
CREATE OR REPLACE TEMP MACRO erased_key(platform, account_ref, native, handle, post_id, id) AS
    list_filter([getvariable('erased_as')[keyed('erased', one)] FOR one IN
        possible_ids(platform, account_ref, native, handle, post_id, id)],
        lambda key: key IS NOT NULL)[1];
