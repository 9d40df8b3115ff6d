-- source_items, source_roots -> the staging tables.

CREATE OR REPLACE TEMP TABLE source_judged AS
WITH clocked AS (
    SELECT *,
        has_epoch OR regexp_matches(created_at, '\d:\d\d:\d\d') AS has_seconds,
        has_seconds OR regexp_matches(created_at, '\d:\d\d|[ T]\d{1,2}[.]\d\d') AS has_clock,
        row_number() OVER (PARTITION BY file_no, is_post,
            CASE WHEN is_post THEN post_key ELSE comment_key END ORDER BY line) AS nth
    FROM (SELECT *, getvariable('template_has_epoch') AND regexp_full_match(created_at, '[\d.]+')
        AS has_epoch FROM source_items WHERE NOT coalesce(is_skipped, false)
        -- The example of our own empty table is not read.
        AND NOT coalesce(coalesce(comment_id, post_id) ILIKE 'EKSEMPEL%', false))
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN lower(note) IN ('true', '1', 'ja', 'yes', 't') THEN 'internal_note'
    WHEN is_private THEN 'private_message'
    WHEN on_platform IS NULL THEN 'no_platform'
    WHEN is_post IS NULL THEN 'no_row_kind'
    WHEN is_post AND post_key IS NULL THEN 'post_without_id_and_link'
    WHEN is_post AND regexp_matches(post_key, '\s') THEN 'not_a_post_id'
    WHEN is_post AND created_at IS NOT NULL AND moment IS NULL
        THEN 'post_time_unreadable'
    WHEN is_destroyed(comment_id) AND linked_id IS NULL OR is_destroyed(parent_id)
        OR is_rounded AND linked_id IS NULL AND NOT is_post OR is_destroyed(post_number)
        THEN 'id_lost_in_spreadsheet'
    WHEN NOT is_post AND (comment_key IS NULL OR regexp_matches(comment_key, '\s'))
        THEN 'comment_id_and_link_lost'
    WHEN NOT is_post AND moment IS NULL AND regexp_matches(created_at, '^\d{1,4}[./-]\d{1,2}[./-]\d')
        -- Its form alone: what else stands in a cell may be a name.
        THEN 'comment_time_unknown_form:' || regexp_replace(regexp_replace(created_at[:40], '\d', '0', 'g'),
            '[^0/:., APMapmTZ+-]', '?', 'g')
    WHEN NOT is_post AND moment IS NULL THEN 'comment_without_time'
    WHEN NOT is_post AND NOT has_clock
        THEN 'comment_without_clock'
    WHEN NOT is_post AND has_direction AND is_own IS NULL
        THEN 'no_direction'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'row_repeated'
    END AS reason
FROM clocked LEFT JOIN source_roots USING (file_no, comment_key);

INSERT INTO staged_posts BY NAME
SELECT file_no, line, on_platform AS platform, account_native, handle AS account_handle,
    account_name, post_key AS post_native, moment AS published_at,
    CASE WHEN has_seconds THEN 'second' WHEN has_clock THEN 'minute' ELSE 'day' END
        AS published_precision,
    kind_of_post(post_type) AS kind, text, post_url AS permalink, author_key AS author_id, author_name,
    coalesce(is_own, true) AS is_own,
    regexp_extract_all(text, '@\[\d+:\d+:([^\]]+)\]', 1) AS mask_names,
    whole(reach) AS reach, whole(views) AS views, whole(impressions) AS impressions,
    whole(reactions) AS reactions, whole(comments) AS comments, whole(shares) AS shares,
    whole(saves) AS saves, whole(clicks) AS clicks, whole(link_clicks) AS link_clicks,
    whole(follows) AS follows, whole(video_views) AS video_views
FROM source_judged WHERE reason IS NULL AND is_post
ORDER BY file_no, line;

-- Rows of the tool itself, and the example of our own empty table.
INSERT INTO staged_passed
SELECT file_no, line, CASE WHEN is_skipped THEN 'automatic_message' ELSE 'own_example' END
FROM source_items WHERE is_skipped OR coalesce(comment_id, post_id) ILIKE 'EKSEMPEL%';

-- A link of a platform where links name the writer is left out for the post's.
INSERT INTO staged_comments BY NAME
SELECT file_no, line, on_platform AS platform, account_native,
    coalesce(handle, CASE WHEN account_native IS NULL THEN lower(account_name) END)
        AS account_handle,
    comment_key AS comment_native, post_key AS post_native,
    CASE WHEN thread_id IS NULL THEN parent ELSE coalesce(parent, nullif(root, comment_key)) END
        AS parent_native,
    coalesce(root, comment_key) AS root_native, moment AS created_at, text,
    coalesce(CASE WHEN on_platform IN ('facebook', 'instagram', 'youtube', 'tiktok', 'linkedin')
        AND (is_own OR author_word IS NULL OR NOT contains(lower(comment_url), author_word))
        THEN comment_url END,
        post_url) AS permalink,
    whole(likes) AS likes,
    CASE WHEN lower(hidden) IN ('true', '1', 'ja', 'yes', 'x', 'hidden', 'skjult') THEN true
        WHEN lower(hidden) IN ('false', '0', 'nei', 'no', 'visible', 'synlig') THEN false END
        AS is_hidden,
    attachment IS NOT NULL AND lower(attachment) NOT IN ('false', '0', 'nei', 'no', '[]')
        AS has_attachment,
    -- Beside a direction the author of an own reply is the employee, or whom it answers.
    CASE WHEN NOT (has_direction AND is_own) THEN author_key END AS author_id,
    CASE WHEN NOT (has_direction AND is_own) THEN author_name END AS author_name, is_own,
    list_sort(list_distinct(regexp_extract_all(lower(text),
        '(?:^|[^\w.@])@([\pL\pN_](?:[\pL\pN_.·-]*[\pL\pN_])?)', 1))) AS mention_names,
    regexp_extract_all(text, '@\[\d+:\d+:([^\]]+)\]', 1) AS mask_names,
    whole(replies) AS replies_announced, has_links AS has_thread_links,
    CASE WHEN is_own THEN agent END AS agent
FROM source_judged WHERE reason IS NULL AND NOT is_post
ORDER BY file_no, line;

-- A visitor's post opens the thread that its comments belong to (M1).
UPDATE staged_comments SET root_native = posts.post_key, has_thread_links = true
FROM source_judged AS posts
WHERE posts.is_post AND posts.reason IS NULL AND NOT posts.is_own
    AND posts.file_no = staged_comments.file_no AND posts.post_key = staged_comments.post_native;

-- In a shifted row any cell may hold a name: only digits are shown.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, nullif(array_to_string(list_filter(
    [native_id(comment_id), post_key, created_at],
    lambda cell: regexp_full_match(cell, '[\d_:.,/+TZE -]{4,45}')), ' · '), '') AS raw
FROM source_judged WHERE reason IS NOT NULL;

DROP TABLE source_judged;
