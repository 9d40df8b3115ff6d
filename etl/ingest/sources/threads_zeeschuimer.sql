-- source_nodes (file_no, line, node) -> the staging tables. formats.md 12.
CREATE OR REPLACE TEMP TABLE seen_messages AS
SELECT DISTINCT ON (file_no, node.data.pk) file_no, line, node.data AS m,
    node.data.text_post_app_info AS about,
    lower(ltrim(regexp_replace(account_hint, '^[a-z]+:', ''), '@')) AS handle,
    lower(node.data.user.username) AS writer,
    lower(node.data.text_post_app_info.reply_to_author.username) AS answered,
    -- What the account goes on with under its own words answers nobody.
    coalesce(node.data.text_post_app_info.is_reply, false)
        AND NOT coalesce(writer = handle AND answered = handle, false) AS is_reply,
    CASE WHEN node.data.taken_at BETWEEN 0 AND 4000000000
        THEN to_timestamp(node.data.taken_at) END AS created_at
FROM source_nodes JOIN source_files USING (file_no)
WHERE node.data IS NOT NULL
ORDER BY file_no, node.data.pk, line DESC;

INSERT INTO staged_rows SELECT file_no, line FROM source_nodes;
INSERT INTO staged_passed
SELECT file_no, line,
    CASE WHEN node.data IS NULL THEN 'not_a_message' ELSE 'repeated_in_file' END
FROM source_nodes ANTI JOIN seen_messages USING (file_no, line)
UNION ALL
SELECT file_no, line, 'others_thread' FROM seen_messages
WHERE m.pk IS NOT NULL AND created_at IS NOT NULL
    AND NOT coalesce(CASE WHEN is_reply THEN handle IN (writer, answered) ELSE writer = handle END,
        false);

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'threads' AS platform, handle AS account_handle, m.pk AS post_native,
    created_at AS published_at, 'second' AS published_precision, m.caption.text AS text,
    'https://www.threads.com/@' || handle || '/post/' || m.code AS permalink, true AS is_own,
    m.like_count AS reactions, about.direct_reply_count AS comments, about.repost_count AS shares
FROM seen_messages
WHERE writer = handle AND NOT is_reply AND m.pk IS NOT NULL AND created_at IS NOT NULL;

-- Only what is written to the account or by it; the screen showed others as well.
INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'threads' AS platform, handle AS account_handle, m.pk AS comment_native,
    m.pk AS root_native, created_at, m.caption.text AS text,
    'https://www.threads.com/@' || handle AS permalink, m.like_count AS likes,
    writer AS author_name, true AS ids_name_writer, writer = handle AS is_own,
    [answered] AS mention_names, false AS has_thread_links
FROM seen_messages
WHERE is_reply AND handle IN (writer, answered) AND m.pk IS NOT NULL AND created_at IS NOT NULL;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN m.pk IS NULL THEN 'message_without_id'
    ELSE 'message_without_time' END AS reason
FROM seen_messages WHERE m.pk IS NULL OR created_at IS NULL;

DROP TABLE seen_messages;
