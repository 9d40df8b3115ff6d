-- What a text is, by its patterns alone. None of these looks at the tone. Patterns that only matter
-- for questions, or only for statements, are read for those alone.
CREATE OR REPLACE TEMP MACRO says(t, name) AS regexp_matches(t, getvariable(name));
CREATE OR REPLACE TEMP MACRO in_parts(t, a, b, c) AS
    regexp_matches(t, a) OR regexp_matches(t, b) OR regexp_matches(t, c);
CREATE OR REPLACE TEMP MACRO without(t, is_there, name) AS CASE WHEN NOT is_there THEN t
    ELSE regexp_replace(t, '[^.?!]*' || getvariable(name) || '[^.?!]*(?:[.?!] ?)*', ' . ', 'g') END;
CREATE OR REPLACE TEMP TABLE reading_flags AS
WITH asked AS (  -- each step reads what the one before found, so no pattern runs twice
    SELECT n, text, plain, contains(plain, ' ? ') AS has_question_mark,
        says(plain, 'cue_question') AS has_cue, says(plain, 'cue_spam') AS is_spam,
        in_parts(plain, getvariable('cue_failing_0'), getvariable('cue_failing_1'),
            getvariable('cue_failing_2')) AS is_failing
    FROM reading_plain
), judged AS (
    SELECT *, has_cue OR has_question_mark AS may_ask, says(plain, 'cue_request') AS is_request,
        CASE WHEN has_cue OR has_question_mark THEN says(plain, 'cue_rhetorical') ELSE false END AS is_rhetorical,
        CASE WHEN has_cue AND NOT has_question_mark THEN says(plain, 'cue_conditional') ELSE false END AS is_conditional,
        CASE WHEN has_cue THEN says(plain, 'cue_clause') ELSE false END AS is_clause
    FROM asked
), remaining AS (  -- what else the text says, beside the sentence that only looks like a question
    SELECT *, CASE WHEN may_ask AND (is_request OR is_rhetorical OR is_clause)
        THEN without(without(without(plain, is_request, 'cue_request'), is_rhetorical, 'cue_rhetorical'),
            is_clause, 'cue_clause') END AS other_words
    FROM judged
), sorted AS (
    SELECT * EXCLUDE (other_words), may_ask AND NOT is_conditional AND NOT is_spam AND CASE WHEN other_words IS NULL THEN true
        ELSE says(other_words, 'cue_question') OR contains(other_words, ' ? ') END AS is_question FROM remaining
), placed AS (
    SELECT *, CASE WHEN is_question AND NOT is_failing THEN false
        ELSE says(plain, 'cue_service_named') END AS names_service FROM sorted
)
SELECT n, is_question, is_rhetorical, is_spam, is_failing, names_service,
    in_parts(plain, getvariable('cue_claims_error_0'), getvariable('cue_claims_error_1'),
        getvariable('cue_claims_error_2'))
        OR in_parts(plain, getvariable('cue_claims_error_3'), getvariable('cue_claims_error_4'),
            getvariable('cue_claims_error_5')) AS claims_error,
    in_parts(plain, getvariable('cue_case_0'), getvariable('cue_case_1'),
        getvariable('cue_case_2')) AS is_case_enquiry,
    says(plain, 'cue_sensitive') AS is_sensitive,
    is_request OR says(plain, 'cue_service') AS asks_for_service,
    says(plain, 'cue_sarcasm') AS is_sarcastic,
    says(plain, 'cue_praise') AS is_praise,
    says(plain, 'cue_praise_denied') AS is_praise_denied,
    says(plain, 'cue_joy') AS is_joy,
    CASE WHEN may_ask THEN says(plain, 'cue_why') ELSE false END AS asks_why,
    CASE WHEN is_question THEN says(plain, 'cue_banter') ELSE false END AS is_banter,
    CASE WHEN is_question THEN says(plain, 'cue_to_municipality') ELSE false END AS is_to_municipality,
    CASE WHEN is_question THEN false ELSE says(plain, 'cue_you') END AS names_municipality,
    CASE WHEN is_failing OR names_service THEN says(plain, 'cue_concrete') ELSE false END AS is_concrete,
    CASE WHEN is_question THEN false ELSE says(plain, 'cue_own_plan') END AS is_own_plan,
    length(plain) - length(replace(plain, ' ', '')) - 3 AS words,
    starts_with(plain, ' . @navn ') AS starts_with_tag,
    contains(plain, ' ! ') AS has_exclamation,
    -- A word that starts with a letter is a text; what is left then is tags, marks and emoji.
    CASE WHEN regexp_matches(plain, ' [\pL\d\[]') THEN 'text'
        WHEN trim(coalesce(text, '')) = '' THEN 'empty'
        WHEN contains(plain, '@navn') THEN 'tag_only'
        WHEN regexp_matches(plain, '[\p{So}\p{Sk}]') THEN 'emoji_only'
        ELSE 'text' END AS content_kind
FROM placed;
