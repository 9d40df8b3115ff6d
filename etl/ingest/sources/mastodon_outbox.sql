-- source_nodes (file_no, line, node) -> the staging tables. formats.md 12.
CREATE OR REPLACE TEMP TABLE outbox_notes AS
WITH notes AS (
    SELECT file_no, line, node.object AS note, node.actor AS actor,
        concat(node."to", node.cc, node.object -> 'to', node.object -> 'cc') AS readers,
        coalesce(node.object ->> 'published', node.published) AS published
    FROM source_nodes
    WHERE node.type = 'Create' AND json_type(node.object) = 'OBJECT'
)
SELECT file_no, line, note ->> 'url' AS url, note ->> 'inReplyTo' AS answers,
    nullif(regexp_extract(note ->> 'id', '(\d+)/?$', 1), '') AS native,
    -- The actor's address has the name, or a number where the server is newer; the link has it.
    lower(coalesce(nullif(regexp_extract(url, '/@([^/@]+)/', 1), ''),
        nullif(regexp_extract(actor, '/users/([^/]+)$', 1), '')))
        || '@' || lower(regexp_extract(actor, '^https?://([^/]+)', 1)) AS handle,
    actor, TRY_CAST(published AS TIMESTAMPTZ) AS created_at,
    concat_ws(chr(10), nullif(note ->> 'summary', ''), plain_text(note ->> 'content')) AS text,
    regexp_matches(readers, '(?i)activitystreams#Public|as:Public') AS is_open,
    json_array_length(note -> 'attachment') > 0 AS has_attachment,
    CASE WHEN starts_with(answers, actor || '/')
        THEN nullif(regexp_extract(answers, '(\d+)/?$', 1), '') END AS above,
    TRY_CAST(note -> 'likes' ->> 'totalItems' AS BIGINT) AS reactions,
    TRY_CAST(note -> 'shares' ->> 'totalItems' AS BIGINT) AS reposts
FROM notes;

-- Posts, and what the account goes on with under its own: a thread of one's own answers nobody.
CREATE OR REPLACE TEMP TABLE outbox_posts AS
WITH RECURSIVE own AS (
    SELECT file_no, native FROM outbox_notes WHERE answers IS NULL AND native IS NOT NULL
    UNION
    SELECT one.file_no, one.native FROM outbox_notes AS one
    JOIN own ON own.file_no = one.file_no AND own.native = one.above
    WHERE one.native IS NOT NULL
)
FROM own;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'mastodon' AS platform, handle AS account_handle, native AS post_native,
    created_at AS published_at, 'second' AS published_precision,
    CASE WHEN has_attachment THEN 'photo' ELSE 'text' END AS kind, text, url AS permalink,
    true AS is_own, reactions, reposts AS shares
FROM outbox_notes SEMI JOIN outbox_posts USING (file_no, native)
WHERE is_open AND created_at IS NOT NULL;

-- The account answers somebody whom the archive does not show.
INSERT INTO staged_comments BY NAME
SELECT reply.file_no, reply.line, 'mastodon' AS platform, reply.handle AS account_handle,
    reply.native AS comment_native, reply.native AS root_native,
    reply.created_at, reply.text, reply.url AS permalink, reply.has_attachment,
    reply.handle AS author_name, true AS ids_name_writer, true AS is_own,
    false AS has_thread_links
FROM outbox_notes AS reply ANTI JOIN outbox_posts USING (file_no, native)
WHERE reply.is_open AND reply.native IS NOT NULL AND reply.created_at IS NOT NULL;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE
    WHEN NOT is_open THEN 'not_public'
    WHEN native IS NULL THEN 'post_without_id'
    ELSE 'post_without_time' END AS reason
FROM outbox_notes WHERE NOT is_open OR native IS NULL OR created_at IS NULL;

INSERT INTO staged_rows SELECT file_no, line FROM source_nodes;
INSERT INTO staged_passed
SELECT file_no, line,
    CASE WHEN node.type = 'Announce' THEN 'shared_post' ELSE 'not_a_message' END
FROM source_nodes ANTI JOIN outbox_notes USING (file_no, line);

DROP TABLE source_nodes;
DROP TABLE outbox_notes;
DROP TABLE outbox_posts;
