-- Graph API: posts with comments with replies (formats.md 7.1). Fields that a platform leaves out
-- are left out, hence text instead of to_json(struct), which would write null.

CREATE OR REPLACE MACRO facebook_person(person) AS (24000000000000013 + person * 7919)::VARCHAR;
CREATE OR REPLACE MACRO facebook_tag(person, name, starts) AS
    '{"id":"' || facebook_person(person) || '","name":"' || name || '","type":"user","offset":'
    || starts || ',"length":' || length(name) || '}';

CREATE OR REPLACE TEMP TABLE facebook_said AS
WITH visible AS (
    SELECT s.*, f.number AS post_number, a.native_id AS page, a.name AS page_name, a.handle,
        f.number || '_' || comment_number(s.acc, s.i, s.kind, s.k) AS id
    FROM spoken AS s
    JOIN post_figures AS f ON f.acc = s.acc AND f.p = s.p
    JOIN accounts AS a ON a.no = s.acc
    WHERE s.platform = 'facebook' AND s.t < getvariable('cut') AND NOT (s.is_visitor AND s.kind = 0)
        AND NOT (s.vanished AND getvariable('is_newest'))
)
SELECT v.acc, v.p, v.i, v.root_i, v.kind, v.t, v.id, v.is_top OR (v.is_visitor AND v.kind = 1) AS is_top,
    '{"id":"' || v.id || '","created_time":"' || iso(v.t, '+0000') || '","from":{"id":"'
        || CASE WHEN v.person IS NULL THEN v.page ELSE facebook_person(v.person) END
        || '","name":"' || CASE WHEN v.person IS NULL THEN v.page_name ELSE person_name(v.person) END
        || '"},"message":' || to_json(v.text)::VARCHAR
        || CASE WHEN v.tag IS NULL THEN '' ELSE ',"message_tags":['
            || facebook_tag(v.tag, v.tag_text, 0)
            || CASE WHEN v.tag_2 IS NULL THEN ''
                    ELSE ',' || facebook_tag(v.tag_2, v.tag_text_2, length(v.tag_text) + 1) END
            || ']' END
        || CASE WHEN v.intent = 'sticker' THEN ',"attachment":{"type":"sticker"}' ELSE '' END
        || ',"like_count":' || (v.likes * getvariable('grown'))::BIGINT
        || ',"is_hidden":' || v.hidden || ',"permalink_url":"https://www.facebook.com/' || v.page
        || '/posts/' || v.post_number || '/?comment_id=' || split_part(v.id, '_', 2) || '"' AS head,
    CASE WHEN v.parent_i IS NOT NULL AND NOT v.is_visitor THEN parent.id END AS parent_id
FROM visible AS v LEFT JOIN visible AS parent
    ON parent.acc = v.acc AND parent.i = v.parent_i AND parent.kind = 0;

CREATE OR REPLACE TEMP TABLE facebook_posts AS
WITH replies AS (
    SELECT acc, root_i, count(*) AS n,
        string_agg(head || ',"parent":{"id":"' || parent_id || '"},"comment_count":0}', ','
                   ORDER BY t, id) AS listed
    FROM facebook_said WHERE NOT is_top GROUP BY ALL
),
threads AS (
    SELECT s.acc, s.p, string_agg(s.head || ',"comment_count":'
        -- a few replies are announced but not delivered, as when the platform holds one back
        || (coalesce(r.n, 0) + (r.n > 1 AND h(s.id, 'held') % 400 = 0)::INTEGER)
        || CASE WHEN r.n > 0 THEN ',"comments":{"data":[' || r.listed || ']}}' ELSE '}' END, ','
        ORDER BY s.t, s.id) AS listed
    FROM facebook_said AS s LEFT JOIN replies AS r
        ON r.acc = s.acc AND r.root_i = s.root_i AND s.kind = 0
    WHERE s.is_top GROUP BY ALL
)
SELECT f.acc, f.p, f.t, f.d, '{"id":"' || a.native_id || '_' || f.number || '","created_time":"' || iso(f.t, '+0000')
    || '","message":' || to_json(f.text)::VARCHAR || ',"from":{"id":"'
    || CASE WHEN f.is_visitor THEN facebook_person(f.person) ELSE a.native_id END
    || '","name":"' || CASE WHEN f.is_visitor THEN person_name(f.person) ELSE a.name END
    || '"},"permalink_url":"https://www.facebook.com/' || a.native_id || '/posts/' || f.number || '"'
    || CASE WHEN f.is_visitor THEN '' ELSE ',"status_type":"' || CASE f.type WHEN 'photo' THEN 'added_photos'
        WHEN 'link' THEN 'shared_story' WHEN 'text' THEN 'mobile_status_update' ELSE 'added_video' END || '"'
        || CASE WHEN f.shares > 0 THEN ',"shares":{"count":' || f.shares || '}' ELSE '' END END
    || ',"reactions":{"data":[],"summary":{"total_count":' || CASE WHEN f.is_visitor THEN 1 ELSE f.reactions END
    || '}},"comments":{"data":[' || coalesce(th.listed, '')
    || '],"summary":{"order":"chronological","total_count":' || f.top_comments || ',"can_comment":'
    || (a.weight > 0) || '}}}' AS json
FROM post_figures AS f JOIN accounts AS a ON a.no = f.acc LEFT JOIN threads AS th USING (acc, p)
WHERE f.platform = 'facebook';

-- Meta Business Suite lists the same posts by another page id, in Los Angeles time (formats.md 1).
CREATE OR REPLACE TEMP TABLE facebook_suite AS
SELECT f.acc, f.d,
    f.number::VARCHAR AS "Post ID", a.suite_id AS "Page ID", a.name AS "Page name",
    CASE WHEN is_film THEN '' ELSE f.text END AS "Title",
    CASE WHEN is_film THEN f.text ELSE '' END AS "Description",
    CASE WHEN is_film THEN 15 + h(f.k, 'length') % 160 ELSE 0 END AS "Duration (sec)",
    strftime(timezone('America/Los_Angeles', to_timestamp(f.t)), '%m/%d/%Y %H:%M') AS "Publish time",
    '' AS "Caption type",
    'https://www.facebook.com/' || CASE f.type WHEN 'reel' THEN 'reel/' || f.number || '/'
        WHEN 'video' THEN a.handle || '/videos/' || f.number || '/'
        ELSE a.handle || '/posts/pfbid0' || base64url(f.number::VARCHAR, 20) END AS "Permalink",
    0 AS "Is crosspost", 0 AS "Is share",
    CASE f.type WHEN 'photo' THEN 'Photos' WHEN 'link' THEN 'Links' WHEN 'reel' THEN 'Reels'
        WHEN 'video' THEN 'Videos' ELSE 'Text' END AS "Post type",
    '' AS "Languages", '' AS "Custom labels", '' AS "Funded content status", '' AS "Data comment",
    'Lifetime' AS "Date", f.views AS "Views", f.reach AS "Reach",
    f.reactions + f.comments + f.shares AS "Reactions, Comments and Shares",
    f.reactions AS "Reactions", f.comments AS "Comments", f.shares AS "Shares",
    f.link_clicks + f.other_clicks + f.photo_clicks AS "Total clicks",
    f.other_clicks AS "Other Clicks",
    f.photo_clicks AS "Matched Audience Targeting Consumption (Photo Click)",
    f.link_clicks AS "Link Clicks",
    CASE WHEN is_film THEN f.views * 6 END AS "Seconds viewed",
    CASE WHEN is_film THEN 6 END AS "Average Seconds viewed"
FROM (SELECT *, type IN ('reel', 'video') AS is_film FROM post_figures) AS f
JOIN accounts AS a ON a.no = f.acc
WHERE f.platform = 'facebook' AND NOT f.is_visitor
ORDER BY f.acc, f.t DESC, f.p;
