-- All posts of all accounts: when, about what, and how many comments each gets.

-- how much an account posts on each day: weekday, season, storms, and whether it is in use
CREATE TABLE account_days AS
-- (whole numbers, so that sums do not depend on the order they are added in)
WITH weighted AS (
    SELECT a.no, days.d, days.starts,
        storms.d IS NOT NULL AND a.storm > 1.9 AS in_storm,
        (1000 * CASE WHEN weekday <= 5 THEN 1.0 WHEN weekday = 6 THEN 0.25 ELSE 0.3 END
        * CASE WHEN month = 7 THEN CASE WHEN a.topics[1] IN ('bad', 'tur', 'havn') THEN 1.2 ELSE 0.35 END
               WHEN month = 6 THEN 0.9 WHEN month = 12 THEN 0.85 ELSE 1.0 END
        * CASE WHEN storms.d IS NOT NULL THEN a.storm ELSE 1.0 END)::BIGINT AS weight
    FROM accounts AS a, days LEFT JOIN storms USING (d)
    WHERE days.d BETWEEN a.active_from AND a.active_to
)
SELECT *, sum(weight) OVER (PARTITION BY no ORDER BY d) - weight AS before,
    sum(weight) OVER (PARTITION BY no) AS total
FROM weighted;

CREATE TABLE numbered AS
WITH sized AS (
    SELECT a.no, a.comments, a.visitors,
        greatest(4, round(a.posts_per_month * count(*) / 30.4),
                 least(CASE WHEN a.platform = 'youtube' THEN 480 ELSE 1e9 END,
                       ceil(a.comments / 22.0)))::BIGINT AS posts
    FROM accounts AS a JOIN account_days AS ad ON ad.no = a.no
    GROUP BY a.no, a.comments, a.visitors, a.posts_per_month, a.platform
)
SELECT no, comments, posts, p, hash(getvariable('seed'), no, p, 'post') AS k,
    visitors = 1 AND u(hash(getvariable('seed'), no, p), 'visitor') < 0.03 AS is_visitor
FROM (SELECT *, unnest(range(1, posts + 1)) AS p FROM sized);

CREATE TABLE dated AS
WITH placed AS (
    SELECT n.*, (n.p - 1 + 0.999 * u(n.k, 'day')) / n.posts * t.total AS target
    FROM numbered AS n JOIN (SELECT DISTINCT no, total FROM account_days) AS t USING (no)
)
SELECT placed.*, ad.d, ad.in_storm,
    ad.starts + CASE WHEN u(k, 'hour') < 0.8 THEN 28800 + 25200 * u(k, 'time')
                     ELSE 54000 + 21600 * u(k, 'time') END::BIGINT AS t
FROM placed ASOF JOIN account_days AS ad ON placed.no = ad.no AND placed.target >= ad.before;

-- comments are shared out so that they add up to exactly what the account was given
CREATE TABLE posts AS
WITH weighted AS (
    SELECT dated.*, a.platform,
        CASE WHEN in_storm AND u(k, 'about') < 0.8 THEN 'storm'
             ELSE a.topics[1 + (h(k, 'topic') % len(a.topics))::INTEGER] END
            || CASE WHEN month(d) IN (11, 12, 1, 2, 3) THEN '-vinter' ELSE '' END AS topic,
        CASE WHEN is_visitor THEN 0
             -- one video that everybody discusses: threads longer than the API gives at once
             WHEN a.platform = 'youtube' AND p = 5 THEN 20000
             ELSE 1000 * exp(0.9 * z(k, 'size')) * CASE WHEN in_storm THEN 3 ELSE 1 END END::BIGINT
            AS weight
    FROM dated JOIN accounts AS a USING (no)
),
counted AS (
    SELECT *, sum(weight) OVER running AS upto, sum(weight) OVER (PARTITION BY no) AS whole
    FROM weighted WINDOW running AS (PARTITION BY no ORDER BY p)
),
shared AS (
    SELECT *, round(comments * upto / whole)::BIGINT
        - round(comments * (upto - weight) / whole)::BIGINT AS c
    FROM counted
)
SELECT no AS acc, platform, p, k, d, t, topic, in_storm, is_visitor, c,
    (sum(c) OVER (PARTITION BY no ORDER BY p) - c)::BIGINT AS first_i,
    ((sum(c) OVER (ORDER BY no, p) - 1) // getvariable('batch_size'))::INTEGER AS batch
FROM shared;
