-- How a column template reads a cell. docs/template.md.

-- Neither IN nor list_contains: either would become one join for every column.
CREATE OR REPLACE TEMP MACRO said(cell) AS CASE WHEN coalesce(list_position(
    ['', '-', '--', 'null', 'none', 'nan', 'n/a', 'undefined', 'undiscoverable'],
    lower(trim(cell))), 0) = 0 THEN trim(cell) END;
CREATE OR REPLACE TEMP MACRO template_means(meaning, cell) AS
    list_contains(meaning, lower(cell));
-- « private reply »: found in another such text only as whole words.
CREATE OR REPLACE TEMP MACRO in_words(text) AS
    ' ' || trim(regexp_replace(lower(text), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ';
-- apify writes Graph's <post>_<comment> as base64 of comment:<post>_<comment>.
CREATE OR REPLACE TEMP MACRO native_id(id) AS CASE
    WHEN id LIKE 'Y29tbWVudDo%' THEN nullif(regexp_extract(
        coalesce(TRY(decode(from_base64(id))), ''), '^comment:(\d+_\d+)$', 1), '')
    ELSE regexp_replace(id, '^(\d+)\.0+$', '\1') END;
-- What a spreadsheet made of a long number; the last digits are gone.
CREATE OR REPLACE TEMP MACRO is_destroyed(id) AS
    coalesce(regexp_full_match(id, '\d([.,]\d+)?[eE]\+?\d+'), false);
CREATE OR REPLACE TEMP MACRO post_of_link(url) AS nullif(coalesce(
    nullif(regexp_extract(url, '(?:fbid=|/posts/(?:[^/?]+/)?|/videos/(?:[^/?]+/)?|/reel/)(pfbid\w+|\d{5,})', 1), ''),
    nullif(regexp_extract(url, 'facebook\.com/(\d{5,}_\d{5,})(?:[/?#]|$)', 1), ''),
    nullif(regexp_extract(url, '(?:instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/)([\w-]+)', 1), ''),
    nullif(regexp_extract(url, '(?:[?&]v=|youtu\.be/|/shorts/)([\w-]{11})', 1), ''),
    nullif(regexp_extract(url, '(?:/video/|/photo/|/status/)(\d{5,})', 1), ''),
    regexp_extract(url, 'urn:li:\w+:\d+')), '');
CREATE OR REPLACE TEMP MACRO comment_of_link(url) AS nullif(coalesce(
    nullif(regexp_extract(url, 'reply_comment_id=(\d+)', 1), ''),
    nullif(regexp_extract(url, '[?&]comment_id=(\d+)', 1), ''),
    regexp_extract(url, '[?&]lc=([\w.-]+)', 1)), '');
-- The account or person that a link names, by vanity name or id; words of the platform are none.
CREATE OR REPLACE TEMP MACRO word_of_link(url) AS lower(coalesce(
    nullif(regexp_extract(url, '(?:profile|permalink|story)\.php\?(?:.*&)?id=(\d+)', 1), ''),
    nullif(regexp_extract(url, 'facebook\.com/(\d{5,})_\d{5,}(?:[/?#]|$)', 1), ''),
    nullif(regexp_extract(url, 'facebook\.com/people/[^/]+/(\d+)', 1), ''),
    regexp_extract(url, '(?:facebook\.com/|instagram\.com/|tiktok\.com/@|youtube\.com/(?:@|channel/|c/|user/)|//(?:www\.)?(?:x|twitter)\.com/|linkedin\.com/(?:company|in)/)([\w.%-]+)', 1)));
CREATE OR REPLACE TEMP MACRO named_by_link(url) AS CASE WHEN NOT regexp_full_match(
    word_of_link(url), '|p|reels?|tv|watch|photos?|\w+\.php|groups|people|share|i|shorts')
    THEN word_of_link(url) END;
-- A day and a clock in two columns; a spreadsheet writes a day with a midnight of its own.
CREATE OR REPLACE TEMP MACRO with_clock(day, clock) AS CASE WHEN clock IS NULL THEN day
    ELSE regexp_replace(day, '[ T]00[:.]00([:.]00)?$', '') || ' '
        || regexp_replace(clock, '^(\d{1,2})[.](\d\d)([.](\d\d))?$', '\1:\2') END;
CREATE OR REPLACE TEMP MACRO has_zone(cell) AS
    regexp_full_match(cell, '.*(Z| ?UTC| ?GMT|[+-]\d\d:?(\d\d)?)|[\d.]+');
CREATE OR REPLACE TEMP MACRO template_time(cell, zone) AS CASE
    WHEN getvariable('template_has_epoch') AND regexp_full_match(cell, '\d{10}(\d{3})?(\.\d+)?')
        THEN to_timestamp(TRY_CAST(cell AS DOUBLE) / CASE WHEN cell LIKE '_____________%'
            AND NOT contains(cell, '.') THEN 1000 ELSE 1 END)
    WHEN regexp_full_match(cell, '\d{4}-\d\d-\d\d[ T].*(Z| ?UTC|[+-]\d\d:?(\d\d)?)')
        THEN TRY_CAST(regexp_replace(cell, ' ?UTC$', 'Z') AS TIMESTAMPTZ)
    WHEN regexp_full_match(cell, '\d{4}-\d\d-\d\d.*') THEN timezone(zone, TRY_CAST(cell AS TIMESTAMP))
    WHEN NOT regexp_full_match(cell, '\d{0,4}')
        THEN timezone(zone, TRY_STRPTIME(cell, getvariable('template_patterns'))) END;

-- Ids and links of these platforms name the writer; a fingerprint of them still joins.
CREATE OR REPLACE TEMP MACRO nameless(id, platform) AS CASE
    WHEN platform IN ('bluesky', 'mastodon', 'threads') OR regexp_matches(id, '[/@]')
    THEN substr(sha256(id), 1, 24) ELSE id END;
CREATE OR REPLACE TEMP MACRO platform_of(word) AS CASE
    WHEN lower(word) = 'x' OR contains(lower(word), 'twitter') THEN 'x'
    ELSE list_filter(getvariable('template_platforms'),
        lambda one: length(one) > 1 AND contains(lower(word), one))[1] END;
-- An account's address decides its platform, whatever a column says.
CREATE OR REPLACE TEMP MACRO platform_of_address(account) AS CASE
    regexp_extract(lower(account), '(?:^|//|\.)(facebook|instagram|linkedin|twitter|x|youtube|tiktok|threads|snapchat|bsky)\.(?:com|net|app)(?:/|$)', 1)
    WHEN '' THEN NULL WHEN 'twitter' THEN 'x' WHEN 'bsky' THEN 'bluesky'
    ELSE regexp_extract(lower(account), '(?:^|//|\.)(facebook|instagram|linkedin|x|youtube|tiktok|threads|snapchat)\.(?:com|net)(?:/|$)', 1) END;
-- A table's own number means something in its account, and under its post (etl/pseudonymization/identity.sql).
CREATE OR REPLACE TEMP MACRO scoped(id, scope, platform) AS CASE
    WHEN getvariable('template_id_scope') = 'platform' OR is_platform_id(platform, id) THEN id ELSE coalesce(scope || '.', '') || id END;
CREATE OR REPLACE TEMP MACRO kind_of_post(word) AS coalesce(MAP {'bilde': 'photo',
    'bilder': 'photo', 'foto': 'photo', 'image': 'photo', 'lenke': 'link', 'tekst': 'text',
    'karusell': 'carousel', 'historie': 'story', 'story': 'story'}[lower(word)], lower(word));
