-- source_nodes (file_no, line, node) -> staged_comments, staged_rejects. formats.md 8.
CREATE OR REPLACE TEMP TABLE loaded_comments AS
WITH written AS (
    SELECT file_no, line, NULL::VARCHAR AS parent, node.id AS id, node.created_at AS seconds,
        node.text AS text, node.owner AS owner, node.likes_count AS likes
    FROM source_nodes
    UNION ALL
    SELECT file_no, line, parent, a.id, a.created_at, a.text, a.owner, a.likes_count
    FROM (SELECT file_no, line, node.id AS parent, unnest(node.answers) AS a FROM source_nodes)
)
SELECT written.*,
    CASE WHEN seconds BETWEEN 0 AND 4000000000 THEN to_timestamp(seconds) END AS created_at,
    nullif(regexp_extract(account_hint, ':(\d+)$', 1), '') AS native,
    nullif(lower(regexp_extract(account_hint, ':@?(\w*[A-Za-z_.][\w.]*)$', 1)), '') AS handle
FROM written JOIN source_files USING (file_no);

INSERT INTO staged_rows SELECT file_no, line FROM loaded_comments;

INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'instagram' AS platform, native AS account_native, handle AS account_handle,
    id AS comment_native, parent AS parent_native, coalesce(parent, id) AS root_native, created_at,
    text, likes, CASE WHEN trim(text) = '' THEN true END AS has_attachment,
    owner.id AS author_id, lower(owner.username) AS author_name,
    CASE WHEN handle IS NOT NULL AND owner.username IS NOT NULL THEN lower(owner.username) = handle
        WHEN native IS NOT NULL AND owner.id IS NOT NULL THEN owner.id = native END AS is_own,
    list_sort(list_distinct(regexp_extract_all(lower(text), '(?:^|[^\w.@])@([a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?)', 1)))
        AS mention_names,
    true AS has_thread_links
FROM loaded_comments WHERE id IS NOT NULL AND created_at IS NOT NULL;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN id IS NULL THEN 'comment_without_id'
    ELSE 'comment_without_time' END AS reason, id AS raw
FROM loaded_comments WHERE id IS NULL OR created_at IS NULL;

DROP TABLE source_nodes;
DROP TABLE loaded_comments;
