-- Tone: what the words weigh and what the patterns say, put on one scale of probabilities.
-- The numbers follow a fit on the labelled comments in tests/labelled, rounded by hand; they are
-- no model of their own, and the reviews of NoReC only measured them.
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
    SELECT f.*, good_words, bad_words, least(coalesce(good, 0), 6) AS good,
        least(coalesce(bad, 0), 6) AS bad, n NOT IN (SELECT n FROM summed) AS says_nothing,
        -- A plain statement about a service is most often a calm report that it fails.
        names_service AND NOT is_question AND words >= 5 AND coalesce(good, 0) = 0 AND NOT is_praise
            AND NOT is_joy AND NOT is_own_plan AND NOT claims_error AND NOT is_case_enquiry
            AND NOT asks_for_service AND NOT is_sensitive AS is_report
    FROM reading_flags AS f LEFT JOIN summed USING (n)
), scored AS (
    SELECT n, good_words, bad_words, is_report,
        -1.3 + 1.0 * bad + 0.2 * good + 1.7 * is_failing::INT + 1.2 * is_sarcastic::INT
            + 1.1 * is_rhetorical::INT + 2.4 * asks_why::INT + 1.4 * is_report::INT
            + 0.3 * (names_municipality AND NOT is_question)::INT
            + 0.3 * (words >= 8 AND NOT is_question)::INT - 1.0 * is_question::INT
            - 1.4 * claims_error::INT - 0.9 * is_own_plan::INT - 1.0 * asks_for_service::INT
            - 0.6 * is_sensitive::INT - 0.5 * is_praise::INT - 1.0 * is_praise_denied::INT
            AS negative_log,
        -2.0 + 1.3 * good - 0.2 * bad - 1.0 * says_nothing::INT - 1.5 * is_sarcastic::INT
            + 0.3 * is_praise::INT + 0.8 * is_joy::INT + 1.0 * is_praise_denied::INT
            + 0.7 * has_exclamation::INT - 1.6 * is_question::INT - 0.9 * claims_error::INT
            - 0.7 * asks_for_service::INT - 0.6 * is_sensitive::INT AS positive_log,
        2.0 * is_spam::INT AS neutral_log
    FROM felt
)
SELECT n, good_words, bad_words, is_report,
    exp(negative_log) / (exp(negative_log) + exp(positive_log) + exp(neutral_log)) AS negative_score,
    exp(positive_log) / (exp(negative_log) + exp(positive_log) + exp(neutral_log)) AS positive_score
FROM scored;
