-- Tone: what the words weigh and what the patterns say, put on one scale of probabilities.
-- The numbers were set by hand on the labelled comments in tests/labelled; NoReC only measured them.
CREATE OR REPLACE TEMP TABLE reading_tone AS
WITH moved AS (  -- «ikke bra» is bad, «ikke dårlig» is mildly good
    SELECT n, words, weight * CASE WHEN NOT coalesce(is_negated, false) THEN 1
        WHEN weight > 0 THEN -0.7 ELSE -0.5 END AS weight FROM reading_hits
), summed AS (
    SELECT n, sum(weight) FILTER (weight > 0) AS good, -sum(weight) FILTER (weight < 0) AS bad,
        array_to_string(list(DISTINCT words ORDER BY words) FILTER (weight > 0)[:4], ', ') AS good_words,
        array_to_string(list(DISTINCT words ORDER BY words) FILTER (weight < 0)[:4], ', ') AS bad_words
    FROM moved GROUP BY n
), felt AS (
    SELECT f.n, good_words, bad_words,
        least(coalesce(good, 0), 8) AS good, least(coalesce(bad, 0), 8) AS bad, f.*
    FROM reading_flags AS f LEFT JOIN summed USING (n)
), scored AS (
    SELECT n, good_words, bad_words,
        -1.5 + 0.9 * bad - 0.5 * good + 1.6 * is_failing::INT + 2.2 * is_sarcastic::INT
            + 1.2 * is_rhetorical::INT - 3 * is_praise_denied::INT - 0.4 * is_praise::INT
            - 0.5 * is_question::INT AS negative_log,
        -1.5 + 0.9 * good - 0.6 * bad - 1.4 * is_failing::INT - 2 * is_sarcastic::INT
            + 1.3 * is_praise::INT + 3 * is_praise_denied::INT - 1.3 * is_question::INT
            + 0.3 * has_exclamation::INT AS positive_log,
        0.6 * is_question::INT + 3 * is_spam::INT + 0.8 * starts_with_tag::INT
            + 0.5 * claims_error::INT AS neutral_log
    FROM felt
)
SELECT n, good_words, bad_words,
    exp(negative_log) / (exp(negative_log) + exp(positive_log) + exp(neutral_log)) AS negative_score,
    exp(positive_log) / (exp(negative_log) + exp(positive_log) + exp(neutral_log)) AS positive_score
FROM scored;
