-- source_rows, source_dates -> the staging tables. formats.md 1 and 2. The macros
-- export_platform, key_of_link and handle_of_link belong to the export that is read.

-- A spreadsheet keeps 15 digits: ids that are longer end in false zeros or are written
-- 1.09E+15. The link is then the only key left, and such a post joins with nothing else.
CREATE OR REPLACE TEMP MACRO exact_id(id, is_rounded) AS CASE
    WHEN regexp_full_match(id, '\d{15}\d+') AND is_rounded THEN NULL
    WHEN regexp_full_match(id, '\d{5,20}') THEN id
    WHEN regexp_full_match(id, '\d{5,15}\.0+') THEN split_part(id, '.', 1) END;

CREATE OR REPLACE TEMP TABLE source_posts AS
WITH marked AS (
    SELECT *,
        nullif(key_of_link(permalink), '') AS link_key,
        nullif(handle_of_link(permalink), '') AS link_handle,
        CASE WHEN length(coalesce(title, '')) > length(coalesce(description, ''))
            THEN title ELSE description END AS text,
        count(*) FILTER (length(post_id) > 15) OVER one_file >= 3 AND coalesce(bool_and(
            regexp_matches(post_id, '[.E]') OR regexp_full_match(substr(post_id, 16), '0+')
        ) FILTER (length(post_id) > 15) OVER one_file, false) AS is_rounded,
        sum(views) OVER one_file AS all_views,
        sum(reach) OVER one_file AS all_reach,
        count(*) FILTER (coalesce(link_clicks, other_clicks, photo_clicks) IS NOT NULL
            AND is_no_sum(clicks, link_clicks, other_clicks, photo_clicks)) OVER one_file
            > 0.01 * count(*) OVER one_file AS is_clicks_off
    FROM source_rows WINDOW one_file AS (PARTITION BY file_no)
), keyed AS (
    SELECT *,
        exact_id(post_id, is_rounded) AS own_key,
        exact_id(account_id, is_rounded) AS account_native,
        coalesce(lower(account_handle), mode(link_handle)
            OVER (PARTITION BY file_no, account_id, account_name)) AS handle,
        los_angeles(wall_time(trim(published), is_day_first)) AS published_at
    FROM marked JOIN source_dates USING (file_no)
), ordered AS (
    SELECT *,
        coalesce(own_key, link_key) AS post_native,
        row_number() OVER (PARTITION BY file_no, coalesce(own_key, link_key) ORDER BY line) AS nth
    FROM keyed
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN coalesce(post_id, permalink, published) IS NULL AND trim(data_comment) <> ''
        THEN 'meta_error:' || left(trim(data_comment), 200)
    WHEN post_native IS NULL AND regexp_matches(post_id, '[eE]\+?\d')
        THEN 'id_lost_in_spreadsheet'
    WHEN post_native IS NULL THEN 'post_id_and_link_lost'
    WHEN published_at IS NULL THEN 'no_published_time'
    WHEN is_no_sum(interactions, reactions, comments, shares)
        THEN 'wrong_sum'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'post_repeated'
    END AS reason
FROM ordered;

-- Views are 0 or empty for every post in one of Meta's layouts, also where hundreds of
-- thousands were reached (1.3 f): not measured. Clicks that do not add up are left out.
INSERT INTO staged_posts BY NAME
SELECT
    file_no, line, export_platform() AS platform, account_native, handle AS account_handle,
    account_name, post_native, published_at, 'minute' AS published_precision,
    coalesce(kind_of(lower(trim(post_type))), lower(trim(post_type))) AS kind,
    text, permalink, true AS is_own,
    regexp_extract_all(text, '@\[\d+:\d+:([^\]]+)\]', 1) AS mask_names,
    whole(reach) AS reach,
    CASE WHEN all_views = 0 AND all_reach > 0 THEN NULL ELSE whole(views) END AS views,
    whole(impressions) AS impressions,
    whole(reactions) AS reactions, whole(comments) AS comments, whole(shares) AS shares,
    whole(saves) AS saves,
    CASE WHEN NOT is_clicks_off THEN whole(clicks) END AS clicks,
    CASE WHEN NOT is_clicks_off THEN whole(link_clicks) END AS link_clicks,
    whole(follows) AS follows, whole(video_views) AS video_views,
    whole(watch_seconds) AS watch_seconds, extra
FROM source_posts
WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason,
    concat_ws(' | ', post_id, published, permalink, left(text, 200)) AS raw
FROM source_posts WHERE reason IS NOT NULL;
