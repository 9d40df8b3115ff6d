-- source_nodes (file_no, line, key, node) -> the staging tables. formats.md 7.1.

-- A post whose author the file leaves out is the page's own.
CREATE OR REPLACE TEMP MACRO is_the_page(author, page, aliases) AS
    author IS NULL OR author = page OR coalesce(list_contains(aliases, author), false);

-- A post and a comment by itself look alike when few fields were asked for. What only a
-- comment has decides first, then what only a post has; a bare list with authors, none of
-- them the page named in the id, is the default answer of /<post>/comments.
CREATE OR REPLACE TEMP TABLE graph_nodes AS
WITH marked AS (
    SELECT
        file_no, line, key, node,
        node.parent IS NOT NULL OR node.comment_count IS NOT NULL OR node.like_count IS NOT NULL
            OR node.is_hidden IS NOT NULL
            OR coalesce(contains(node.permalink_url, 'comment_id='), false) AS has_comment_signs,
        node.shares IS NOT NULL OR node.reactions IS NOT NULL OR node.likes IS NOT NULL
            OR node.story IS NOT NULL OR node.status_type IS NOT NULL
            OR node.updated_time IS NOT NULL OR node.full_picture IS NOT NULL
            OR node.permalink_url IS NOT NULL OR node.comments IS NOT NULL
            OR coalesce(node."from".id = split_part(node.id, '_', 1), false) AS has_post_signs
    FROM source_nodes
)
SELECT
    file_no, line, node,
    nullif(regexp_extract(key, '^(\d+)_', 1), '') AS asked_page,  -- of ?ids=<page>_<post>
    has_comment_signs OR NOT (has_post_signs OR file_has_posts) AND file_has_authors AS is_comment,
    nullif(split_part(node.id, '_', 1), '') AS id_head,
    nullif(split_part(node.id, '_', 2), '') AS id_tail,
    -- Pages without a vanity name have links of the form permalink.php?story_fbid=<post>&id=<page>.
    coalesce(nullif(regexp_extract(node.permalink_url,
            'facebook\.com/([^/?]+)/(?:posts|videos|photos)/', 1), ''),
        nullif(regexp_extract(node.permalink_url,
            '/(?:permalink|story)\.php\?(?:.*&)?id=(\d+)', 1), '')) AS link_page
FROM marked
JOIN (
    SELECT file_no, bool_or(has_post_signs) AS file_has_posts,
        bool_or(node."from" IS NOT NULL) AS file_has_authors
    FROM marked GROUP BY file_no
) USING (file_no);

-- What the page is called in the files, from the posts that are certainly its own: its names, and
-- the ids and vanity names of their links. A visitor's link names the visitor.
CREATE OR REPLACE TEMP TABLE graph_pages AS
SELECT file_no, id_head AS page,
    coalesce(list_sort(list(DISTINCT node."from".name) FILTER (node."from".name IS NOT NULL)), [])
        AS names,
    list_distinct(list_append(list(link_page), id_head)) AS aliases,
    min(link_page) FILTER (NOT regexp_full_match(link_page, '[0-9]*')) AS vanity
FROM graph_nodes
WHERE NOT is_comment AND coalesce(node."from".id = id_head, true)
GROUP BY file_no, id_head;

-- Every level of nesting becomes a row. Under a visitor's post the post opens the thread (M1).
CREATE OR REPLACE TEMP TABLE graph_comments AS
WITH level_0 AS (
    SELECT
        file_no, line, coalesce(link_page, asked_page) AS page,
        nullif(regexp_extract(node.permalink_url, '(?:/posts/|story_fbid=)([0-9]+)', 1), '')
            AS link_post,
        coalesce(link_post, id_head) AS post,
        nullif(regexp_extract(node.permalink_url, '[?&]comment_id=([0-9]+)', 1), '') AS link_comment,
        nullif(regexp_extract(node.permalink_url, 'reply_comment_id=([0-9]+)', 1), '') AS link_reply,
        coalesce(node.id, link_post || '_' || coalesce(link_reply, link_comment)) AS id,
        coalesce(node.parent.id,
            CASE WHEN link_reply IS NOT NULL THEN link_post || '_' || link_comment END) AS parent,
        node
    FROM graph_nodes WHERE is_comment
),
level_1 AS (
    SELECT
        graph_nodes.file_no, line, id_head AS page, id_tail AS post,
        CASE WHEN NOT is_the_page(node."from".id, id_head, aliases) THEN id_tail END AS visitor_post,
        NULL::VARCHAR AS nested_under, NULL::VARCHAR AS top,
        unnest(node.comments.data) AS c
    FROM graph_nodes
    LEFT JOIN graph_pages ON graph_pages.file_no = graph_nodes.file_no AND page = id_head
    WHERE NOT is_comment
    UNION ALL
    SELECT file_no, line, page, post, NULL, id, coalesce(parent, id),
        unnest(node.comments.data)
    FROM level_0
),
level_2 AS (
    SELECT file_no, line, page, post, visitor_post, c.id AS nested_under,
        coalesce(top, c.id) AS top, unnest(c.comments.data) AS c
    FROM level_1
),
level_3 AS (
    SELECT file_no, line, page, post, visitor_post, c.id AS nested_under, top,
        unnest(c.comments.data) AS c
    FROM level_2
)
SELECT file_no, line, page, post, NULL::VARCHAR AS visitor_post, id, parent,
    NULL::VARCHAR AS top, node.message AS message, node.created_time AS created_time,
    node."from" AS author, node.permalink_url AS permalink, node.comment_count AS comment_count,
    node.like_count AS like_count, node.is_hidden AS is_hidden, node.is_private AS is_private,
    node.attachment AS attachment, node.message_tags AS message_tags,
    node.comments.paging.next IS NOT NULL AS has_more, node.comments.data IS NOT NULL AS has_nested
FROM level_0
UNION ALL
SELECT file_no, line, page, post, visitor_post, c.id,
    coalesce(c.parent.id, nested_under), top, c.message, c.created_time, c."from",
    c.permalink_url, c.comment_count, c.like_count, c.is_hidden, c.is_private, c.attachment,
    c.message_tags, c.comments.paging.next IS NOT NULL, c.comments.data IS NOT NULL
FROM level_1
UNION ALL
SELECT file_no, line, page, post, visitor_post, c.id,
    coalesce(c.parent.id, nested_under), top, c.message, c.created_time, c."from",
    c.permalink_url, c.comment_count, c.like_count, c.is_hidden, c.is_private, c.attachment,
    c.message_tags, c.comments.paging.next IS NOT NULL, true
FROM level_2
UNION ALL
SELECT file_no, line, page, post, visitor_post, c.id,
    coalesce(c.parent.id, nested_under), top, c.message, c.created_time, c."from",
    c.permalink_url, c.comment_count, c.like_count, c.is_hidden, c.is_private, c.attachment,
    c.message_tags, false, true
FROM level_3;

INSERT INTO staged_rows
SELECT file_no, line FROM graph_nodes WHERE NOT is_comment
UNION ALL SELECT file_no, line FROM graph_comments;

INSERT INTO staged_posts BY NAME
SELECT
    graph_nodes.file_no, line, 'facebook' AS platform, id_head AS account_native,
    graph_pages.vanity AS account_handle,
    graph_pages.names[1] AS account_name,
    id_tail AS post_native,
    try_cast(node.created_time AS TIMESTAMPTZ) AS published_at, 'second' AS published_precision,
    node.status_type AS kind, coalesce(node.message, node.story) AS text,
    coalesce(node.permalink_url, 'https://www.facebook.com/' || id_head || '/posts/' || id_tail)
        AS permalink,
    node."from".id AS author_id, node."from".name AS author_name,
    is_the_page(node."from".id, id_head, aliases) AS is_own,
    list_transform(
        list_filter(from_json(node.message_tags, '[{"name":"VARCHAR","type":"VARCHAR"}]'),
            lambda tag: coalesce(tag.type, 'user') = 'user'),
        lambda tag: tag.name) AS mask_names,
    coalesce(node.reactions.summary.total_count, node.likes.summary.total_count) AS reactions,
    -- The summary counts top-level comments only, unless the list is flat (filter=stream).
    node.comments.summary.total_count + CASE
        WHEN len(list_filter(node.comments.data, lambda c: c.parent IS NOT NULL)) > 0 THEN 0
        ELSE coalesce(list_sum(list_transform(node.comments.data, lambda c: c.comment_count)), 0)
    END::BIGINT AS comments,
    node.shares.count AS shares,
    node.comments.data IS NOT NULL AND node.comments.paging.next IS NULL
        AND len(node.comments.data) >= coalesce(node.comments.summary.total_count, 0)
        AS comments_complete
FROM graph_nodes
LEFT JOIN graph_pages ON graph_pages.file_no = graph_nodes.file_no
    AND graph_pages.page = graph_nodes.id_head
WHERE NOT is_comment AND id_tail IS NOT NULL
    AND (published_at IS NOT NULL OR node.created_time IS NULL);

INSERT INTO staged_comments BY NAME
WITH decided AS (
    SELECT
        graph_comments.*,
        from_json(message_tags,
            '[{"id":"VARCHAR","name":"VARCHAR","type":"VARCHAR","offset":"INTEGER","length":"INTEGER"}]')
            AS tags,
        file_has_authors, file_has_links,
        graph_pages.names AS page_names, graph_pages.aliases
    FROM graph_comments
    JOIN (
        SELECT file_no, bool_or(author IS NOT NULL) AS file_has_authors,
            bool_or(parent IS NOT NULL OR has_nested OR comment_count IS NOT NULL)
                AS file_has_links
        FROM graph_comments GROUP BY file_no
    ) AS files ON files.file_no = graph_comments.file_no
    LEFT JOIN graph_pages ON graph_pages.file_no = graph_comments.file_no
        AND graph_pages.page = graph_comments.page
)
SELECT
    decided.file_no, decided.line, 'facebook' AS platform,
    CASE WHEN regexp_full_match(decided.page, '[0-9]+') THEN decided.page END AS account_native,
    CASE WHEN NOT regexp_full_match(decided.page, '[0-9]+') THEN decided.page END AS account_handle,
    decided.id AS comment_native, decided.post AS post_native, decided.parent AS parent_native,
    -- In a flat list (filter=stream) the answered comment may itself be an answer.
    coalesce(visitor_post, top, above.parent, decided.parent, decided.id) AS root_native,
    try_cast(decided.created_time AS TIMESTAMPTZ) AS created_at,
    decided.message AS text,
    -- A page's address works with its id in place of its name.
    coalesce(decided.permalink, 'https://www.facebook.com/' || decided.page || '/posts/'
        || decided.post || '/?comment_id='
        || CASE WHEN decided.parent IS NULL THEN split_part(decided.id, '_', 2)
            ELSE split_part(coalesce(top, above.parent, decided.parent), '_', 2)
                || '&reply_comment_id=' || split_part(decided.id, '_', 2) END) AS permalink,
    decided.like_count AS likes,
    decided.is_hidden, decided.attachment IS NOT NULL AS has_attachment,
    author.id AS author_id, author.name AS author_name,
    CASE
        WHEN NOT file_has_authors OR decided.page IS NULL THEN NULL
        WHEN author IS NULL THEN false
        ELSE coalesce(author.id = decided.page, false)
            OR coalesce(list_contains(aliases, author.id), false)
            OR coalesce(list_contains(page_names, author.name), false)
    END AS is_own,
    list_transform(tags, lambda tag: tag.id) AS mention_ids,
    list_transform(tags, lambda tag: tag.name) AS mention_names,
    list_concat(
        list_transform(list_filter(tags, lambda tag: coalesce(tag.type, 'user') = 'user'),
            lambda tag: tag.name),
        -- People shorten a tag to a first name: then the offsets tell which letters it is.
        list_filter(
            list_transform(list_filter(tags, lambda tag: coalesce(tag.type, 'user') = 'user'),
                lambda tag: substr(decided.message, tag.offset + 1, tag.length)),
            lambda name: len(name) > 1
                AND len(list_filter(tags, lambda tag: contains(tag.name, name))) > 0)
    ) AS mask_names,
    decided.comment_count AS replies_announced, decided.has_more,
    coalesce(file_has_links, false) OR visitor_post IS NOT NULL AS has_thread_links
FROM decided
LEFT JOIN (SELECT file_no, id, min(parent) AS parent FROM graph_comments GROUP BY ALL) AS above
    ON above.file_no = decided.file_no AND above.id = decided.parent
WHERE decided.id IS NOT NULL AND created_at IS NOT NULL AND NOT coalesce(decided.is_private, false);

INSERT INTO staged_rejects
SELECT file_no, line,
    CASE WHEN id_tail IS NULL THEN 'post_without_id'
        ELSE 'post_without_time' END,
    concat_ws(' · ', node.id, node.created_time)
FROM graph_nodes
WHERE NOT is_comment AND (id_tail IS NULL
    OR node.created_time IS NOT NULL AND try_cast(node.created_time AS TIMESTAMPTZ) IS NULL)
UNION ALL
SELECT file_no, line,
    CASE WHEN is_private THEN 'private_message'
        WHEN id IS NULL THEN 'comment_without_id'
        ELSE 'comment_without_time' END,
    concat_ws(' · ', id, created_time)
FROM graph_comments
WHERE id IS NULL OR coalesce(is_private, false) OR try_cast(created_time AS TIMESTAMPTZ) IS NULL;

DROP TABLE source_nodes;
DROP TABLE graph_nodes;
DROP TABLE graph_comments;
DROP TABLE graph_pages;
