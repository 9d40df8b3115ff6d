-- Data API: comment threads with at most five replies, the rest as answers to comments?parentId
-- (formats.md 9.2), and the videos as Studio exports them (9.1).

CREATE OR REPLACE MACRO thread_id(acc, i) AS
    'Ug' || base64url(getvariable('seed') || ' thread ' || acc || ' ' || i, 17) || '4AaABAg';
CREATE OR REPLACE MACRO channel_of(person) AS 'UC' || base64url('person ' || person, 22);
CREATE OR REPLACE MACRO html(text) AS
    replace(replace(replace(text, '&', '&amp;'), '<', '&lt;'), '"', '&quot;');

CREATE OR REPLACE TEMP TABLE youtube_videos AS
SELECT *, base64url(getvariable('seed') || ' video ' || acc || ' ' || p, 11) AS video_id
FROM post_figures WHERE platform = 'youtube';

CREATE OR REPLACE TEMP TABLE youtube_said AS
WITH visible AS (
    SELECT s.*, v.video_id, a.native_id AS channel, thread_id(s.acc, s.root_i) AS thread,
        CASE WHEN s.person IS NULL THEN a.handle ELSE person_handle(s.person) END AS author,
        CASE WHEN s.person IS NULL THEN a.native_id ELSE channel_of(s.person) END AS author_id
    FROM spoken AS s
    JOIN youtube_videos AS v ON v.acc = s.acc AND v.p = s.p
    JOIN accounts AS a ON a.no = s.acc
    WHERE s.t < getvariable('cut') AND NOT (s.vanished AND getvariable('is_newest'))
)
SELECT acc, p, root_i, is_top, t, thread, video_id, channel,
    '{"kind":"youtube#comment","id":"' || thread || CASE WHEN is_top THEN '' ELSE '.'
        || base64url(getvariable('seed') || ' said ' || acc || ' ' || i || ' ' || kind, 22) END
    || '","snippet":{"authorDisplayName":"@' || author || '","authorChannelUrl":"http://www.youtube.com/channel/'
    || author_id || '","authorChannelId":{"value":"' || author_id || '"},"channelId":"' || channel
    || '","videoId":"' || video_id || '","textDisplay":' || to_json(html(text))::VARCHAR
    || ',"textOriginal":' || to_json(text)::VARCHAR
    || CASE WHEN is_top THEN '' ELSE ',"parentId":"' || thread || '"' END
    || ',"canRate":true,"viewerRating":"none","likeCount":' || likes
    || CASE WHEN hidden THEN ',"moderationStatus":"heldForReview"' ELSE '' END
    || ',"publishedAt":"' || iso(t, 'Z') || '","updatedAt":"' || iso(t, 'Z') || '"}}' AS json,
    row_number() OVER (PARTITION BY acc, root_i, is_top ORDER BY t, i, kind) AS no
FROM visible;

CREATE OR REPLACE TEMP TABLE youtube_replies AS
SELECT acc, root_i, count(*) AS n, string_agg(json, ',' ORDER BY no) FILTER (WHERE no <= 5) AS first_five
FROM youtube_said WHERE NOT is_top GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE youtube_threads AS
SELECT s.acc, s.p, s.t, make_timestamp(s.t * 1000000)::DATE AS d,
    '{"kind":"youtube#commentThread","id":"' || s.thread || '","snippet":{"channelId":"' || s.channel
    || '","videoId":"' || s.video_id || '","topLevelComment":' || s.json
    || ',"canReply":true,"totalReplyCount":' || coalesce(r.n, 0) || ',"isPublic":true}'
    || CASE WHEN r.n > 0 THEN ',"replies":{"comments":[' || r.first_five || ']}' ELSE '' END || '}' AS json
FROM youtube_said AS s LEFT JOIN youtube_replies AS r USING (acc, root_i)
WHERE s.is_top;

CREATE OR REPLACE TEMP TABLE youtube_long_threads AS
SELECT s.acc, s.p, s.t, make_timestamp(s.t * 1000000)::DATE AS d, s.json
FROM youtube_said AS s JOIN youtube_replies AS r USING (acc, root_i)
WHERE NOT s.is_top AND r.n > 5;

-- (a blank before an id that begins with "-", as Studio writes it)
CREATE OR REPLACE TEMP TABLE youtube_studio AS
SELECT acc, d,
    CASE WHEN video_id[1] = '-' THEN ' ' ELSE '' END || video_id AS "Content",
    text AS "Video title", strftime(d, '%b %-d, %Y') AS "Video publish time",
    60 + h(k, 'length') % 600 AS "Duration", views AS "Views", reactions AS "Likes",
    comments AS "Comments added", shares AS "Shares",
    (views * 35 // 1000)::BIGINT AS "Watch time (hours)", follows AS "Subscribers",
    views * 9 AS "Impressions", round(2 + 5 * u(k, 'rate'), 2) AS "Impressions click-through rate (%)"
FROM youtube_videos ORDER BY acc, views DESC, p;
