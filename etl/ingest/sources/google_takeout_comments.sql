-- source_rows, source_links -> staged_comments, staged_rejects. formats.md 9.2 e.

-- {"text":"…"},{"text":"@…","mention":{…}}, or {"takeoutSegments":[…]}, or plain text.
CREATE OR REPLACE TEMP MACRO segments_of(cell) AS CASE
    WHEN json_valid('[' || cell || ']') THEN CASE
        WHEN json_extract('[' || cell || ']', '$[0].takeoutSegments') IS NOT NULL
            THEN from_json(json_extract('[' || cell || ']', '$[0].takeoutSegments'),
                '[{"text":"VARCHAR","mention":"JSON"}]')
        WHEN json_type('[' || cell || ']', '$[0]') = 'OBJECT'
            THEN from_json('[' || cell || ']', '[{"text":"VARCHAR","mention":"JSON"}]') END END;

CREATE OR REPLACE TEMP TABLE takeout_comments AS
WITH parts AS (
    SELECT *, TRY(segments_of(text)) AS segments,
        TRY_CAST(replace(created, ' UTC', '+00') AS TIMESTAMPTZ) AS created_at,
        -- A reply's own id begins with the thread's: <thread>.<reply>
        coalesce(nullif(trim(top), ''), CASE WHEN contains(coalesce(parent, ''), '.')
            THEN split_part(parent, '.', 1) END, nullif(trim(parent), ''),
            CASE WHEN contains(comment_id, '.') THEN split_part(comment_id, '.', 1) END) AS thread,
        -- Threads have their column, or some row names one: then the others are first comments.
        is_told OR bool_or(nullif(trim(parent), '') IS NOT NULL OR contains(comment_id, '.'))
            OVER (PARTITION BY file_no) IS TRUE AS is_linked,
        row_number() OVER (PARTITION BY file_no, trim(comment_id) ORDER BY line) AS nth
    FROM source_rows JOIN source_links USING (file_no)
), written AS (
    SELECT *,
        list_transform(list_filter(segments, lambda one: one.mention IS NOT NULL),
            lambda one: ltrim(trim(one.text), '@')) AS mentioned,
        list_filter(list_transform(segments,
            lambda one: regexp_extract(one.mention::VARCHAR, 'UC[\w-]{22}')),
            lambda id: id <> '') AS mentioned_ids
    FROM parts
)
SELECT * REPLACE (CASE WHEN segments IS NULL THEN text
        ELSE array_to_string(list_transform(segments, lambda one: coalesce(one.text, '')), '')
        END AS text),
    CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN NOT coalesce(regexp_full_match(trim(comment_id), '[\w.-]{10,80}'), false)
        THEN 'comment_id_unreadable'
    WHEN NOT coalesce(regexp_full_match(trim(channel), 'UC[\w-]{22}'), false)
        THEN 'channel_id_unreadable'
    WHEN created_at IS NULL THEN 'comment_without_time'
    WHEN nth > 1 THEN 'comment_repeated'
    END AS reason
FROM written;

INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'youtube' AS platform, trim(channel) AS account_native,
    trim(comment_id) AS comment_native, nullif(trim(video), '') AS post_native,
    CASE WHEN thread IS NOT NULL THEN coalesce(nullif(trim(parent), ''), thread) END
        AS parent_native,
    coalesce(thread, trim(comment_id)) AS root_native, created_at, text,
    'https://www.youtube.com/watch?v=' || nullif(trim(video), '') || '&lc=' || trim(comment_id)
        AS permalink,
    false AS has_attachment, true AS is_own, mentioned_ids AS mention_ids,
    mentioned AS mention_names,
    list_transform(list_filter(segments, lambda one: one.mention IS NOT NULL),
        lambda one: trim(one.text)) AS mask_names,
    is_linked AS has_thread_links
FROM takeout_comments WHERE reason IS NULL
ORDER BY file_no, line;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', comment_id, created) AS raw
FROM takeout_comments WHERE reason IS NOT NULL;
