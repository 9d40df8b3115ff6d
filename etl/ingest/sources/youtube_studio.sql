-- source_rows (with `day`), source_periods -> the staging tables. formats.md 9.1.

-- YouTube puts a blank before an id or title that begins with "-", lest a spreadsheet
-- take it for a formula (18 of the 1,218 ids in the files looked at).
CREATE OR REPLACE TEMP TABLE source_posts AS
WITH marked AS (
    SELECT * REPLACE (trim(video) AS video, trim(title) AS title),
        regexp_full_match(trim(video), '[A-Za-z0-9_-]{11}') AS is_video,
        coalesce(title, published) IS NULL AND coalesce(views, watch_hours, follows,
            impressions, reactions, comments, shares) IS NULL AS is_note,
        title IS NULL AND published IS NULL AND is_video IS NOT TRUE
            AND (is_total_word(video) OR line = min(line) OVER (PARTITION BY file_no))
            AS is_total,
        row_number() OVER (PARTITION BY file_no, trim(video) ORDER BY line) AS nth
    FROM source_rows
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN is_total OR (is_note AND NOT is_video) THEN NULL
    WHEN is_video IS NOT TRUE THEN 'no_video_id'
    WHEN published IS NOT NULL AND day IS NULL THEN 'day_unreadable'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'video_repeated'
    END AS reason
FROM marked;

-- A date without a clock is a day of the channel: midnight in Oslo keeps it that day.
INSERT INTO staged_posts BY NAME
SELECT
    file_no, line, 'youtube' AS platform, channel AS account_name, video AS post_native,
    timezone('Europe/Oslo', day::TIMESTAMP) AS published_at, 'day' AS published_precision,
    'video' AS kind, title AS text, 'https://www.youtube.com/watch?v=' || video AS permalink,
    true AS is_own, []::VARCHAR[] AS mask_names, whole(views) AS views,
    whole(impressions) AS impressions, whole(reactions) AS reactions,
    whole(comments) AS comments, whole(shares) AS shares, whole(follows) AS follows,
    whole(watch_hours * 3600) AS watch_seconds, period_from, period_to, extra
FROM source_posts JOIN source_periods USING (file_no)
WHERE reason IS NULL AND is_video AND NOT is_total
ORDER BY file_no, line;

INSERT INTO staged_passed
SELECT file_no, line, CASE WHEN is_total THEN 'totals_row' ELSE 'note_row' END
FROM source_posts WHERE reason IS NULL AND (is_total OR is_video IS NOT TRUE);

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', video, title, published) AS raw
FROM source_posts WHERE reason IS NOT NULL;
