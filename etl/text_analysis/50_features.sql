-- What the models weigh besides words: every column but n. A new column is used from the next
-- time that the models are fitted.
CREATE OR REPLACE TEMP TABLE reading_features AS
WITH moved AS (  -- «ikke bra» is bad, «ikke dårlig» is mildly good
    SELECT n, is_general, weight * CASE WHEN NOT coalesce(is_negated, false) THEN 1
        WHEN weight > 0 THEN -0.7 ELSE -0.5 END AS weight FROM reading_hits
), summed AS (
    SELECT n,
        least(coalesce(sum(weight) FILTER (weight > 0 AND NOT is_general), 0), 6) AS good,
        least(coalesce(-sum(weight) FILTER (weight < 0 AND NOT is_general), 0), 6) AS bad,
        least(coalesce(sum(weight) FILTER (weight > 0 AND is_general), 0), 8) AS general_good,
        least(coalesce(-sum(weight) FILTER (weight < 0 AND is_general), 0), 8) AS general_bad
    FROM moved GROUP BY n
), felt AS (
    -- Memories, news, advice to others: only the tone asks for them.
    SELECT f.*, plain, says_if(plain, NOT is_question, 'cue_aside') AS is_aside,
        coalesce(good, 0) AS good, coalesce(bad, 0) AS bad,
        coalesce(general_good, 0) AS general_good, coalesce(general_bad, 0) AS general_bad,
        -- A plain statement about a service is most often a calm report that it fails.
        names_service AND NOT is_question AND words >= 5 AND coalesce(good, 0) = 0 AND NOT is_praise
            AND NOT is_joy AND NOT is_own_plan AND NOT is_aside AND NOT claims_error AND NOT is_case_enquiry
            AND NOT asks_for_service AND NOT is_sensitive AS is_report
    FROM reading_flags AS f JOIN reading_plain USING (n) LEFT JOIN summed USING (n)
)
SELECT n, good, bad, general_good, general_bad,
    general_good / sqrt(words + 1) AS general_good_share,
    general_bad / sqrt(words + 1) AS general_bad_share,
    (good = 0 AND bad = 0)::INT AS says_nothing, (good > bad)::INT AS is_mostly_good,
    (bad > good)::INT AS is_mostly_bad,
    ln(words + 2) AS length, (words >= 8 AND NOT is_question)::INT AS is_long_statement,
    is_question::INT AS is_question, is_rhetorical::INT AS is_rhetorical, is_spam::INT AS is_spam,
    is_failing::INT AS is_failing, (is_failing AND NOT is_question)::INT AS states_failing,
    names_service::INT AS names_service, is_report::INT AS is_report,
    claims_error::INT AS claims_error, is_case_enquiry::INT AS is_case_enquiry,
    is_sensitive::INT AS is_sensitive, asks_for_service::INT AS asks_for_service,
    is_sarcastic::INT AS is_sarcastic, is_praise::INT AS is_praise,
    is_praise_denied::INT AS is_praise_denied, is_joy::INT AS is_joy, asks_why::INT AS asks_why,
    names_municipality::INT AS names_municipality, is_concrete::INT AS is_concrete,
    is_own_plan::INT AS is_own_plan, is_aside::INT AS is_aside, starts_with_tag::INT AS starts_with_tag,
    has_exclamation::INT AS has_exclamation, contains(plain, ' men ')::INT AS has_but,
    regexp_matches(plain, ' (?:ikke|ikkje|itj|not) ')::INT AS has_not
FROM felt;
