-- Accounts of other people whose posts stand in our export: published together (formats.md 1.3 b).
-- suite_files, partner_answers, partner_keys, staged_posts -> staged_posts without theirs.
CREATE OR REPLACE TEMP TABLE partners AS
WITH accounts AS (
    SELECT file_no, platform, coalesce(account_native, account_handle, account_name) AS who,
        any_value(account_name) AS name, count(*) AS posts, bool_or(reach > 0) AS has_reach,
        list_distinct(flatten(list([lower(account_native), lower(ltrim(account_handle, '@')),
            lower(account_name)]))) AS names
    FROM staged_posts SEMI JOIN suite_files USING (file_no)
    GROUP BY file_no, platform, who
), judged AS (
    SELECT accounts.*, platform || ':' || who AS account,
        keyed('partner', platform || ':' || who) AS key,
        coalesce(partner_answers.is_ours, partner_keys.is_ours) AS is_ours,
        coalesce(list_contains(names, lower(ltrim(hints[platform], '@'))), false)
            OR EXISTS (SELECT 1 FROM register_account_ids AS ids
                WHERE ids.platform = accounts.platform AND list_contains(names, match_key))
            AS is_in_use
    FROM accounts JOIN import_files USING (file_no)
    LEFT JOIN partner_answers ON partner_answers.account = platform || ':' || who
    LEFT JOIN partner_keys ON partner_keys.key = keyed('partner', platform || ':' || who)
)
-- Unknown to register, folder and person, and beside one that they know or one that reached people.
FROM (
    SELECT *, coalesce(is_in_use OR is_ours, false) AS is_known,
        NOT is_known AND (is_ours IS NOT DISTINCT FROM false
            OR bool_or(is_in_use) OVER one_file
            OR NOT coalesce(has_reach, false) AND coalesce(bool_or(has_reach) OVER one_file, false))
            AS is_foreign
    FROM judged WINDOW one_file AS (PARTITION BY file_no, platform))
-- What was answered before is shown again, so that it can be changed; the register goes before it.
WHERE is_foreign OR is_ours IS NOT NULL AND NOT is_in_use;

INSERT INTO staged_passed
SELECT file_no, line, 'partner_post' FROM staged_posts
JOIN partners USING (file_no, platform)
WHERE is_foreign AND coalesce(account_native, account_handle, staged_posts.account_name) = who;

DELETE FROM staged_posts USING partners
WHERE is_foreign AND partners.file_no = staged_posts.file_no AND partners.platform = staged_posts.platform
    AND coalesce(account_native, account_handle, account_name) = who;
