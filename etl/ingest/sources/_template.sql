-- source_rows, source_facts, the variables template_* -> source_items, source_roots.

CREATE OR REPLACE TEMP TABLE source_cells AS
WITH cells AS (
    SELECT file_no, line, is_too_long, bad_measure, nullif(trim(text), '') AS text,
        likes, replies, reach, views, impressions, reactions, comments, shares, saves, clicks,
        link_clicks, follows, video_views,
        said(COLUMNS(['platform', 'row_kind', 'account', 'account_id', 'account_name', 'post_id',
            'post_url', 'post_type', 'comment_id', 'comment_url', 'parent_id', 'thread_id',
            'author_id', 'author_name', 'author_url', 'created_at', 'clock', 'hidden', 'attachment',
            'direction', 'visibility', 'note', 'agent', 'sender_kind']))
    FROM source_rows
), timed AS (
    SELECT * EXCLUDE (clock) REPLACE (with_clock(created_at, clock) AS created_at) FROM cells
)
SELECT timed.*, source_facts.* EXCLUDE (file_no),
    coalesce(getvariable('template_platform'), platform_of_address(account), platform_of(platform),
        hint_platform) AS on_platform,
    CASE getvariable('template_holds') WHEN 'posts' THEN true WHEN 'comments' THEN false ELSE CASE
        WHEN template_means(getvariable('template_post'), row_kind) THEN true
        WHEN template_means(getvariable('template_comment'), row_kind) THEN false
        WHEN row_kind IS NULL THEN comment_id IS NULL AND parent_id IS NULL END END AS is_post,
    template_time(created_at, zone) AS moment,
    -- Digits that a spreadsheet rounded: every long id ends in the same false zeros.
    count(*) FILTER (length(comment_id) > 15) OVER one_file >= 3 AND coalesce(bool_and(
        regexp_full_match(comment_id, '\d{15}0+')) FILTER (length(comment_id) > 15) OVER one_file,
        false) AS is_rounded
FROM timed JOIN source_facts USING (file_no)
WINDOW one_file AS (PARTITION BY file_no);

CREATE OR REPLACE TEMP TABLE source_items AS
WITH keyed AS (
    SELECT *,
        regexp_extract(coalesce(native_id(post_id), post_of_link(post_url),
            post_of_link(comment_url), regexp_extract(native_id(comment_id), '^(\d+)_\d+$', 1)), '(?:^\d+_)?(.*)', 1) AS post_key,
        CASE WHEN NOT (is_rounded OR is_destroyed(comment_id)) THEN native_id(comment_id) END
            AS whole_id,
        native_id(parent_id) AS parent_key,
        comment_of_link(comment_url) AS linked_id,
        lower(ltrim(coalesce(named_by_link(account), account, named_by_link(post_url),
            nullif(regexp_extract(post_id, '^(\d+)_\d+$', 1), '')), '@'))
            AS account_word,
        lower(named_by_link(author_url)) AS author_word
    FROM source_cells
), named AS (
    SELECT * REPLACE (nullif(post_key, '') AS post_key), nullif(post_key, '') AS post_number,
        coalesce(account_id, CASE WHEN regexp_full_match(account_word, '\d{5,}|uc[\w-]{22}')
            THEN coalesce(nullif(regexp_extract(account, 'UC[\w-]{22}'), ''), account_word) END)
            AS account_native,
        CASE WHEN NOT regexp_full_match(account_word, '\d{5,}|uc[\w-]{22}') THEN account_word END
            AS handle,
        CASE WHEN regexp_full_match(author_id, '\d{5,}|UC[\w-]{22}') THEN author_id
            ELSE coalesce(author_word, author_id) END AS author_key,
        coalesce(author_id, author_name, author_url) AS author
    FROM keyed
), scoped_posts AS (
    SELECT * REPLACE (scoped(post_number, account_scope, on_platform) AS post_key)
    FROM (SELECT *, lower(coalesce(account_native, handle, hint)) AS account_scope FROM named)
), comments_known AS (
    SELECT *, count(*) OVER (PARTITION BY file_no, account_scope, whole_id) = 1 AS is_alone
    FROM (
        SELECT DISTINCT file_no, account_scope, whole_id, post_number, post_key
        FROM scoped_posts WHERE NOT is_post AND whole_id IS NOT NULL)
), placed AS (
    SELECT mine.*,
        -- «Svar på 1» is the post's comment 1 where there is one, else the post; a row that names no
        -- post may answer a comment that does.
        nullif(CASE WHEN same.whole_id IS NOT NULL OR parent_key NOT IN ('0', 'root',
            coalesce(post_id, ''), coalesce(mine.post_number, '')) THEN parent_key END, mine.whole_id)
            AS parent_above,
        CASE WHEN same.whole_id IS NULL THEN coalesce(other.post_key, mine.post_key)
            ELSE mine.post_key END AS parent_post
    FROM scoped_posts AS mine
    LEFT JOIN comments_known AS same
        ON same.file_no = mine.file_no AND same.whole_id = parent_key
        AND same.account_scope IS NOT DISTINCT FROM mine.account_scope
        AND same.post_number IS NOT DISTINCT FROM mine.post_number
    LEFT JOIN comments_known AS other
        ON other.file_no = mine.file_no AND other.whole_id = parent_key AND other.is_alone
        AND other.account_scope IS NOT DISTINCT FROM mine.account_scope
), decided AS (
    SELECT *, coalesce(CASE WHEN getvariable('template_id_scope') = 'post' THEN post_key END,
            account_scope) AS scope,
        NOT is_post AND comment_id IS NULL AND linked_id IS NULL AS is_known_by_words,
        -- Without an id of its own a comment is known by its time and words, under its post.
        CASE WHEN is_known_by_words THEN scoped('x' || substr(sha256(concat_ws(chr(31), post_number,
                moment, text)), 1, 20), scope, on_platform)
            ELSE coalesce(scoped(whole_id, scope, on_platform),
                CASE WHEN regexp_full_match(post_number, '\d+') AND on_platform = 'facebook'
                    THEN post_number || '_' || linked_id ELSE linked_id END)
            END AS comment_key,
        scoped(parent_above, CASE WHEN getvariable('template_id_scope') = 'post'
            THEN coalesce(parent_post, account_scope) ELSE account_scope END, on_platform) AS parent,
        list_filter([lower(ltrim(each, '@')) FOR each IN
            [account_native, account_word, account_name, named_by_link(post_url), hint]],
            lambda each: each IS NOT NULL) AS ours,
        list_filter([lower(ltrim(each, '@')) FOR each IN
            [author_id, author_name, author_word]], lambda each: each IS NOT NULL) AS theirs
    FROM placed
)
SELECT * REPLACE (nameless(comment_key, on_platform) AS comment_key,
        nameless(parent, on_platform) AS parent), CASE
    WHEN has_direction OR (is_post AND direction IS NOT NULL) THEN CASE
        WHEN template_means(getvariable('template_own'), direction) THEN true
        WHEN template_means(getvariable('template_other'), direction) THEN false END
    WHEN len(theirs) = 0 THEN NULL
    WHEN list_has_any(ours, theirs) THEN true
    -- Only names of one kind show that somebody is another: two handles, two channels.
    WHEN on_platform = 'facebook' THEN CASE
        WHEN author_id LIKE 'pfbid%' OR (handle IS NOT NULL AND NOT contains(handle, ' ')
            AND author_word IS NOT NULL AND NOT regexp_full_match(author_word, '\d+')) THEN false END
    WHEN on_platform = 'youtube' THEN CASE
        WHEN account_native LIKE 'UC%' AND author_key LIKE 'UC%' THEN false END
    WHEN NOT contains(coalesce(handle, hint), ' ')
        AND len(list_filter(theirs, lambda each: NOT regexp_matches(each, ' |^\d+$'))) > 0
        THEN false END AS is_own,
    coalesce(template_means(getvariable('template_skipped'), direction), false)
        -- A bot's or a template's message answers nobody (M3).
        OR coalesce(template_means(getvariable('template_automatic'), sender_kind), false)
        AS is_skipped,
    template_means(getvariable('template_private'), visibility) OR (
        len(getvariable('template_public')) > 0 AND NOT coalesce(len(list_filter(
            getvariable('template_public'), lambda word: contains(lower(visibility), word))) > 0,
            false))
        -- «Private reply to a comment» is private, whatever else it says.
        OR (len(getvariable('template_public')) > 0
            AND NOT coalesce(template_means(getvariable('template_public'), visibility), false)
            AND coalesce(len(list_filter(getvariable('template_private'), lambda word:
                contains(in_words(visibility), in_words(word)))) > 0, false)) AS is_private
FROM decided;

-- The thread's first comment: the conversation's oldest, or what the answers lead up to. Longer chains
-- are put together by the build (etl/warehouse/steps/40_threads.sql).
CREATE OR REPLACE TEMP TABLE source_roots AS
WITH RECURSIVE climb AS (
    SELECT file_no, comment_key, parent AS top, 1 AS steps FROM source_items
    WHERE parent IS NOT NULL AND thread_id IS NULL
    UNION ALL
    SELECT climb.file_no, climb.comment_key, above.parent, steps + 1
    FROM climb JOIN source_items AS above
        ON above.file_no = climb.file_no AND above.comment_key = climb.top
    WHERE above.parent IS NOT NULL AND steps < 20
)
SELECT file_no, comment_key, arg_max(top, steps) AS root FROM climb GROUP BY file_no, comment_key
UNION ALL
SELECT file_no, comment_key, first_value(comment_key) OVER (
    PARTITION BY file_no, account_scope, thread_id ORDER BY moment, line) AS root
FROM source_items
WHERE thread_id IS NOT NULL AND comment_key IS NOT NULL AND NOT (is_post OR is_private
    OR coalesce(is_skipped, false))
QUALIFY row_number() OVER (PARTITION BY file_no, comment_key ORDER BY line) = 1;
