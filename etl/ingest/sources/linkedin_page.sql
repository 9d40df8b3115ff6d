-- source_rows, source_pages -> the staging tables. formats.md 5.

-- A post's number holds the moment it was made public: the milliseconds stand above 22 bits.
-- «Created date» is the day somebody began to write it.
CREATE OR REPLACE TEMP TABLE source_posts AS
WITH keyed AS (
    SELECT source_rows.*, handle,
        nullif(regexp_extract(permalink,
            '(?i)urn(?::|%3A)li(?::|%3A)(?:activity|ugcPost|share)(?::|%3A)(\d{5,19})', 1), '')
            AS post_native
    FROM source_rows JOIN source_pages USING (file_no)
), timed AS (
    SELECT *, timezone('UTC', date_trunc('second', epoch_ms(TRY_CAST(post_native AS BIGINT) >> 22)))
            AS moment,
        -- A promoted post has a row for itself and one for each campaign.
        row_number() OVER (PARTITION BY file_no, post_native ORDER BY campaign IS NOT NULL, line)
            AS nth
    FROM keyed
)
SELECT *, coalesce(moment > TIMESTAMPTZ '2008-01-01 00:00:00+00', false) AS has_moment, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN post_native IS NULL THEN 'no_number_in_link'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'campaign_row'
    END AS reason
FROM timed;

INSERT INTO staged_posts BY NAME
SELECT
    file_no, line, 'linkedin' AS platform, handle AS account_handle, post_native,
    CASE WHEN has_moment THEN moment
        ELSE timezone('Europe/Oslo', day_of(created, false)::TIMESTAMP) END AS published_at,
    CASE WHEN has_moment THEN 'second'
        WHEN day_of(created, false) IS NOT NULL THEN 'day' END AS published_precision,
    coalesce(MAP {'image': 'photo'}[lower(trim(content_type))], lower(trim(content_type))) AS kind,
    text, permalink, true AS is_own, []::VARCHAR[] AS mask_names,
    whole(impressions) AS impressions, whole(video_views) AS video_views,
    whole(clicks) AS clicks, whole(reactions) AS reactions, whole(comments) AS comments,
    whole(shares) AS shares, whole(follows) AS follows, extra
FROM source_posts WHERE reason IS NULL
ORDER BY file_no, line;

-- Nothing of the row but its number and day: in shifted cells an employee's name could stand.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason,
    concat_ws(' | ', post_native, nullif(regexp_extract(created, '[0-9./-]{8,10}'), '')) AS raw
FROM source_posts WHERE reason IS NOT NULL;
