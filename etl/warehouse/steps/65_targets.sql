-- What the items need besides: the target that was in force, the flags by name, the part at hand.
-- One that ends without another in its place gives way to the suggestion, as where there is none.
CREATE OR REPLACE TEMP TABLE targets_in_force AS
SELECT valid_from, (value * CASE unit
    WHEN 'working_days' THEN getvariable('working_day_seconds')
    WHEN 'working_minutes' THEN 60 ELSE 3600 END)::BIGINT AS target_seconds
FROM targets WHERE metric = 'answer_within'
UNION ALL BY NAME
-- Suggested, never adopted by itself: one working day (M5).
SELECT DATE '1970-01-01' AS valid_from, getvariable('working_day_seconds')::BIGINT AS target_seconds
WHERE NOT EXISTS (SELECT 1 FROM targets
    WHERE metric = 'answer_within' AND valid_from <= DATE '1970-01-01')
UNION ALL BY NAME
SELECT valid_to + 1 AS valid_from, getvariable('working_day_seconds')::BIGINT AS target_seconds
FROM targets AS ended
WHERE metric = 'answer_within' AND valid_to IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM targets AS newer WHERE newer.metric = ended.metric
        AND newer.valid_from > ended.valid_from AND newer.valid_from <= ended.valid_to + 1);

CREATE OR REPLACE TEMP MACRO flag_names(question, error, own_case, sensitive) AS list_filter([
    CASE WHEN question THEN 'is_question' END, CASE WHEN error THEN 'claims_error' END,
    CASE WHEN own_case THEN 'is_case_enquiry' END, CASE WHEN sensitive THEN 'is_sensitive' END
], lambda flag: flag IS NOT NULL);

CREATE OR REPLACE TEMP MACRO is_in_part(voice) AS
    voice BETWEEN getvariable('first_voice') AND getvariable('last_voice');
