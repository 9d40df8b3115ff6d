-- The two lists a municipality may edit. A stem ends in * when more letters may follow, and
-- starts with * when others may stand before it; phrases may hold blanks. In cues.csv a flag in braces is a named set: {name} in a pattern stands for it.
-- The municipality's own lines stand above the shipped ones with the same stem; weight 0 takes a
-- stem out.
-- How a municipality's file is written is looked at; ours is known.
CREATE OR REPLACE TEMP MACRO word_lines(file, is_ours) AS TABLE
    SELECT lower(trim(stem)) AS stem, weight, language, kind
    -- A line that cannot be read is left out: a slip in the list stops no build.
    FROM read_csv(file, auto_detect = NOT is_ours, header = true, quote = '"',
        ignore_errors = true, columns = {
        'stem': 'VARCHAR', 'weight': 'DOUBLE', 'language': 'VARCHAR', 'kind': 'VARCHAR'});
CREATE OR REPLACE TEMP TABLE reading_words AS
WITH own AS (FROM word_lines(getvariable('own_words_file'), false)),
lines AS (
    SELECT *, true AS is_own FROM own
    UNION ALL SELECT *, false FROM word_lines(getvariable('words_file'), true) ANTI JOIN own USING (stem)
)
SELECT stem, trim(stem, '*') AS letters, ends_with(stem, '*') AS is_open,
    starts_with(stem, '*') AS is_ending, weight, language, kind, is_own
FROM lines WHERE weight <> 0 OR kind IN ('negation', 'function');

CREATE OR REPLACE TEMP TABLE reading_cues AS
WITH lines AS (
    SELECT flag, pattern
    FROM read_csv(getvariable('cues_file'), auto_detect = false, header = true, delim = ',',
        quote = '"', escape = '"', columns = {
        'flag': 'VARCHAR', 'pattern': 'VARCHAR', 'note': 'VARCHAR'})
), sets AS (
    SELECT list({'name': flag, 'pattern': pattern}) AS named FROM lines WHERE flag LIKE '{%}'
)
-- One alternation per flag, matched between blanks: RE2 reads a text once however many there are,
-- until they are so many that its table of states overflows: the largest flags come in parts, as
-- many as read fastest (measured).
, numbered AS (
    SELECT flag, pattern, row_number() OVER (PARTITION BY flag ORDER BY pattern)
        % CASE flag WHEN 'claims_error' THEN 4 WHEN 'question' THEN 3 WHEN 'is_case_enquiry' THEN 2
            WHEN 'failing' THEN 2 ELSE 1 END AS part
    FROM lines WHERE flag NOT LIKE '{%}'
)
SELECT flag, part, ' (?:' || string_agg(list_reduce(
        sets.named, lambda done, one: replace(done, one.name, one.pattern), pattern), '|') || ') ' AS pattern
FROM numbered, sets GROUP BY flag, part;

CREATE OR REPLACE TEMP MACRO cue(name, number := 0) AS (
    SELECT coalesce(any_value(pattern), '^$') FROM reading_cues WHERE flag = name AND part = number);
SET VARIABLE cue_question_0 = cue('question', 0);
SET VARIABLE cue_question_1 = cue('question', 1);
SET VARIABLE cue_question_2 = cue('question', 2);
SET VARIABLE cue_named = cue('question_named');
SET VARIABLE cue_rhetorical = cue('rhetorical');
SET VARIABLE cue_conditional = cue('conditional');
SET VARIABLE cue_clause = cue('clause');
SET VARIABLE cue_request = cue('request');
SET VARIABLE cue_claims_error_0 = cue('claims_error', 0);
SET VARIABLE cue_claims_error_1 = cue('claims_error', 1);
SET VARIABLE cue_claims_error_2 = cue('claims_error', 2);
SET VARIABLE cue_claims_error_3 = cue('claims_error', 3);
SET VARIABLE cue_case_0 = cue('is_case_enquiry', 0);
SET VARIABLE cue_case_1 = cue('is_case_enquiry', 1);
SET VARIABLE cue_sensitive = cue('is_sensitive');
SET VARIABLE cue_failing_0 = cue('failing', 0);
SET VARIABLE cue_failing_1 = cue('failing', 1);
SET VARIABLE cue_sarcasm = cue('sarcasm');
SET VARIABLE cue_praise = cue('praise');
SET VARIABLE cue_praise_denied = cue('praise_denied');
SET VARIABLE cue_spam = cue('spam');
SET VARIABLE cue_banter = cue('banter');
SET VARIABLE cue_to_municipality = cue('to_municipality');
SET VARIABLE cue_concrete = cue('concrete');
SET VARIABLE cue_service = cue('service_request');
SET VARIABLE cue_why = cue('why');
SET VARIABLE cue_you = cue('you');
SET VARIABLE cue_service_named = cue('service');
SET VARIABLE cue_own_plan = cue('own_plan');
SET VARIABLE cue_aside = cue('aside');
SET VARIABLE cue_joy = cue('joy');
-- What few texts say, in one pattern: only a text that it finds is read for each of them.
SET VARIABLE cue_seldom = (SELECT '(?:' || string_agg(pattern, '|') || ')' FROM reading_cues
    WHERE flag IN ('spam', 'request', 'service_request', 'joy', 'praise_denied'));
SET VARIABLE phrases = (SELECT ' (?:' || string_agg(letters, '|' ORDER BY length(letters) DESC) || ') '
    FROM reading_words WHERE kind = 'phrase');
