-- source_rows, source_actions, source_clocks, source_dates, source_exports -> the staging
-- tables. formats.md 4.

-- Post ID is <page>_<post>; what MBS calls the post is the part after "_".
CREATE OR REPLACE TEMP TABLE source_posts AS
WITH marked AS (
    SELECT source_rows.* EXCLUDE (published, reactions, comments, shares, link_clicks),
        trim(clock) AS clock, page, is_day_first,
        coalesce(source_rows.reactions, actions.reactions) AS reactions,
        coalesce(source_rows.comments, actions.comments) AS comments,
        coalesce(source_rows.shares, actions.shares) AS shares,
        coalesce(source_rows.link_clicks, actions.link_clicks) AS link_clicks,
        nullif(regexp_extract(trim(post_id), '^(\d{5,20})_\d{5,20}$', 1), '') AS account_native,
        coalesce(
            nullif(regexp_extract(trim(post_id), '^\d{5,20}_(\d{5,20})$', 1), ''),
            nullif(regexp_extract(permalink, '/posts/(\d{5,20})', 1), '')) AS post_native,
        nullif(lower(regexp_extract(permalink, 'facebook\.com/'
            '([A-Za-z0-9.]*[A-Za-z][A-Za-z0-9.]*)/(?:posts|videos|photos)/', 1)), '') AS handle,
        -- The row of explanations has text under the figures and no post.
        coalesce(post_id, permalink, clock) IS NULL
            AND line = min(line) OVER (PARTITION BY file_no) AS is_explanation
    FROM source_rows
    JOIN source_clocks USING (file_no, line)
    JOIN source_dates USING (file_no)
    JOIN source_exports USING (file_no)
    LEFT JOIN source_actions AS actions USING (file_no, post_id)
), timed AS (
    SELECT *, los_angeles(coalesce(TRY_CAST(clock AS TIMESTAMP), wall_time(clock, is_day_first),
            TRY_STRPTIME(clock, ['%m/%d/%Y %I:%M:%S %p', '%m/%d/%y %I:%M %p']))) AS published_at,
        row_number() OVER (PARTITION BY file_no, post_native ORDER BY line) AS nth
    FROM marked WHERE NOT is_explanation
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN post_native IS NULL THEN 'post_id_lost'
    WHEN published_at IS NULL THEN 'no_published_time'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'post_repeated'
    END AS reason
FROM timed;

INSERT INTO staged_passed
SELECT file_no, line, 'explanation_row' FROM source_rows
ANTI JOIN source_posts USING (file_no, line);

INSERT INTO staged_posts BY NAME
SELECT
    file_no, line, 'facebook' AS platform, account_native, handle AS account_handle,
    page AS account_name, post_native, published_at, 'second' AS published_precision,
    coalesce(MAP {'status': 'text', 'sharedvideo': 'video'}[lower(trim(post_type))],
        lower(trim(post_type))) AS kind,
    text, permalink, true AS is_own,
    regexp_extract_all(text, '@\[\d+:\d+:([^\]]+)\]', 1) AS mask_names,
    whole(reach) AS reach, whole(impressions) AS impressions, whole(reactions) AS reactions,
    whole(comments) AS comments, whole(shares) AS shares, whole(clicks) AS clicks,
    whole(link_clicks) AS link_clicks,
    -- 0 for every picture: only films can be seen to have been played.
    CASE WHEN lower(post_type) LIKE '%video'
        THEN whole(organic_video_views + paid_video_views) END AS video_views,
    extra
FROM source_posts WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', post_id, clock, permalink, left(text, 200)) AS raw
FROM source_posts WHERE reason IS NOT NULL;
