-- source_nodes (file_no, line, node) -> the staging tables. formats.md 12.

-- The account: who the folder or the person says, else who wrote what is marked as one's own,
-- else who wrote the posts.
CREATE OR REPLACE TEMP TABLE thread_nodes AS
WITH accounts AS (
    SELECT file_no,
        coalesce(nullif(lower(regexp_extract(any_value(account_hint), ':@?(\w*[A-Za-z_.][\w.]*)$', 1)), ''),
            mode(lower(node.username) ORDER BY node.username) FILTER (node.is_reply_owned_by_me),
            mode(lower(node.username) ORDER BY node.username)
                FILTER (NOT node.is_reply AND node.root_post IS NULL)) AS handle,
        bool_or(node.username IS NOT NULL) AS has_authors
    FROM source_nodes JOIN source_files USING (file_no) GROUP BY file_no
)
SELECT file_no, line, node.*, handle,
    TRY_CAST(node.timestamp AS TIMESTAMPTZ) AS created_at,
    coalesce(node.is_reply, false) OR node.root_post IS NOT NULL OR node.replied_to IS NOT NULL
        OR node.is_reply_owned_by_me IS NOT NULL AS is_comment,
    CASE WHEN node.is_reply_owned_by_me THEN true
        WHEN has_authors AND handle IS NOT NULL THEN coalesce(lower(node.username) = handle, false)
        ELSE node.is_reply_owned_by_me END AS is_own
FROM source_nodes JOIN accounts USING (file_no);

-- Posts, and what the account goes on with under its own: a thread of one's own answers nobody.
CREATE OR REPLACE TEMP TABLE thread_posts AS
WITH RECURSIVE own AS (
    SELECT file_no, id FROM thread_nodes WHERE NOT is_comment AND is_own AND id IS NOT NULL
    UNION
    SELECT one.file_no, one.id FROM thread_nodes AS one
    JOIN own ON own.file_no = one.file_no AND own.id = one.replied_to.id
    WHERE one.is_own AND one.id IS NOT NULL
)
FROM own;
UPDATE thread_nodes SET is_comment = false FROM thread_posts
WHERE thread_posts.file_no = thread_nodes.file_no AND thread_posts.id = thread_nodes.id;

CREATE OR REPLACE TEMP TABLE thread_links AS
SELECT DISTINCT node.file_no, node.id,
    CASE WHEN own.id IS NULL THEN nullif(replied_to.id, root_post.id) END AS above
FROM thread_nodes AS node
LEFT JOIN thread_posts AS own ON own.file_no = node.file_no AND own.id = node.replied_to.id
WHERE is_comment AND replied_to.id IS NOT NULL;

INSERT INTO staged_rows SELECT file_no, line FROM thread_nodes;

INSERT INTO staged_posts BY NAME
SELECT DISTINCT ON (file_no, id) file_no, line, 'threads' AS platform, handle AS account_handle,
    id AS post_native, created_at AS published_at, 'second' AS published_precision,
    coalesce(MAP {'TEXT_POST': 'text', 'IMAGE': 'photo', 'VIDEO': 'video', 'CAROUSEL_ALBUM': 'carousel'}
        [media_type], 'text') AS kind, text, permalink, true AS is_own,
    CASE WHEN NOT has_replies THEN true END AS comments_complete
FROM thread_nodes
WHERE NOT is_comment AND is_own AND media_type IS DISTINCT FROM 'REPOST_FACADE'
    AND id IS NOT NULL AND created_at IS NOT NULL
ORDER BY file_no, id, line;

-- What the account wrote on a stranger's thread has no post of ours: a file with nothing but own
-- replies (/<user>/replies) does not say whose thread it was.
INSERT INTO staged_comments BY NAME
WITH held AS (
    SELECT DISTINCT file_no, replied_to.id AS id, true AS is_held
    FROM thread_nodes WHERE replied_to.id IS NOT NULL
), posts AS (
    SELECT file_no, id AS post, any_value(permalink) AS link FROM thread_nodes WHERE NOT is_comment
    GROUP BY ALL
), whole AS (
    SELECT file_no, bool_or(is_comment AND is_own IS DISTINCT FROM true) AS has_others
    FROM thread_nodes GROUP BY file_no
)
SELECT DISTINCT ON (node.file_no, node.id)
    node.file_no, line, 'threads' AS platform, handle AS account_handle, node.id AS comment_native,
    CASE WHEN has_others OR posts.post IS NOT NULL THEN root_post.id END AS post_native,
    above AS parent_native, coalesce(thread.root, node.id) AS root_native, created_at, text,
    CASE WHEN is_own THEN permalink
        ELSE coalesce(posts.link, 'https://www.threads.com/@' || handle) END AS permalink,
    hide_status NOT IN ('NOT_HUSHED', 'UNHUSHED') AS is_hidden,
    coalesce(media_type, 'TEXT_POST') <> 'TEXT_POST' AS has_attachment,
    lower(username) AS author_name, true AS ids_name_writer, is_own,
    list_sort(list_distinct(regexp_extract_all(lower(text), '(?:^|[^\w.@])@([a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?)', 1)))
        AS mention_names,
    -- Replies that the file says exist and does not hold, anywhere in the thread.
    bool_or(has_replies AND is_held IS NULL) OVER (
        PARTITION BY node.file_no, coalesce(thread.root, node.id)) AS has_more,
    coalesce(thread.is_known, false) AS has_thread_links
FROM thread_nodes AS node
JOIN whole ON whole.file_no = node.file_no
LEFT JOIN thread_links AS links ON links.file_no = node.file_no AND links.id = node.id
LEFT JOIN thread_roots('thread_links') AS thread
    ON thread.file_no = node.file_no AND thread.id = node.id
LEFT JOIN held ON held.file_no = node.file_no AND held.id = node.id
LEFT JOIN posts ON posts.file_no = node.file_no AND posts.post = root_post.id
WHERE is_comment AND node.id IS NOT NULL AND created_at IS NOT NULL
ORDER BY node.file_no, node.id, line;

INSERT INTO staged_passed
SELECT file_no, line, CASE WHEN is_comment THEN 'repeated_in_file'
    WHEN media_type = 'REPOST_FACADE' THEN 'shared_post'
    WHEN is_own THEN 'repeated_in_file' ELSE 'others_thread' END
FROM thread_nodes
ANTI JOIN (SELECT file_no, line FROM staged_posts UNION ALL SELECT file_no, line FROM staged_comments)
    USING (file_no, line)
WHERE id IS NOT NULL AND created_at IS NOT NULL;

-- Neither address nor name of a writer stands in a rejected row.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN id IS NULL THEN 'post_without_id'
    ELSE 'post_without_time' END AS reason
FROM thread_nodes WHERE id IS NULL OR created_at IS NULL;

DROP TABLE source_nodes;
DROP TABLE thread_nodes;
DROP TABLE thread_links;
DROP TABLE thread_posts;
