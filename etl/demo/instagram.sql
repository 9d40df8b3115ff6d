-- Graph API of Instagram: media with comments with replies, one level (formats.md 8), and the same
-- media in Meta Business Suite (formats.md 2).

-- The time of publishing stands in the short code of the permalink: (id >> 23) + an epoch.
CREATE OR REPLACE MACRO shortcode(t, k) AS
    list_aggregate(list_transform(range(10, -1, -1), lambda n:
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[
            1 + (((((t * 1000 - 1314220021721) << 23) + (h(k, 'code') % 8388608)::BIGINT)
                  >> (6 * n)) & 63)::INTEGER]), 'string_agg', '');

CREATE OR REPLACE TEMP TABLE instagram_media AS
SELECT f.*, (17800000000000000 + f.number - 1220000000000000)::VARCHAR AS media_id,
    shortcode(f.t, f.k) AS code,
    CASE f.type WHEN 'reel' THEN 'REEL' WHEN 'video' THEN 'REEL' WHEN 'link' THEN 'CAROUSEL'
        ELSE 'IMAGE' END AS form
FROM post_figures AS f WHERE f.platform = 'instagram';

CREATE OR REPLACE TEMP TABLE instagram_said AS
SELECT s.acc, s.p, s.root_i, s.is_top, s.t,
    17900000000000000 + comment_number(s.acc, s.i, s.kind, s.k) AS id,
    CASE WHEN s.person IS NULL THEN a.handle ELSE person_handle(s.person) END AS username,
    '","text":' || to_json(s.text)::VARCHAR || ',"timestamp":"' || iso(s.t, '+0000')
        || '","username":"' || username || '","from":{"id":"'
        || CASE WHEN s.person IS NULL THEN a.native_id ELSE (5000000000 + s.person * 7919)::VARCHAR END
        || '","username":"' || username || '"},"like_count":' || (s.likes * getvariable('grown'))::BIGINT
        || ',"hidden":' || s.hidden AS body
FROM spoken AS s
JOIN instagram_media AS m ON m.acc = s.acc AND m.p = s.p
JOIN accounts AS a ON a.no = s.acc
WHERE s.t < getvariable('cut') AND NOT (s.vanished AND getvariable('is_newest'));

CREATE OR REPLACE TEMP TABLE instagram_posts AS
WITH replies AS (
    SELECT r.acc, r.root_i, string_agg('{"id":"' || r.id || r.body || ',"parent_id":"' || root.id || '"}', ','
        ORDER BY r.t, r.id) AS listed
    FROM instagram_said AS r
    JOIN instagram_said AS root ON root.acc = r.acc AND root.root_i = r.root_i AND root.is_top
    WHERE NOT r.is_top GROUP BY ALL
),
threads AS (
    SELECT s.acc, s.p, string_agg('{"id":"' || s.id || s.body
        || CASE WHEN r.listed IS NULL THEN '' ELSE ',"replies":{"data":[' || r.listed || ']}' END || '}', ','
        ORDER BY s.t, s.id) AS listed
    FROM instagram_said AS s LEFT JOIN replies AS r USING (acc, root_i)
    WHERE s.is_top GROUP BY ALL
)
SELECT m.acc, m.p, m.t, m.d, '{"id":"' || m.media_id || '","caption":' || to_json(m.text)::VARCHAR
    || ',"media_type":"' || CASE m.form WHEN 'REEL' THEN 'VIDEO' WHEN 'CAROUSEL' THEN 'CAROUSEL_ALBUM' ELSE m.form END
    || '","media_product_type":"' || CASE m.form WHEN 'REEL' THEN 'REELS' ELSE 'FEED' END
    || '","permalink":"https://www.instagram.com/' || CASE m.form WHEN 'REEL' THEN 'reel/' ELSE 'p/' END
    || m.code || '/","shortcode":"' || m.code || '","timestamp":"' || iso(m.t, '+0000')
    || '","username":"' || a.handle || '","owner":{"id":"' || a.native_id || '"},"like_count":' || m.reactions
    || ',"comments_count":' || m.comments
    || CASE WHEN th.listed IS NULL THEN '' ELSE ',"comments":{"data":[' || th.listed || ']}' END || '}' AS json
FROM instagram_media AS m JOIN accounts AS a ON a.no = m.acc LEFT JOIN threads AS th USING (acc, p);

CREATE OR REPLACE TEMP TABLE instagram_suite AS
SELECT m.acc, m.d,
    m.media_id AS "Post ID", a.native_id AS "Account ID", a.handle AS "Account username",
    a.name AS "Account name", m.text AS "Description",
    CASE m.form WHEN 'REEL' THEN 12 + h(m.k, 'length') % 78 ELSE 0 END AS "Duration (sec)",
    strftime(timezone('America/Los_Angeles', to_timestamp(m.t)), '%m/%d/%Y %H:%M') AS "Publish time",
    'https://www.instagram.com/' || CASE m.form WHEN 'REEL' THEN 'reel/' ELSE 'p/' END || m.code
        || '/' AS "Permalink",
    'IG ' || lower(m.form) AS "Post type", '' AS "Data comment", 'Lifetime' AS "Date",
    m.views AS "Views", m.reach AS "Reach", m.reactions AS "Likes", m.shares AS "Shares",
    m.follows AS "Follows", m.comments AS "Comments", m.saves AS "Saves"
FROM instagram_media AS m JOIN accounts AS a ON a.no = m.acc
ORDER BY m.acc, m.t DESC, m.p;
