-- source_nodes (file_no, line, node) -> the staging tables. formats.md 12.

-- A thread is a tree: replies below, and parents above where it was fetched from its middle.
CREATE OR REPLACE TEMP TABLE sky_tree AS
WITH RECURSIVE tree AS (
    SELECT file_no, line, node.thread AS view FROM source_nodes WHERE node.thread IS NOT NULL
    UNION ALL
    SELECT file_no, line,
        unnest(list_append(coalesce((view -> 'replies')::JSON[], []), view -> 'parent'))
    FROM tree WHERE json_type(view) = 'OBJECT'
)
FROM tree WHERE view ->> '$.post.uri' IS NOT NULL;

-- `held`: how many of its direct replies stand in the file, where replies were asked for.
CREATE OR REPLACE TEMP TABLE sky_messages AS
WITH views AS (
    SELECT file_no, line, view -> 'post' AS post,
        len(list_filter((view -> 'replies')::JSON[], lambda one: one ->> '$.post.uri' IS NOT NULL))
            AS held, true AS is_tree, false AS is_feed
    FROM sky_tree
    UNION ALL
    SELECT file_no, line, node.post, NULL, false, node.reason IS NULL
    FROM source_nodes WHERE node.post IS NOT NULL
    UNION ALL
    SELECT file_no, line, unnest([node.reply -> 'parent', node.reply -> 'root']), NULL, false, false
    FROM source_nodes WHERE node.reply IS NOT NULL
), read AS (
    SELECT file_no, line, is_feed, is_tree, CASE WHEN is_tree THEN coalesce(held, 0) END AS held,
        post ->> '$.uri' AS id, post ->> '$.author.did' AS did,
        lower(post ->> '$.author.handle') AS handle, post ->> '$.author.displayName' AS title,
        post ->> '$.record.text' AS text,
        TRY_CAST(coalesce(post ->> '$.record.createdAt', post ->> '$.indexedAt') AS TIMESTAMPTZ)
            AS created_at,
        post ->> '$.record.reply.root.uri' AS root, post ->> '$.record.reply.parent.uri' AS parent,
        TRY_CAST(post ->> '$.likeCount' AS BIGINT) AS likes,
        TRY_CAST(post ->> '$.replyCount' AS BIGINT) AS replies,
        TRY_CAST(post ->> '$.repostCount' AS BIGINT) AS reposts,
        TRY_CAST(post ->> '$.quoteCount' AS BIGINT) AS quotes,
        regexp_extract(post ->> '$.embed."$type"', 'embed\.(\w+)', 1) AS embed,
        json_extract_string(post, '$.record.facets[*].features[*].did') AS mentioned
    FROM views
)
SELECT * FROM read WHERE id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE sky_posts AS
SELECT DISTINCT ON (file_no, id)
    sky_messages.*,
    -- at://<who>/<kind>/<key>: the root is the post, and its address names whose wall it is.
    split_part(coalesce(root, id), '/', 3) AS wall,
    'https://bsky.app/profile/' || wall || '/post/' || split_part(coalesce(root, id), '/', 5)
        AS wall_link
FROM sky_messages
ORDER BY file_no, id, held DESC NULLS LAST, is_feed DESC, line;

-- The account: who the folder or the person says, else who wrote the feed or began the thread.
CREATE OR REPLACE TEMP TABLE sky_accounts AS
WITH named AS (
    SELECT file_no, did, handle,
        lower(ltrim(regexp_replace(account_hint, '^[a-z]+:', ''), '@')) AS hint,
        did = hint OR handle = hint OR starts_with(handle, hint || '.') AS is_hinted
    FROM sky_posts JOIN source_files USING (file_no)
), chosen AS (
    SELECT file_no, min(hint) AS hint, min(did) FILTER (is_hinted) AS hinted FROM named GROUP BY file_no
), guessed AS (
    SELECT file_no, mode(did ORDER BY did) FILTER (is_feed) AS writer,
        mode(wall ORDER BY wall) FILTER (is_tree) AS beginner
    FROM sky_posts GROUP BY file_no
)
SELECT file_no, coalesce(hinted, writer, beginner) AS account,
    hint IS NOT NULL AND hinted IS NULL AND writer IS NULL AS is_strange
FROM chosen JOIN guessed USING (file_no);

-- Posts, and what the account goes on with under its own: a thread of one's own answers nobody.
CREATE OR REPLACE TEMP TABLE sky_own AS
WITH RECURSIVE own AS (
    SELECT file_no, id FROM sky_posts JOIN sky_accounts USING (file_no)
    WHERE did = account AND (root IS NULL OR parent = root AND wall = account)
    UNION
    SELECT one.file_no, one.id FROM sky_posts AS one
    JOIN sky_accounts ON sky_accounts.file_no = one.file_no
    JOIN own ON own.file_no = one.file_no AND own.id = one.parent
    WHERE one.did = account
)
FROM own;

CREATE OR REPLACE TEMP TABLE sky_links AS
SELECT one.file_no, one.id, CASE WHEN own.id IS NULL THEN nullif(parent, root) END AS above
FROM sky_posts AS one JOIN sky_accounts ON sky_accounts.file_no = one.file_no
ANTI JOIN sky_own AS mine ON mine.file_no = one.file_no AND mine.id = one.id
LEFT JOIN sky_own AS own ON own.file_no = one.file_no AND own.id = one.parent
WHERE root IS NOT NULL AND (wall = account OR did = account);

CREATE OR REPLACE TEMP TABLE sky_comments AS
SELECT sky_posts.* REPLACE (links.above AS parent), account, thread.root AS top,
    coalesce(is_known, false) AS is_known
FROM sky_posts JOIN sky_links AS links USING (file_no, id)
JOIN sky_accounts USING (file_no)
LEFT JOIN thread_roots('sky_links') AS thread USING (file_no, id);

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'bluesky' AS platform, account AS account_native, handle AS account_handle,
    title AS account_name, id AS post_native, created_at AS published_at,
    'second' AS published_precision,
    coalesce(MAP {'images': 'photo', 'video': 'video', 'external': 'link'}[embed], 'text') AS kind,
    text, wall_link AS permalink, true AS is_own, likes AS reactions, replies AS comments,
    reposts AS shares, held >= replies AS comments_complete,
    CASE WHEN quotes > 0 THEN json_object('quoteCount', quotes) END AS extra
FROM sky_posts JOIN sky_accounts USING (file_no)
    SEMI JOIN sky_own USING (file_no, id)
WHERE created_at IS NOT NULL;

INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'bluesky' AS platform, account AS account_native,
    CASE WHEN did = account THEN handle END AS account_handle,
    id AS comment_native, CASE WHEN wall = account THEN root END AS post_native,
    parent AS parent_native, coalesce(top, id) AS root_native, created_at, text,
    -- A stranger's address leads to the stranger; the account's own reply there may be linked.
    CASE WHEN wall = account THEN wall_link ELSE 'https://bsky.app/profile/' || did || '/post/'
        || split_part(id, '/', 5) END AS permalink,
    likes, coalesce(embed, '') <> '' AS has_attachment, did AS author_id, handle AS author_name,
    title AS author_title, true AS ids_name_writer, did = account AS is_own,
    mentioned AS mention_ids,
    list_sort(list_distinct(regexp_extract_all(lower(text), '(?:^|[^\w.@])@([a-z0-9][a-z0-9.-]*[a-z0-9])', 1)))
        AS mention_names,
    replies AS replies_announced,
    -- A reply that is hidden or too deep may be the answer, wherever in the thread it stands.
    bool_or(held < replies) OVER (PARTITION BY file_no, coalesce(top, id)) AS has_more,
    is_known AS has_thread_links
FROM sky_comments WHERE created_at IS NOT NULL;

INSERT INTO staged_rows
SELECT file_no, line FROM sky_messages
UNION ALL SELECT file_no, line FROM source_nodes ANTI JOIN sky_messages USING (file_no, line);
INSERT INTO staged_passed
SELECT file_no, line, 'not_a_message' FROM source_nodes
ANTI JOIN sky_messages USING (file_no, line)
UNION ALL
SELECT file_no, line, 'repeated_in_file' FROM (
    SELECT file_no, line, row_number() OVER (PARTITION BY file_no, id) AS nth FROM sky_messages)
WHERE nth > 1
UNION ALL
SELECT file_no, line, 'others_thread' FROM sky_posts
LEFT JOIN sky_accounts USING (file_no)
ANTI JOIN sky_comments USING (file_no, id)
ANTI JOIN sky_own USING (file_no, id)
WHERE NOT coalesce(created_at IS NULL AND account IN (did, wall), false);

-- Neither address nor name of a writer stands in a rejected row.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, 'post_without_time' AS reason
FROM sky_posts JOIN sky_accounts USING (file_no)
WHERE created_at IS NULL AND account IN (did, wall);

DROP TABLE source_nodes;
DROP TABLE sky_tree;
DROP TABLE sky_messages;
DROP TABLE sky_links;
DROP TABLE sky_own;
DROP TABLE sky_comments;
