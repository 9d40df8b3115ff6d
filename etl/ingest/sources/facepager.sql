-- pager_raw -> source_rows and source_facts of a template. formats.md 7.4.

-- A comment's id is <post>_<comment>, a post's <page>_<post>; the query says which it is, else
-- the node above does.
CREATE OR REPLACE TEMP TABLE pager_nodes AS
WITH nodes AS (
    SELECT *, nullif(split_part(object_id, '_', 1), '') AS head,
        nullif(split_part(object_id, '_', 2), '') AS tail
    FROM pager_raw
    WHERE lower(coalesce(object_type, '')) NOT IN ('offcut', 'headers', 'empty')
), placed AS (
    SELECT nodes.*, above.object_id AS above_id, above.head AS above_head,
        above.tail AS above_tail,
        CASE WHEN lower(nodes.object_type) = 'seed' OR nodes.tail IS NULL THEN NULL
            WHEN regexp_matches(nodes.query_type, '(?i)comments') THEN 'comment'
            WHEN nodes.parent IS NOT NULL OR nodes.head IN (above.tail, above.head)
                AND above.tail IS NOT NULL THEN 'comment'
            ELSE 'post' END AS kind
    FROM nodes LEFT JOIN (
        -- A damaged file may give two nodes one number: a row stays one row.
        SELECT DISTINCT ON (file_no, id) * FROM nodes ORDER BY file_no, id, line
    ) AS above
        ON above.file_no = nodes.file_no AND above.id = nodes.parent_id
)
SELECT *,
    -- Most posts of a page are its own, and Facebook knows a page by two ids. The link of a
    -- visitor's post names the visitor, also where the author was not ticked.
    CASE WHEN kind = 'post' THEN CASE
        WHEN from_id NOT IN (head, mode(from_id) FILTER (kind = 'post') OVER one_page)
            THEN 'other'
        WHEN from_id IS NULL AND regexp_matches(named_by_link(permalink), '\D')
            AND named_by_link(permalink) <> mode(named_by_link(permalink))
                FILTER (kind = 'post') OVER one_page
            THEN 'other'
        ELSE 'own' END END AS direction
FROM placed
WINDOW one_page AS (PARTITION BY file_no, head);

INSERT INTO source_rows BY NAME
WITH posts AS (
    SELECT file_no, tail, any_value(head) AS page, any_value(CASE WHEN
        NOT regexp_full_match(above_id, '[\d_]+') THEN above_id END) AS vanity
    FROM pager_nodes WHERE kind = 'post' GROUP BY file_no, tail
)
SELECT nodes.file_no, line, is_too_long, kind AS row_kind, direction, coalesce(posts.page, CASE
        WHEN kind = 'post' THEN head END) AS account_id, vanity AS account,
    CASE WHEN kind = 'post' THEN object_id ELSE head END AS post_id,
    CASE WHEN kind = 'post' THEN permalink END AS post_url,
    CASE WHEN kind = 'comment' THEN object_id END AS comment_id,
    CASE WHEN kind = 'comment' THEN permalink END AS comment_url,
    -- The node above a comment is its post; above a reply, the comment.
    CASE WHEN kind = 'comment' THEN coalesce(parent,
        CASE WHEN above_head = head THEN above_id END) END AS parent_id,
    from_id AS author_id, from_name AS author_name, created_time AS created_at,
    message AS text, is_hidden AS hidden, attachment,
    counted(bare(like_count)) AS likes, counted(bare(comment_count)) AS replies,
    counted(bare(reactions)) AS reactions, counted(bare(comments)) AS comments,
    counted(bare(shares)) AS shares
FROM pager_nodes AS nodes
LEFT JOIN posts ON posts.file_no = nodes.file_no
    AND posts.tail = CASE WHEN kind = 'post' THEN nodes.tail ELSE nodes.head END
WHERE kind IS NOT NULL
ORDER BY nodes.file_no, line;

-- A file with only one level has lost what its replies answer.
UPDATE source_facts SET has_links = found.has_links
FROM (
    SELECT file_no, bool_and(above_id IS NOT NULL OR parent IS NOT NULL) AS has_links
    FROM pager_nodes WHERE kind = 'comment' GROUP BY file_no
) AS found
WHERE found.file_no = source_facts.file_no;

-- Pages, the seeds of a query, and what Facepager notes of its own.
INSERT INTO staged_passed
SELECT file_no, line, 'bookkeeping_row' FROM pager_raw
ANTI JOIN source_rows USING (file_no, line);

DROP TABLE pager_raw;
