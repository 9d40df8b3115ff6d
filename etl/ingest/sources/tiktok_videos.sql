-- source_rows, source_exports -> staged_posts, staged_rejects; tiktok_exports. formats.md 10.
CREATE OR REPLACE TEMP TABLE tiktok_rows AS
WITH marked AS (
    SELECT *,
        nullif(regexp_extract(permalink, '/(?:video|photo|v)/([1-8]\d{18})(?:\D|$)', 1), '') AS id,
        nullif(lower(regexp_extract(permalink, '/@([\w.]+)/', 1)), '') AS handle
    FROM source_rows
), timed AS (
    SELECT *, to_timestamp(id::BIGINT >> 32) AS published_at,
        row_number() OVER (PARTITION BY file_no, id ORDER BY line) AS nth
    FROM marked
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN id IS NULL THEN 'video_link_broken'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'video_repeated'
    END AS reason
FROM timed;

CREATE OR REPLACE TEMP TABLE tiktok_exports AS
SELECT file_no, max(calendar_day(
    year_before(month_in(exported), day_in(exported), limit_day),
    month_in(exported), day_in(exported))) AS exported_on
FROM tiktok_rows JOIN source_exports USING (file_no)
GROUP BY file_no;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'tiktok' AS platform, handle AS account_handle, id AS post_native,
    published_at, 'second' AS published_precision,
    CASE WHEN contains(permalink, '/photo/') THEN 'photo' ELSE 'video' END AS kind,
    nullif(trim(title), '') AS text, permalink, true AS is_own, []::VARCHAR[] AS mask_names,
    whole(views) AS views, whole(reactions) AS reactions, whole(comments) AS comments,
    whole(shares) AS shares, whole(saves) AS saves, extra
FROM tiktok_rows WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', permalink, left(title, 200)) AS raw
FROM tiktok_rows WHERE reason IS NOT NULL;
