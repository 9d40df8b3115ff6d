-- The two lists a municipality may edit. A stem ends in * when more letters may follow; phrases
-- may hold blanks. In cues.csv a flag in braces is a named set: {name} in a pattern stands for it.
CREATE OR REPLACE TEMP TABLE reading_words AS
SELECT lower(stem) AS stem, rtrim(lower(stem), '*') AS letters, ends_with(stem, '*') AS is_open,
    weight, language, kind
FROM read_csv(getvariable('words_file'), header = true, quote = '"', columns = {
    'stem': 'VARCHAR', 'weight': 'DOUBLE', 'language': 'VARCHAR', 'kind': 'VARCHAR'});

CREATE OR REPLACE TEMP TABLE reading_cues AS
WITH lines AS (
    SELECT flag, pattern
    FROM read_csv(getvariable('cues_file'), header = true, quote = '"', escape = '"', columns = {
        'flag': 'VARCHAR', 'pattern': 'VARCHAR', 'note': 'VARCHAR'})
), sets AS (
    SELECT list({'name': flag, 'pattern': pattern}) AS named FROM lines WHERE flag LIKE '{%}'
)
-- One alternation per flag, matched between blanks: RE2 reads a text once however many there are.
SELECT flag, ' (?:' || string_agg(list_reduce(
        sets.named, lambda done, one: replace(done, one.name, one.pattern), pattern), '|') || ') ' AS pattern
FROM lines, sets WHERE flag NOT LIKE '{%}' GROUP BY flag;

CREATE OR REPLACE TEMP MACRO cue(name) AS (SELECT pattern FROM reading_cues WHERE flag = name);
SET VARIABLE cue_question = cue('question');
SET VARIABLE cue_question_mark = cue('question_mark');
SET VARIABLE cue_rhetorical = cue('rhetorical');
SET VARIABLE cue_conditional = cue('conditional');
SET VARIABLE cue_claims_error = cue('claims_error');
SET VARIABLE cue_case = cue('is_case_enquiry');
SET VARIABLE cue_sensitive = cue('is_sensitive');
SET VARIABLE cue_failing = cue('failing');
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
SET VARIABLE cue_joy = cue('joy');
SET VARIABLE phrases = (SELECT ' (?:' || string_agg(letters, '|' ORDER BY length(letters) DESC) || ') '
    FROM reading_words WHERE kind = 'phrase');
