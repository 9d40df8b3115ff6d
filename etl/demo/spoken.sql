-- The batch as it is shown: texts with tags, likes, what is hidden or later taken away.

CREATE OR REPLACE TEMP TABLE spoken AS
WITH shown AS (
    SELECT *,
        tagged[1] AS tag,
        CASE WHEN tagged IS NULL THEN NULL
             WHEN platform = 'facebook' THEN person_name(tagged[1])
             ELSE '@' || person_handle(tagged[1]) END AS tag_text,
        count(*) OVER (PARTITION BY acc, root_i) = 1 AS is_alone
    FROM worded('said')
)
SELECT acc, platform, p, post_t, i, root_i, kind, is_visitor, is_top, t, k, intent, person, parent_i,
    tag, tag_text, concat_ws(' ', tag_text, nullif(words, '')) AS text,
    CASE kind WHEN 1 THEN floor(1.2 * exp(z(k, 'likes'))) ELSE floor(1.6 * exp(1.2 * z(k, 'likes'))) END
        ::BIGINT AS likes,
    kind = 0 AND NOT is_visitor AND u(k, 'hidden') < CASE intent WHEN 'spam' THEN 0.85
        WHEN 'sensitive' THEN 0.7 WHEN 'complaint' THEN 0.006 ELSE 0 END AS hidden,
    is_top AND is_alone AND NOT is_visitor AND u(k, 'vanished') < 0.03 AS vanished
FROM shown;

CREATE OR REPLACE TEMP TABLE post_words AS
WITH about AS (
    SELECT acc, platform, p, k, k AS slot_key, 'post' AS intent, 'nb' AS lang, topic
    FROM posts WHERE batch = getvariable('batch') AND NOT is_visitor
)
SELECT acc, p, words AS text, NULL::BIGINT AS person FROM worded('about')
UNION ALL
SELECT acc, p, text, person FROM spoken WHERE is_visitor AND kind = 0;

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
    1220000000000000 + s.acc * 10000000000 + s.p * 9973 + (hash(s.k, 'id') % 9973)::BIGINT AS number,
    w.text, w.person
FROM seen AS s JOIN post_words AS w USING (acc, p);

-- One number for everything said: shared by all platforms that use numbers.
CREATE OR REPLACE MACRO comment_number(acc, i, kind, k) AS
    (acc + 10) * 10000000000000 + (abs(i) * 4 + kind + CASE WHEN i < 0 THEN 2 ELSE 0 END) * 1009
    + (hash(k, 'id') % 1009)::BIGINT;

-- Splits an account's posts into files: at most 500 posts and about 8 MB each.
CREATE OR REPLACE MACRO files_of(source) AS TABLE
WITH running AS (
    SELECT *, (row_number() OVER w - 1) // 500 AS by_posts,
        (sum(strlen(json)) OVER w)::BIGINT // 8000000 AS by_size
    FROM query_table(source) WINDOW w AS (PARTITION BY acc ORDER BY t DESC, p)
)
SELECT acc, string_agg(json, ',' ORDER BY t DESC, p) AS body, min(d) AS first_d, max(d) AS last_d
FROM running GROUP BY acc, by_posts, by_size ORDER BY acc, by_posts, by_size;
