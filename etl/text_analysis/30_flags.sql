-- What a text is, by its patterns alone. None of these looks at the tone. Patterns that only matter
-- for questions, or only for statements, are read for those alone.
CREATE OR REPLACE TEMP MACRO says(t, name) AS regexp_matches(t, getvariable(name));
CREATE OR REPLACE TEMP MACRO in_two(t, a, b) AS regexp_matches(t, a) OR regexp_matches(t, b);
CREATE OR REPLACE TEMP MACRO in_three(t, a, b, c) AS regexp_matches(t, a) OR in_two(t, b, c);
CREATE OR REPLACE TEMP MACRO says_if(t, may_say, name) AS CASE WHEN may_say THEN says(t, name) ELSE false END;
CREATE OR REPLACE TEMP MACRO without(t, is_there, name) AS CASE WHEN NOT is_there THEN t
    ELSE regexp_replace(t, '[^.?!]*' || getvariable(name) || '[^.?!]*(?:[.?!] ?)*', ' . ', 'g') END;
-- The optimizer would read in every pattern once more, to see whether it is but a plain word.
SET disabled_optimizers = 'expression_rewriter';
CREATE OR REPLACE TEMP TABLE reading_flags AS
WITH asked AS (  -- each step reads what the one before found, so no pattern runs twice
    SELECT n, text, plain, contains(plain, ' ? ') AS has_question_mark,
        in_three(plain, getvariable('cue_question_0'), getvariable('cue_question_1'),
            getvariable('cue_question_2')) AS has_cue,
        says(plain, 'cue_seldom') AS is_seldom,
        in_two(plain, getvariable('cue_failing_0'), getvariable('cue_failing_1')) AS is_failing
    FROM reading_plain
), judged AS (  -- «Kommer Berg også»: a name tells that the verb asks, and only its capital tells the name
    SELECT *, has_cue OR has_question_mark OR says(concat(' ', text, ' '), 'cue_named') AS may_ask,
        says_if(plain, is_seldom, 'cue_request') AS is_request, says_if(plain, is_seldom, 'cue_spam') AS is_spam,
        says_if(plain, has_cue OR has_question_mark, 'cue_rhetorical') AS is_rhetorical,
        says_if(plain, has_cue AND NOT has_question_mark, 'cue_conditional') AS is_conditional,
        says_if(plain, has_cue, 'cue_clause') AS is_clause
    FROM asked
), remaining AS (  -- what else the text says, beside the sentence that only looks like a question
    SELECT *, CASE WHEN may_ask AND (is_request OR is_rhetorical OR is_clause)
        THEN without(without(without(plain, is_request, 'cue_request'), is_rhetorical, 'cue_rhetorical'),
            is_clause, 'cue_clause') END AS other_words
    FROM judged
), sorted AS (
    SELECT * EXCLUDE (other_words), may_ask AND NOT is_conditional AND NOT is_spam AND CASE WHEN other_words IS NULL THEN true
        ELSE contains(other_words, ' ? ') OR in_three(other_words, getvariable('cue_question_0'),
            getvariable('cue_question_1'), getvariable('cue_question_2')) END AS is_question
    FROM remaining
), placed AS (
    SELECT *, says_if(plain, is_failing OR NOT is_question, 'cue_service_named') AS names_service FROM sorted
)
SELECT n, is_question, is_rhetorical, is_spam, is_failing, names_service,
    in_two(plain, getvariable('cue_claims_error_0'), getvariable('cue_claims_error_1'))
        OR in_two(plain, getvariable('cue_claims_error_2'), getvariable('cue_claims_error_3')) AS claims_error,
    in_two(plain, getvariable('cue_case_0'), getvariable('cue_case_1')) AS is_case_enquiry,
    says(plain, 'cue_sensitive') AS is_sensitive,
    is_request OR says_if(plain, is_seldom, 'cue_service') AS asks_for_service,
    says(plain, 'cue_sarcasm') AS is_sarcastic,
    says(plain, 'cue_praise') AS is_praise,
    says_if(plain, is_seldom, 'cue_praise_denied') AS is_praise_denied,
    says_if(plain, is_seldom, 'cue_joy') AS is_joy,
    says_if(plain, may_ask, 'cue_why') AS asks_why,
    says_if(plain, is_question, 'cue_banter') AS is_banter,
    says_if(plain, is_question, 'cue_to_municipality') AS is_to_municipality,
    says_if(plain, NOT is_question, 'cue_you') AS names_municipality,
    says_if(plain, is_failing OR names_service, 'cue_concrete') AS is_concrete,
    says_if(plain, NOT is_question, 'cue_own_plan') AS is_own_plan,
    length(plain) - length(replace(plain, ' ', '')) - 3 AS words,
    starts_with(plain, ' . @navn ') AS starts_with_tag,
    contains(plain, ' ! ') AS has_exclamation,
    -- A word that starts with a letter is a text; what is left then is tags, marks and emoji.
    CASE WHEN regexp_matches(plain, ' [\pL\d\[]') THEN 'text'
        -- Nothing, or nothing but signs that nobody sees.
        WHEN regexp_full_match(coalesce(text, ''),
            '[\p{Z}\p{C}\x{FE00}-\x{FE0F}\x{034F}\x{2800}\x{3164}\x{115F}\x{1160}\x{FFA0}]*') THEN 'empty'
        WHEN contains(plain, '@navn') THEN 'tag_only'
        WHEN regexp_matches(plain, '[\p{So}\p{Sk}]') THEN 'emoji_only'
        ELSE 'text' END AS content_kind
FROM placed;
RESET disabled_optimizers;
