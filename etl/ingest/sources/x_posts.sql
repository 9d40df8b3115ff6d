-- source_rows -> staged_posts, staged_comments, staged_rejects. formats.md 6.

-- An id of X holds its own moment since 4 November 2010; older ones are only numbers.
CREATE OR REPLACE TEMP MACRO moment_of(id) AS CASE WHEN id::BIGINT >= 29700859247
    THEN timezone('UTC', epoch_ms((id::BIGINT >> 22) + 1288834974657)) END;

CREATE OR REPLACE TEMP TABLE x_rows AS
WITH marked AS (
    SELECT *,
        nullif(regexp_extract(permalink, '/status(?:es)?/(\d{1,18}|[1-8]\d{18})(?:\D|$)', 1), '')
            AS link_id,
        nullif(lower(regexp_extract(permalink,
            '(?i)(?:twitter|x)\.com/(?:@|#!/)?(\w{1,20})/status', 1)), '') AS link_handle,
        -- A spreadsheet keeps 15 digits and fills up with zeros.
        CASE WHEN regexp_full_match(trim(post_id), '\d{1,18}|[1-8]\d{18}')
            AND NOT regexp_full_match(substr(trim(post_id), 16), '0+') THEN trim(post_id) END
            AS own_id,
        coalesce(trim(post_id), '') IN ('', 'undefined', '0')
            AND coalesce(regexp_matches(permalink, '/undefined\b|^\s*$'), true)
            AND coalesce(impressions, 0) + coalesce(reactions, 0) + coalesce(comments, 0)
                + coalesce(shares, 0) = 0 AND NOT is_too_long AND bad_measure IS NULL AS is_ghost
    FROM source_rows
), keyed AS (
    SELECT *, coalesce(link_id, own_id) AS native,
        -- x.com/i/status/… names nobody.
        coalesce(nullif(link_handle, 'i'), mode(nullif(link_handle, 'i'))
            OVER (PARTITION BY file_no)) AS handle
    FROM marked WHERE NOT is_ghost
), timed AS (
    SELECT *,
        coalesce(moment_of(native), TRY_STRPTIME(trim(published), '%Y-%m-%d %H:%M %z'),
            timezone('Europe/Oslo', spelled_day(published)::TIMESTAMP)) AS published_at,
        CASE WHEN moment_of(native) IS NOT NULL THEN 'second'
            WHEN TRY_STRPTIME(trim(published), '%Y-%m-%d %H:%M %z') IS NOT NULL THEN 'minute'
            ELSE 'day' END AS published_precision,
        starts_with(ltrim(coalesce(text, '')), '@') AS is_reply,
        link_id IS NOT NULL AND link_id IS DISTINCT FROM own_id AND trim(post_id) <> ''
            AS is_repaired,
        row_number() OVER (PARTITION BY file_no, native ORDER BY line) AS nth
    FROM keyed
)
SELECT *, CASE
    WHEN is_too_long THEN 'too_many_fields'
    WHEN native IS NULL THEN 'post_id_and_link_lost'
    WHEN published_at IS NULL THEN 'no_published_time'
    WHEN bad_measure IS NOT NULL THEN 'text_for_number:' || bad_measure
    WHEN nth > 1 THEN 'post_repeated'
    END AS reason
FROM timed;

INSERT INTO staged_posts BY NAME
SELECT file_no, line, 'x' AS platform, handle AS account_handle, native AS post_native,
    published_at, published_precision, text, permalink, true AS is_own,
    []::VARCHAR[] AS mask_names,
    whole(impressions) AS impressions, whole(reactions) AS reactions,
    whole(comments) AS comments, whole(shares) AS shares, whole(saves) AS saves,
    whole(link_clicks) AS link_clicks, whole(follows) AS follows, extra
FROM x_rows WHERE reason IS NULL AND NOT is_reply
ORDER BY file_no, line;

-- Whom it answers is not told: its own thread, and no link to anybody's.
INSERT INTO staged_comments BY NAME
SELECT file_no, line, 'x' AS platform, handle AS account_handle, native AS comment_native,
    native AS root_native, published_at AS created_at, text, permalink,
    whole(reactions) AS likes, true AS is_own, false AS has_thread_links
FROM x_rows WHERE reason IS NULL AND is_reply
ORDER BY file_no, line;

INSERT INTO staged_passed
SELECT file_no, line, 'placeholder_row' FROM source_rows ANTI JOIN x_rows USING (file_no, line);

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, reason, concat_ws(' | ', post_id, published, permalink) AS raw
FROM x_rows WHERE reason IS NOT NULL;
