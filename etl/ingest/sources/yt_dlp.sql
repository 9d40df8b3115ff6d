-- source_nodes (file_no, line, node) -> staged_posts, staged_rejects. formats.md 9.2 b.
CREATE OR REPLACE TEMP TABLE dlp_videos AS
SELECT file_no, line, node,
    coalesce(TRY(to_timestamp(node."timestamp")),
        timezone('Europe/Oslo', TRY_STRPTIME(node.upload_date, '%Y%m%d'))) AS published_at,
    CASE WHEN regexp_full_match(node.id, '[\w-]{11}') IS NOT TRUE
        OR coalesce(node.extractor_key, 'Youtube') <> 'Youtube'
        THEN 'not_a_video'
    WHEN row_number() OVER (PARTITION BY file_no, node.id ORDER BY line) > 1
        THEN 'video_repeated' END AS reason
FROM source_nodes;

CREATE OR REPLACE TEMP TABLE dlp_comments AS
SELECT file_no, line, unnest(node.comments) AS comment FROM source_nodes;
INSERT INTO staged_rows
SELECT file_no, line FROM dlp_videos UNION ALL SELECT file_no, line FROM dlp_comments;
INSERT INTO staged_passed SELECT file_no, line, 'estimated_time' FROM dlp_comments;
DROP TABLE dlp_comments;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'youtube' AS platform, node.channel_id AS account_native,
    nullif(lower(ltrim(node.uploader_id, '@')), node.channel_id) AS account_handle,
    node.channel AS account_name, node.id AS post_native, published_at,
    CASE WHEN node."timestamp" IS NULL THEN 'day' ELSE 'second' END AS published_precision,
    'video' AS kind, node.title AS text,
    'https://www.youtube.com/watch?v=' || node.id AS permalink,
    true AS is_own, []::VARCHAR[] AS mask_names, node.view_count AS views,
    node.like_count AS reactions, node.comment_count AS comments
FROM dlp_videos WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, node.id AS raw FROM dlp_videos WHERE reason IS NOT NULL;
