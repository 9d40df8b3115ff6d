-- source_links, source_preambles -> the ids, parents, post and platform of source_rows. 7.2.

-- In the list of 2026 the ids have a column of their own; elsewhere that column is a number.
CREATE OR REPLACE TEMP TABLE source_keys AS
WITH linked AS (
    SELECT source_rows.file_no, source_rows.line, source_rows.comment_id, parent_id, created_at,
        text, author_url, comment_url, source_preambles.url AS post_url,
        coalesce(source_preambles.url, comment_url, author_url) AS place,
        nullif(regexp_extract(views.url, '/([\w.-]+)/?$', 1), '') AS link_id,
        profiles.url AS profile
    FROM source_rows JOIN source_preambles USING (file_no)
    LEFT JOIN source_links AS views ON views.file_no = source_rows.file_no
        AND views.line = source_rows.line AND NOT views.is_profile
    LEFT JOIN source_links AS profiles ON profiles.file_no = source_rows.file_no
        AND profiles.line = source_rows.line AND profiles.is_profile
), keyed AS (
    SELECT *,
        CASE WHEN comment_url IS NOT NULL THEN comment_id
            WHEN link_id IS NULL THEN 'ec' || substr(sha256(concat_ws(chr(31), post_url,
                created_at, text)), 1, 20)
            -- Facebook's own id is <post>_<comment>.
            WHEN contains(post_url, 'facebook.com')
                AND regexp_full_match(post_of_link(post_url), '\d+')
            THEN post_of_link(post_url) || '_' || link_id ELSE link_id END AS id,
        comment_url IS NULL AND said(parent_id) IS NOT NULL AS is_answer
    FROM linked
)
SELECT file_no, line, id, post_url, coalesce(author_url, profile) AS profile,
    -- An answer stands under the comment that it answers.
    CASE WHEN is_answer THEN last_value(CASE WHEN NOT is_answer THEN id END IGNORE NULLS) OVER (
        PARTITION BY file_no ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        END AS parent,
    CASE WHEN regexp_matches(place, '//(www\.)?x\.com/') THEN 'x'
        WHEN regexp_matches(place, 'youtu\.?be') THEN 'youtube'
        ELSE nullif(regexp_extract(lower(place),
            '(facebook|instagram|tiktok|twitter|linkedin|threads)\.', 1), '') END AS platform
FROM keyed;

UPDATE source_rows SET comment_id = source_keys.id, parent_id = source_keys.parent,
    post_url = source_keys.post_url, author_url = source_keys.profile,
    platform = source_keys.platform
FROM source_keys
WHERE source_keys.file_no = source_rows.file_no AND source_keys.line = source_rows.line;

DROP TABLE source_keys;
DROP TABLE source_links;
DROP TABLE source_preambles;
