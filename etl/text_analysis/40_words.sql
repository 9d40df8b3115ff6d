-- The words of the list that a text holds, each with what it weighs after negation.
CREATE OR REPLACE TEMP TABLE reading_tokens AS
SELECT n, unnest(words) AS token, unnest(words[2:]) AS next_token,
    generate_subscripts(words, 1)::SMALLINT AS place
FROM (SELECT n, string_split(trim(plain), ' ') AS words FROM reading_plain);

-- Every different word is looked up once: exact before open stems, longer stems before shorter.
CREATE OR REPLACE TEMP TABLE reading_vocabulary AS
WITH different AS (SELECT DISTINCT token FROM reading_tokens WHERE token <> ''),
found AS (
    SELECT token, stem, weight, language, kind, 99 AS fit
    FROM different JOIN reading_words ON token = letters WHERE kind <> 'phrase' AND NOT is_ending
    UNION ALL
    SELECT token, stem, weight, language, kind, size AS fit
    FROM (SELECT token, unnest(range(3, least(length(token), 20) + 1)) AS size FROM different) AS starts
    JOIN reading_words ON left(token, size) = letters WHERE is_open
    UNION ALL
    SELECT token, stem, weight, language, kind, 1
    FROM different JOIN reading_words ON is_ending AND length(token) > length(letters) + 2
        AND ends_with(token, letters)
), marks AS (SELECT token FROM different WHERE token IN ('.', '!', '?', ';', ':'))
SELECT token, CASE WHEN kind IN ('word', 'emoji') THEN 'tone' ELSE kind END AS kind,
    arg_max(weight, fit) AS weight, arg_max(language, fit) AS language, arg_max(stem, fit) AS stem
FROM found GROUP BY ALL
UNION ALL SELECT token, 'mark', 0, NULL, NULL FROM marks;

CREATE OR REPLACE TEMP TABLE reading_hits AS
WITH known AS (
    SELECT n, place, token, kind, weight, stem
    FROM reading_tokens JOIN reading_vocabulary USING (token)
), placed AS (
    SELECT *,
        max(place) FILTER (kind = 'negation') OVER before AS negated_at,
        max(place) FILTER (kind = 'mark') OVER before AS mark_at,
        max(place) FILTER (kind = 'booster') OVER before AS boosted_at,
        arg_max(weight, place) FILTER (kind = 'booster') OVER before AS boost,
        max(place) FILTER (kind = 'contrast') OVER (PARTITION BY n) AS contrast_at
    FROM known WHERE kind <> 'function'
    -- By place, not by row: a word of two kinds («aldri») stands twice in one.
    WINDOW before AS (PARTITION BY n ORDER BY place RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT n, stem, kind = 'general' AS is_general,
    negated_at >= place - 5 AND negated_at > coalesce(mark_at, 0) AS is_negated,
    weight * CASE WHEN boosted_at = place - 1 THEN boost ELSE 1 END
        * CASE WHEN contrast_at > place THEN 0.6 ELSE 1 END AS weight
FROM placed WHERE kind IN ('tone', 'general')
UNION ALL
SELECT n, phrase, false, false, weight
FROM (SELECT n, trim(unnest(regexp_extract_all(plain, getvariable('phrases')))) AS phrase FROM reading_plain) AS said
JOIN reading_words ON phrase = letters AND kind = 'phrase';
