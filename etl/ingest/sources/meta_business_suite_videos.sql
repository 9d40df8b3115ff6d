-- source_rows, source_dates -> staged_posts, staged_rejects. formats.md 1. The macros `wall_time` and
-- `los_angeles` are those of _dates.sql.
CREATE OR REPLACE TEMP TABLE source_videos AS
WITH marked AS (
    SELECT *,
        -- A spreadsheet keeps 15 digits: longer ids that all end in zeros are no ids.
        count(*) FILTER (length(video_id) > 15) OVER one_file >= 3 AND coalesce(bool_and(
            regexp_full_match(substr(video_id, 16), '0+')) FILTER (length(video_id) > 15)
            OVER one_file, false) AND length(video_id) > 15 AS is_rounded,
        los_angeles(wall_time(trim(published), is_day_first)) AS published_at
    FROM source_rows JOIN source_dates USING (file_no)
    WINDOW one_file AS (PARTITION BY file_no)
), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY file_no, video_id ORDER BY line) AS nth FROM marked
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN coalesce(video_id, published) IS NULL AND trim(data_comment) <> ''
        THEN 'meta_error:' || left(trim(data_comment), 200)
    WHEN is_rounded OR regexp_matches(video_id, '[eE]\+?\d') THEN 'id_lost_in_spreadsheet'
    WHEN NOT coalesce(regexp_full_match(video_id, '\d{5,20}'), false) THEN 'no_video_id'
    WHEN published_at IS NULL THEN 'no_published_time'
    WHEN interactions <> coalesce(reactions, 0) + coalesce(comments, 0) + coalesce(shares, 0)
        THEN 'wrong_sum'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'video_repeated'
    END AS reason
FROM ordered;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'facebook' AS platform,
    CASE WHEN regexp_full_match(account_id, '\d{5,20}') THEN account_id END AS account_native,
    account_name, video_id AS post_native, published_at, 'minute' AS published_precision,
    'video' AS kind, nullif(trim(title), '') AS text,
    'https://www.facebook.com/watch/?v=' || video_id AS permalink, true AS is_own,
    regexp_extract_all(title, '@\[\d+:\d+:([^\]]+)\]', 1) AS mask_names,
    whole(reach) AS reach, whole(reactions) AS reactions, whole(comments) AS comments,
    whole(shares) AS shares, whole(video_views) AS video_views,
    whole(watch_seconds) AS watch_seconds, extra
FROM source_videos WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', video_id, published, left(title, 200)) AS raw
FROM source_videos WHERE reason IS NOT NULL;

DROP TABLE source_videos;
