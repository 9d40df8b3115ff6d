-- Each text as lower-case words and marks with one blank between them, starting and ending in a
-- full stop, so that patterns can speak of whole words and of how a sentence begins and ends.
CREATE OR REPLACE TEMP MACRO named_marks(t) AS  -- links, smileys, tags; 08.00 and 1,5 stay one word
    regexp_replace(regexp_replace(CASE
        WHEN NOT regexp_matches(t, '://|www\.|[:;=]-?[)(d]|<3') THEN t
        ELSE regexp_replace(regexp_replace(regexp_replace(t,
            'https?://\S+|www\.\S+', ' nettlenke ', 'g'),
            '[:;=]-?[)d]|<3', ' 🙂 ', 'g'), '[:;=]-?[(]', ' 🙁 ', 'g') END,
        '@…|@[\pL\pM\d_.·-]*[\pL\pM\d_]', ' @navn ', 'g'),
        '(\d)[.,:](\d)', '\1·\2', 'g');
-- Question marks of other scripts are one: Arabic, full width, Ethiopic, Armenian, doubled, Greek. The
-- Greek one is mostly typed as a semicolon, which asks after a Greek letter only.
CREATE OR REPLACE TEMP MACRO asking_marks(t) AS CASE
    WHEN contains(t, ';') THEN regexp_replace(t, '(\p{Greek}\p{Zs}*);', '\1?', 'g') ELSE t END;
CREATE OR REPLACE TEMP TABLE reading_plain AS
WITH kept AS (  -- without emoji skin tones, joiners, and letters that are blank
    SELECT n, text_hash, text, replace(regexp_replace(
            asking_marks(translate(lower(coalesce(text, '')),
                '؟？﹖︖፧՞⁇⁈⁉⸮꛷' || chr(894), '????????????')),
            '[\x{FE0F}\x{200D}\x{1F3FB}-\x{1F3FF}\x{200B}\x{00AD}\x{3164}\x{115F}\x{1160}\x{FFA0}]',
            '', 'g'), chr(10), ' . ') AS words
    FROM reading_numbered
), apart AS (
    SELECT n, text_hash, text, ' . ' || regexp_replace(replace(named_marks(words), '…', ' . '),
        '([^\pL\pM\d@·\[\]’''/\-\p{Zs}]|[.,])', ' \1 ', 'g') || ' . ' AS words
    FROM kept
)
SELECT n, text_hash, text, replace(replace(replace(replace(replace(replace(words, chr(160), ' '),
    chr(9), ' '), chr(13), ' '), '  ', ' '), '  ', ' '), '  ', ' ') AS plain
FROM apart;
