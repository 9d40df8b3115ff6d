-- source_nodes (file_no, line, node) -> the staging tables. formats.md 12.

-- kari on her own server, kari@elsewhere on others: with the server the name is the same everywhere.
CREATE OR REPLACE TEMP MACRO full_handle(person) AS lower(CASE WHEN contains(person.acct, '@')
    THEN person.acct ELSE person.acct || '@' || regexp_extract(person.url, '^https?://([^/]+)', 1) END);

CREATE OR REPLACE TEMP TABLE toot_found AS
SELECT file_no, line, unnest(list_concat(node.ancestors, node.descendants)) AS s, true AS is_context
FROM source_nodes
UNION ALL
SELECT file_no, line,
    struct_pack(id := node.id, created_at := node.created_at, in_reply_to_id :=
        node.in_reply_to_id, in_reply_to_account_id := node.in_reply_to_account_id,
        visibility := node.visibility, uri := node.uri, url := node.url, spoiler_text :=
        node.spoiler_text, content := node.content, account := node.account, reblog :=
        node.reblog, favourites_count := node.favourites_count, reblogs_count :=
        node.reblogs_count, replies_count := node.replies_count, media_attachments :=
        node.media_attachments, mentions := node.mentions),
    false
FROM source_nodes WHERE node.id IS NOT NULL;

-- The status that a context was asked for is the one thing that the file leaves out.
CREATE OR REPLACE TEMP TABLE toot_asked AS
SELECT file_no, node.descendants[1].in_reply_to_id AS id,
    node.descendants[1].in_reply_to_account_id AS writer,
    node.ancestors[-1].id AS above, node.ancestors[1].account.id AS beginner
FROM source_nodes WHERE len(node.descendants) > 0;

-- The account: who the folder or the person says, else who wrote the statuses or began the thread.
CREATE OR REPLACE TEMP TABLE toot_accounts AS
WITH people AS (
    SELECT file_no, s.account.id AS id, full_handle(s.account) AS handle FROM toot_found
    UNION
    SELECT file_no, one.id, full_handle(one) FROM (SELECT file_no, unnest(s.mentions) AS one FROM toot_found)
), hinted AS (
    SELECT file_no, lower(ltrim(regexp_replace(account_hint, '^[a-z]+:', ''), '@')) AS hint,
        min(id) FILTER (handle = hint OR starts_with(handle, hint || '@')) AS id
    FROM source_files LEFT JOIN people USING (file_no) GROUP BY ALL
), guessed AS (
    SELECT file_no, mode(s.account.id ORDER BY s.account.id) FILTER (NOT is_context) AS writer
    FROM toot_found GROUP BY file_no
), asked AS (
    SELECT file_no, mode(coalesce(beginner, writer) ORDER BY id) AS beginner,
        bool_or(beginner IS NOT NULL) AS is_told
    FROM toot_asked GROUP BY file_no
)
SELECT hinted.file_no, coalesce(hinted.id, writer, asked.beginner) AS account,
    coalesce(any_value(people.handle), hint) AS account_handle,
    hint IS NOT NULL AND hinted.id IS NULL AND writer IS NULL AND coalesce(is_told, false)
        AS is_strange
FROM hinted
LEFT JOIN guessed USING (file_no)
LEFT JOIN asked USING (file_no)
LEFT JOIN people ON people.file_no = hinted.file_no
    AND people.id = coalesce(hinted.id, writer, asked.beginner)
GROUP BY hinted.file_no, hinted.id, writer, asked.beginner, hint, is_told;

-- The account's own messages carry their server's number, wherever the file was fetched.
CREATE OR REPLACE TEMP TABLE toot_statuses AS
SELECT DISTINCT ON (file_no, id)
    file_no, line, is_context, s, s.id AS id, s.in_reply_to_id AS parent, account, account_handle,
    coalesce(s.account.id = account, false) AS is_own,
    CASE WHEN is_own THEN coalesce(nullif(regexp_extract(s.uri, '(\d+)/?$', 1), ''), s.id)
        ELSE s.id END AS native,
    TRY_CAST(s.created_at AS TIMESTAMPTZ) AS created_at,
    concat_ws(chr(10), nullif(s.spoiler_text, ''), plain_text(s.content)) AS text,
    coalesce(s.visibility IN ('public', 'unlisted'), false) AS is_open,
    len(list_filter([s.reblog], lambda one: json_type(one) = 'OBJECT')) > 0 AS is_shared
FROM toot_found JOIN toot_accounts USING (file_no)
WHERE s.id IS NOT NULL
ORDER BY file_no, id, is_context DESC, line;

-- What the account goes on with under its own post is a post as well; it answers nobody.
CREATE OR REPLACE TEMP TABLE toot_posts AS
WITH RECURSIVE own AS (
    SELECT file_no, id, native FROM toot_statuses
    WHERE is_own AND parent IS NULL AND NOT is_shared
    UNION
    SELECT one.file_no, one.id, one.native FROM toot_statuses AS one
    JOIN own ON own.file_no = one.file_no AND own.id = one.parent
    WHERE one.is_own AND NOT one.is_shared
)
FROM own
UNION
SELECT file_no, id, id FROM toot_asked JOIN toot_accounts USING (file_no)
WHERE above IS NULL AND writer = account;

CREATE OR REPLACE TEMP TABLE toot_links AS
SELECT replied.file_no, replied.id, CASE WHEN toot_posts.id IS NULL THEN replied.parent END AS above,
    toot_posts.native AS post
FROM (
    SELECT file_no, id, parent FROM toot_statuses WHERE parent IS NOT NULL
    UNION SELECT file_no, id, above FROM toot_asked WHERE above IS NOT NULL
) AS replied
ANTI JOIN toot_posts AS own ON own.file_no = replied.file_no AND own.id = replied.id
LEFT JOIN toot_posts ON toot_posts.file_no = replied.file_no AND toot_posts.id = replied.parent;

CREATE OR REPLACE TEMP TABLE toot_comments AS
WITH held AS (SELECT file_no, parent AS id, count(*) AS held FROM toot_statuses GROUP BY ALL)
SELECT one.*, thread.is_known, coalesce(first.native, thread.root) AS root_native, links.post,
    coalesce(above.native, one.parent) AS parent_native,
    one.is_context AND coalesce(held, 0) < one.s.replies_count AS is_short
FROM toot_statuses AS one
JOIN thread_roots('toot_links') AS thread USING (file_no, id)
LEFT JOIN held USING (file_no, id)
LEFT JOIN toot_links AS links ON links.file_no = one.file_no AND links.id = thread.root
LEFT JOIN toot_statuses AS first ON first.file_no = one.file_no AND first.id = thread.root
LEFT JOIN toot_statuses AS above ON above.file_no = one.file_no AND above.id = one.parent
WHERE thread.is_known OR one.is_own;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'mastodon' AS platform, account_handle,
    nullif(s.account.display_name, '') AS account_name, native AS post_native,
    created_at AS published_at, 'second' AS published_precision,
    CASE WHEN len(s.media_attachments) > 0 THEN 'photo' ELSE 'text' END AS kind, text,
    s.url AS permalink, true AS is_own, s.favourites_count AS reactions,
    s.replies_count AS comments, s.reblogs_count AS shares
FROM toot_statuses SEMI JOIN toot_posts USING (file_no, id)
WHERE is_own AND is_open AND created_at IS NOT NULL;

INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'mastodon' AS platform, account_handle, native AS comment_native,
    post AS post_native, CASE WHEN root_native <> native OR NOT is_known THEN parent_native END
        AS parent_native,
    root_native, created_at, text,
    CASE WHEN is_own THEN s.url ELSE 'https://' || split_part(account_handle, '@', 2) || '/@'
        || split_part(account_handle, '@', 1) || '/' || post END AS permalink,
    s.favourites_count AS likes, len(s.media_attachments) > 0 AS has_attachment,
    s.account.id AS author_id, full_handle(s.account) AS author_name,
    s.account.display_name AS author_title, true AS ids_name_writer, is_own,
    [one.id FOR one IN s.mentions] AS mention_ids,
    [full_handle(one) FOR one IN s.mentions] AS mention_names,
    s.replies_count AS replies_announced,
    bool_or(is_short) OVER (PARTITION BY file_no, root_native) AS has_more,
    is_known AS has_thread_links
FROM toot_comments WHERE is_open AND created_at IS NOT NULL;

INSERT INTO staged_rows
SELECT file_no, line FROM toot_found
UNION ALL SELECT file_no, line FROM source_nodes ANTI JOIN toot_found USING (file_no, line);
INSERT INTO staged_passed
SELECT file_no, line, 'not_a_message' FROM source_nodes ANTI JOIN toot_found USING (file_no, line)
UNION ALL SELECT file_no, line, 'not_a_message' FROM toot_found WHERE s.id IS NULL
UNION ALL
SELECT file_no, line, 'repeated_in_file' FROM (
    SELECT file_no, line, row_number() OVER (PARTITION BY file_no, s.id ORDER BY is_context DESC,
        line) AS nth FROM toot_found WHERE s.id IS NOT NULL)
WHERE nth > 1
UNION ALL
SELECT file_no, line, CASE WHEN is_shared THEN 'shared_post' ELSE 'others_thread' END
FROM toot_statuses
ANTI JOIN toot_comments USING (file_no, id)
ANTI JOIN toot_posts USING (file_no, id)
WHERE is_open AND created_at IS NOT NULL;

-- Neither address nor name of a writer stands in a rejected row.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE
    WHEN NOT is_open THEN 'not_public'
    ELSE 'post_without_time' END AS reason
FROM toot_statuses WHERE NOT is_open OR created_at IS NULL;

DROP TABLE source_nodes;
DROP TABLE toot_found;
DROP TABLE toot_asked;
DROP TABLE toot_statuses;
DROP TABLE toot_posts;
DROP TABLE toot_links;
DROP TABLE toot_comments;
