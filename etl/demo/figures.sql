-- What the platforms count, as it stood when the export was made: an earlier one counts less.
CREATE OR REPLACE TEMP TABLE post_figures AS
WITH counted AS (
    SELECT acc, p, count(*) AS comments,
        count(*) FILTER (WHERE is_top OR (is_visitor AND kind = 1)) AS top_comments
    FROM spoken
    WHERE t < getvariable('cut') AND NOT (is_visitor AND kind = 0) AND NOT (vanished AND getvariable('is_newest'))
    GROUP BY ALL
),
seen AS (
    SELECT posts.*, coalesce(counted.comments, 0) AS comments,
        coalesce(top_comments, 0) AS top_comments,
        (getvariable('grown') * a.reach_scale * (1 + 2 * sqrt(coalesce(counted.comments, 0)))
            * exp(0.6 * z(posts.k, 'reach')))::BIGINT + 20 AS reach
    FROM posts JOIN accounts AS a ON a.no = posts.acc LEFT JOIN counted USING (acc, p)
    WHERE batch = getvariable('batch') AND t >= getvariable('from') AND t < getvariable('cut')
        AND (a.older = 1 OR getvariable('is_newest'))
)
SELECT s.acc, s.platform, s.p, s.k, s.d, s.t, s.topic, s.is_visitor, s.comments, s.top_comments, s.reach,
    (s.reach * (1.25 + 0.4 * u(s.k, 'views')))::BIGINT AS views,
    (s.reach * (0.012 + 0.03 * u(s.k, 'reactions')))::BIGINT AS reactions,
    (s.reach * 0.006 * u(s.k, 'shares'))::BIGINT AS shares,
    (s.reach * 0.01 * u(s.k, 'links'))::BIGINT AS link_clicks,
    (s.reach * 0.03 * u(s.k, 'other'))::BIGINT AS other_clicks,
    (s.reach * 0.02 * u(s.k, 'photo'))::BIGINT AS photo_clicks,
    (s.reach * 0.004 * u(s.k, 'saves'))::BIGINT AS saves,
    (s.reach * 0.0006 * u(s.k, 'follows'))::BIGINT AS follows,
    CASE WHEN u(s.k, 'type') < 0.5 THEN 'photo' WHEN u(s.k, 'type') < 0.72 THEN 'link'
         WHEN u(s.k, 'type') < 0.82 THEN 'reel' WHEN u(s.k, 'type') < 0.9 THEN 'video'
         ELSE 'text' END AS type,
    1220000000000000 + s.acc * 10000000000 + s.p * 9973 + (h(s.k, 'id') % 9973)::BIGINT AS number,
    w.text, w.person
FROM seen AS s JOIN post_words AS w USING (acc, p);
