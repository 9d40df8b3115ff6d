-- source_nodes (file_no, line, node) -> staged_comments, staged_rejects. formats.md 9.2 a.

-- textDisplay is HTML; it stands in when the file was asked for without textOriginal.
CREATE OR REPLACE TEMP TABLE tube_comments AS
WITH marked AS (
    SELECT file_no, line, node,
        nullif(regexp_extract(account_hint, ':(UC[\w-]+)$', 1), '') AS hinted_channel
    FROM source_nodes JOIN source_files USING (file_no)
), written AS (
    SELECT file_no, line, hinted_channel,
        node.snippet.channelId AS channel, node.snippet.videoId AS video,
        node.snippet.topLevelComment.id AS id, NULL :: VARCHAR AS parent,
        node.snippet.topLevelComment.snippet AS words,
        node.snippet.totalReplyCount AS replies_announced
    FROM marked WHERE node.snippet.topLevelComment IS NOT NULL
    UNION ALL
    SELECT file_no, line, hinted_channel, node.snippet.channelId, node.snippet.videoId,
        reply.id, coalesce(reply.snippet.parentId, node.snippet.topLevelComment.id),
        reply.snippet, NULL
    FROM (SELECT *, unnest(node.replies.comments) AS reply FROM marked)
    UNION ALL
    SELECT file_no, line, hinted_channel, NULL, NULL, node.id,
        -- A reply's own id begins with the thread's: <thread>.<reply>
        coalesce(node.snippet.parentId, CASE WHEN contains(node.id, '.')
            THEN split_part(node.id, '.', 1) END),
        struct_pack(videoId := node.snippet.videoId, channelId := node.snippet.channelId,
            parentId := node.snippet.parentId, textOriginal := node.snippet.textOriginal,
            textDisplay := node.snippet.textDisplay,
            authorDisplayName := node.snippet.authorDisplayName,
            authorChannelId := node.snippet.authorChannelId,
            likeCount := node.snippet.likeCount,
            moderationStatus := node.snippet.moderationStatus,
            publishedAt := node.snippet.publishedAt),
        NULL
    FROM marked WHERE node.snippet.topLevelComment IS NULL
)
SELECT file_no, line, id, parent, words, replies_announced,
    coalesce(channel, words.channelId, hinted_channel) AS channel,
    coalesce(video, words.videoId) AS video,
    TRY_CAST(words.publishedAt AS TIMESTAMPTZ) AS created_at,
    coalesce(words.textOriginal, plain_text(words.textDisplay)) AS text,
    words.authorChannelId.value AS author_id,
    bool_or(words.authorChannelId.value IS NOT NULL) OVER (PARTITION BY file_no)
        AS file_has_authors
FROM written;

INSERT INTO staged_rows SELECT file_no, line FROM tube_comments;

INSERT INTO staged_comments BY NAME
SELECT
    file_no, line, 'youtube' AS platform, channel AS account_native, id AS comment_native,
    video AS post_native, parent AS parent_native, coalesce(parent, id) AS root_native,
    created_at, text,
    'https://www.youtube.com/watch?v=' || video || '&lc=' || id AS permalink,
    words.likeCount AS likes,
    -- Only the channel's own access is told: held back, or taken down by the channel.
    words.moderationStatus IN ('heldForReview', 'likelySpam', 'rejected') AS is_hidden,
    false AS has_attachment, author_id, ltrim(words.authorDisplayName, '@') AS author_name,
    CASE WHEN channel IS NOT NULL AND file_has_authors
        THEN coalesce(author_id = channel, false) END AS is_own,
    list_sort(list_distinct(regexp_extract_all(lower(text), '(?:^|[^\w.@])@([\pL\pN_](?:[\pL\pN_.·-]*[\pL\pN_])?)', 1)))
        AS mention_names,
    replies_announced, true AS has_thread_links
FROM tube_comments WHERE id IS NOT NULL AND created_at IS NOT NULL;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN id IS NULL THEN 'comment_without_id'
    ELSE 'comment_without_time' END AS reason,
    concat_ws(' · ', id, words.publishedAt) AS raw
FROM tube_comments WHERE id IS NULL OR created_at IS NULL;

DROP TABLE source_nodes;
DROP TABLE tube_comments;
