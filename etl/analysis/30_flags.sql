-- What a text is, by its patterns alone. None of these looks at the tone.
CREATE OR REPLACE TEMP TABLE reading_flags AS
WITH cues AS (
    SELECT n, text,
        regexp_matches(plain, getvariable('cue_question')) AS asks,
        contains(plain, ' ? ') AS has_question_mark,
        regexp_matches(plain, getvariable('cue_rhetorical')) AS is_rhetorical,
        regexp_matches(plain, getvariable('cue_conditional')) AS is_conditional,
        regexp_matches(plain, getvariable('cue_claims_error')) AS claims_error,
        regexp_matches(plain, getvariable('cue_case')) AS is_case_enquiry,
        regexp_matches(plain, getvariable('cue_sensitive')) AS is_sensitive,
        regexp_matches(plain, getvariable('cue_failing')) AS is_failing,
        regexp_matches(plain, getvariable('cue_sarcasm')) AS is_sarcastic,
        regexp_matches(plain, getvariable('cue_praise')) AS is_praise,
        regexp_matches(plain, getvariable('cue_praise_denied')) AS is_praise_denied,
        regexp_matches(plain, getvariable('cue_spam')) AS is_spam,
        regexp_matches(plain, getvariable('cue_banter')) AS is_banter,
        regexp_matches(plain, getvariable('cue_to_municipality')) AS is_to_municipality,
        regexp_matches(plain, getvariable('cue_concrete')) AS is_concrete,
        regexp_matches(plain, getvariable('cue_service')) AS asks_for_service,
        regexp_matches(plain, getvariable('cue_why')) AS asks_why,
        regexp_matches(plain, getvariable('cue_you')) AS names_municipality,
        regexp_matches(plain, getvariable('cue_joy')) AS is_joy,
        regexp_matches(plain, getvariable('cue_service_named')) AS names_service,
        regexp_matches(plain, getvariable('cue_own_plan')) AS is_own_plan,
        length(plain) - length(replace(plain, ' ', '')) - 3 AS words,
        starts_with(plain, ' . @navn ') AS starts_with_tag,
        contains(plain, ' ! ') AS has_exclamation,
        plain
    FROM reading_plain
), bare AS (  -- what is left without tags, links and marks
    SELECT n, regexp_replace(regexp_replace(plain, '@navn', '', 'g'), '[\s.]', '', 'g') AS rest FROM cues
)
SELECT cues.* EXCLUDE (text, plain, asks),
    (asks AND NOT is_conditional OR has_question_mark) AND NOT is_rhetorical AND NOT is_spam AS is_question,
    CASE WHEN trim(coalesce(text, '')) = '' THEN 'empty'
        WHEN rest = '' AND contains(plain, '@navn') THEN 'tag_only'
        WHEN regexp_full_match(rest, '[\pP\pS\d\pM\x{20E3}\x{E0020}-\x{E007F}]*')
            AND regexp_matches(rest, '[\p{So}\p{Sk}]') AND NOT regexp_matches(rest, '\d\d')
            THEN CASE WHEN contains(plain, '@navn') THEN 'tag_only' ELSE 'emoji_only' END
        ELSE 'text' END AS content_kind
FROM cues JOIN bare USING (n);
