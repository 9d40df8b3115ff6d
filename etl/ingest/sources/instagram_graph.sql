-- source_nodes (file_no, line, node) -> the staging tables. formats.md 8.

-- Media and comments share `id`, `timestamp`, `username` and `like_count`. Few fields asked
-- for leave nothing else: then the element is what the file's other elements are.
CREATE OR REPLACE TEMP TABLE insta_nodes AS
WITH marked AS (
    SELECT file_no, line, key, node,
        coalesce(node.caption, node.media_type, node.media_product_type, node.media_url,
            node.permalink, node.shortcode, node.owner.id, node.comments_count :: VARCHAR)
            IS NOT NULL OR node.comments IS NOT NULL AS has_media_signs,
        coalesce(node.text, node.parent_id, node."from".id, node."from".username,
            node.media.id, node.hidden :: VARCHAR) IS NOT NULL OR node.replies IS NOT NULL
            AS has_comment_signs
    FROM source_nodes
)
SELECT file_no, line, key, node, has_media_signs OR NOT (has_comment_signs
    OR bool_or(has_comment_signs AND NOT has_media_signs) OVER (PARTITION BY file_no)) AS is_media,
    -- Who the account is: the media says, else the folder or the person who imports.
    coalesce(CASE WHEN is_media THEN node.owner.id END,
        nullif(regexp_extract(account_hint, ':(\d+)$', 1), '')) AS native,
    coalesce(
        CASE WHEN is_media THEN coalesce(lower(node.username), lower(node.owner.username)) END,
        nullif(lower(regexp_extract(account_hint, ':@?(\w*[A-Za-z_.][\w.]*)$', 1)), '')) AS handle
FROM marked JOIN source_files USING (file_no);

CREATE OR REPLACE TEMP MACRO insight(node, metric) AS list_extract(list_transform(
    list_filter(node.insights.data, lambda one: one.name = metric),
    lambda one: TRY_CAST(coalesce(one.total_value.value, one."values"[1].value) AS BIGINT)), 1);

INSERT INTO staged_posts BY NAME
SELECT
    file_no, line, 'instagram' AS platform, native AS account_native, handle AS account_handle,
    node.id AS post_native, TRY_CAST(node.timestamp AS TIMESTAMPTZ) AS published_at,
    'second' AS published_precision,
    coalesce(MAP {'REELS': 'reel', 'STORY': 'story'}[node.media_product_type],
        MAP {'IMAGE': 'photo', 'VIDEO': 'video', 'CAROUSEL_ALBUM': 'carousel'}[node.media_type],
        lower(node.media_type)) AS kind,
    node.caption AS text, node.permalink AS permalink, true AS is_own,
    insight(node, 'reach') AS reach, insight(node, 'views') AS views,
    insight(node, 'impressions') AS impressions, insight(node, 'saved') AS saves,
    insight(node, 'shares') AS shares, insight(node, 'follows') AS follows,
    node.like_count AS reactions, node.comments_count AS comments,
    -- The API leaves `comments` out where there are none.
    CASE WHEN node.comments.paging.next IS NOT NULL THEN false
        WHEN node.comments IS NOT NULL OR node.comments_count = 0 THEN true END
        AS comments_complete
FROM insta_nodes WHERE is_media AND node.id IS NOT NULL AND published_at IS NOT NULL;

CREATE OR REPLACE TEMP TABLE insta_comments AS
WITH tops AS (
    SELECT file_no, line, native, handle, coalesce(node.media.id, key) AS post, NULL :: VARCHAR AS permalink,
        struct_pack(id := node.id, "text" := node.text, "timestamp" := node.timestamp,
            username := node.username, "from" := node."from", like_count := node.like_count,
            hidden := node.hidden, parent_id := node.parent_id,
            comment_count := node.comment_count, replies := node.replies,
            media := node.media) AS c
    FROM insta_nodes WHERE NOT is_media
    UNION ALL
    SELECT file_no, line, native, handle, node.id, node.permalink, unnest(node.comments.data)
    FROM insta_nodes WHERE is_media
), below AS (
    SELECT file_no, line, native, handle, post, permalink, coalesce(c.parent_id, c.id) AS root,
        unnest(c.replies.data) AS r
    FROM tops
)
SELECT file_no, line, native, handle, post, permalink, c.id AS id, c.parent_id AS parent,
    coalesce(c.parent_id, c.id) AS root, c.text AS text, c.timestamp AS written,
    coalesce(c.username, c."from".username) AS username, c."from".id AS author_id,
    c.like_count AS likes, c.hidden AS hidden, c.comment_count AS comment_count,
    c.replies.paging.next IS NOT NULL AS has_more, c.replies IS NOT NULL AS has_nested
FROM tops
UNION ALL
SELECT file_no, line, native, handle, post, permalink, r.id, coalesce(r.parent_id, root), root,
    r.text, r.timestamp, coalesce(r.username, r."from".username), r."from".id, r.like_count,
    r.hidden, r.comment_count, false, true
FROM below;

INSERT INTO staged_rows
SELECT file_no, line FROM insta_nodes WHERE is_media
UNION ALL SELECT file_no, line FROM insta_comments;

INSERT INTO staged_comments BY NAME
WITH decided AS (
    SELECT *, TRY_CAST(written AS TIMESTAMPTZ) AS created_at,
        bool_or(username IS NOT NULL OR author_id IS NOT NULL) OVER one_file AS file_has_authors,
        bool_or(has_nested OR parent IS NOT NULL OR comment_count IS NOT NULL) OVER one_file
            AS file_has_links
    FROM insta_comments WINDOW one_file AS (PARTITION BY file_no)
)
SELECT
    file_no, line, 'instagram' AS platform, native AS account_native, handle AS account_handle,
    id AS comment_native, post AS post_native, parent AS parent_native, root AS root_native,
    created_at, text, permalink, likes, hidden AS is_hidden,
    -- No field tells of a GIF or sticker; a comment without words is one.
    CASE WHEN trim(text) = '' THEN true END AS has_attachment,
    author_id, username AS author_name,
    CASE WHEN NOT file_has_authors THEN NULL
        WHEN username IS NOT NULL AND handle IS NOT NULL THEN lower(username) = handle
        WHEN author_id IS NOT NULL AND native IS NOT NULL THEN author_id = native
        WHEN coalesce(username, author_id) IS NULL AND coalesce(handle, native) IS NOT NULL
            THEN false END AS is_own,
    list_sort(list_distinct(regexp_extract_all(lower(text), '(?:^|[^\w.@])@([a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?)', 1)))
        AS mention_names,
    comment_count AS replies_announced,
    CASE WHEN file_has_links THEN has_more END AS has_more, file_has_links AS has_thread_links
FROM decided WHERE id IS NOT NULL AND created_at IS NOT NULL;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN node.id IS NULL THEN 'post_without_id'
    ELSE 'post_without_time' END AS reason,
    concat_ws(' · ', node.id, node.timestamp) AS raw
FROM insta_nodes
WHERE is_media AND (node.id IS NULL OR TRY_CAST(node.timestamp AS TIMESTAMPTZ) IS NULL)
UNION ALL BY NAME
SELECT file_no, line, CASE WHEN id IS NULL THEN 'comment_without_id'
    ELSE 'comment_without_time' END AS reason,
    concat_ws(' · ', id, written) AS raw
FROM insta_comments WHERE id IS NULL OR TRY_CAST(written AS TIMESTAMPTZ) IS NULL;

DROP TABLE source_nodes;
DROP TABLE insta_nodes;
DROP TABLE insta_comments;
