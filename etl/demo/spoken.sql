-- The batch as it is shown: texts with tags, likes, what is hidden or later taken away.

CREATE OR REPLACE MACRO called(platform, person) AS CASE
    WHEN person IS NULL THEN NULL
    WHEN platform = 'facebook' THEN person_name(person) ELSE '@' || person_handle(person) END;

CREATE OR REPLACE TEMP TABLE spoken AS
WITH shown AS (
    SELECT *,
        tagged[1] AS tag, called(platform, tagged[1]) AS tag_text,
        tagged[2] AS tag_2, called(platform, tagged[2]) AS tag_text_2,
        count(*) OVER (PARTITION BY acc, root_i) = 1 AS is_alone
    FROM worded('said')
)
SELECT acc, shown.platform, p, post_t, i, root_i, kind, is_visitor, is_top, t, k, intent, person, parent_i,
    tag, tag_text, tag_2, tag_text_2,
    concat_ws(' ', tag_text, tag_text_2, nullif(words, '')) AS text,
    CASE kind WHEN 1 THEN floor(0.6 * exp(z(k, 'likes'))) ELSE floor(1.6 * exp(1.2 * z(k, 'likes'))) END
        ::BIGINT AS likes,
    kind = 0 AND NOT is_visitor AND u(k, 'hidden') < CASE intent WHEN 'spam' THEN 0.85
        WHEN 'sensitive' THEN 0.7 WHEN 'complaint' THEN 0.006 ELSE 0 END AS hidden,
    -- only what an earlier export shows can be seen to be gone: threads of one, and comments in the
    -- threads of others that nobody answered directly
    kind = 0 AND NOT is_visitor AND older = 1
        AND post_t >= getvariable('earlier_from') AND t < getvariable('earlier_cut')
        AND CASE WHEN is_top THEN is_alone AND u(k, 'vanished') < 0.3
                 ELSE parents.i IS NULL AND u(k, 'vanished') < 0.2 END AS vanished
FROM shown JOIN accounts AS a ON a.no = acc
LEFT JOIN (SELECT DISTINCT acc, parent_i AS i FROM said WHERE NOT is_top) AS parents USING (acc, i);

CREATE OR REPLACE TEMP TABLE post_words AS
WITH about AS (
    SELECT acc, platform, p, k, k AS slot_key, 'post' AS intent, 'nb' AS lang, topic
    FROM posts WHERE batch = getvariable('batch') AND NOT is_visitor
)
SELECT acc, p, words AS text, NULL::BIGINT AS person FROM worded('about')
UNION ALL
SELECT acc, p, text, person FROM spoken WHERE is_visitor AND kind = 0;

-- One number for everything said: shared by all platforms that use numbers.
CREATE OR REPLACE MACRO comment_number(acc, i, kind, k) AS
    (acc + 10) * 10000000000000 + (abs(i) * 4 + kind + CASE WHEN i < 0 THEN 2 ELSE 0 END) * 1009
    + (h(k, 'id') % 1009)::BIGINT;

-- Splits an account's posts into files: at most 500 posts and about 8 MB each.
CREATE OR REPLACE MACRO files_of(source) AS TABLE
WITH running AS (
    SELECT *, (row_number() OVER w - 1) // 500 AS by_posts,
        (sum(strlen(json)) OVER w)::BIGINT // 8000000 AS by_size
    FROM query_table(source) WINDOW w AS (PARTITION BY acc ORDER BY t DESC, p)
)
SELECT acc, string_agg(json, ',' ORDER BY t DESC, p) AS body, min(d) AS first_d, max(d) AS last_d
FROM running GROUP BY acc, by_posts, by_size ORDER BY acc, by_posts, by_size;
