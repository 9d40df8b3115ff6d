-- The result, one row per text. Between 0.25 and 0.6 «negative» is right every second time only:
-- the page calls that band «usikker».
CREATE OR REPLACE TEMP VIEW reading_result AS
WITH languages AS (
    SELECT n, count(*) FILTER (language = 'nb') AS nb, count(*) FILTER (language = 'nn') AS nn,
        count(*) FILTER (language = 'en') AS en
    FROM reading_tokens JOIN reading_vocabulary USING (token) WHERE kind = 'function' GROUP BY n
), told AS (  -- the lines of the list that weigh most, for either side
    SELECT n,
        array_to_string(list(shown ORDER BY weight DESC, shown) FILTER (weight > 0)[:4], ', ') AS good_words,
        array_to_string(list(shown ORDER BY weight, shown) FILTER (weight < 0)[:4], ', ') AS bad_words
    FROM (SELECT n, regexp_replace(trim(stem), '^\*|\*$', '…', 'g') AS shown,
            sum(CASE WHEN is_negated THEN -weight ELSE weight END) AS weight
        FROM reading_hits GROUP BY n, shown)
    GROUP BY n
), best AS (
    SELECT *, CASE WHEN negative_score >= positive_score AND negative_score >= 1 - negative_score - positive_score
            THEN 'negative'
        WHEN positive_score >= 1 - negative_score - positive_score THEN 'positive'
        ELSE 'neutral' END AS tone_best
    FROM reading_tone
)
SELECT p.text_hash,
    CASE WHEN content_kind <> 'text' THEN 'other' WHEN en > nb AND en > nn THEN 'en'
        WHEN nn > nb THEN 'nn' WHEN nb > 0 OR regexp_matches(p.plain, '[æøå]') THEN 'nb'
        ELSE 'other' END AS language,
    CASE WHEN negative_score >= 0.25 AND negative_score < 0.6 THEN 'unclear' ELSE tone_best END AS tone,
    round(negative_score, 4) AS negative_score,
    round(positive_score, 4) AS positive_score, tone_best,
    nullif(CASE tone_best WHEN 'negative' THEN bad_words WHEN 'positive' THEN good_words
        ELSE concat_ws(', ', bad_words, good_words) END, '') AS tone_words,
    is_question, claims_error, is_case_enquiry, is_sensitive,
    NOT is_spam AND content_kind = 'text' AND (
        claims_error OR is_case_enquiry OR is_sensitive OR asks_for_service
        OR is_question AND (is_to_municipality OR NOT (starts_with_tag OR is_banter))
        OR (is_failing OR is_report AND is_concrete) AND (is_concrete OR names_service)) AS needs_reply,
    asks_for_service, is_spam, content_kind, getvariable('reading_version') AS model_version
FROM reading_plain AS p JOIN reading_flags USING (n) JOIN best USING (n)
    JOIN (SELECT n, is_report = 1 AS is_report FROM reading_features) AS reported USING (n)
    LEFT JOIN languages USING (n) LEFT JOIN told USING (n);
