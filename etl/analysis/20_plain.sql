-- Each text as lower-case words and marks with one blank between them, starting and ending in a
-- full stop, so that patterns can speak of whole words and of how a sentence begins and ends.
CREATE OR REPLACE TEMP MACRO without_marks(t) AS  -- emoji skin tones, joiners, smileys, links, tags
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(t),
        '[\x{FE0F}\x{200D}\x{1F3FB}-\x{1F3FF}\x{200B}\x{00AD}]', '', 'g'),
        'https?://\S+|www\.\S+', ' @lenke ', 'g'),
        '@…|@[\pL\pM\d_.·-]*[\pL\pM\d_]', ' @navn ', 'g'),
        '[:;=]-?[)d]|<3', ' 🙂 ', 'g'), '[:;=]-?[(]', ' 🙁 ', 'g');
CREATE OR REPLACE TEMP TABLE reading_plain AS
WITH numbered AS (
    SELECT text_hash, text, row_number() OVER ()::INTEGER AS n FROM reading_texts
), kept AS (  -- 08.00 and 1,5 stay one word
    SELECT n, text_hash, text, regexp_replace(without_marks(coalesce(text, '')),
        '(\d)[.,:](\d)', '\1·\2', 'g') AS words FROM numbered
), apart AS (
    SELECT n, text_hash, text, regexp_replace(
        replace(replace(words, chr(10), ' . '), '…', ' . '),
        '([^\pL\pM\d@·\[\]’''/\-\s]|[.,])', ' \1 ', 'g') AS words FROM kept
)
SELECT n, text_hash, text,
    regexp_replace(' . ' || words || ' . ', '\s+', ' ', 'g') AS plain FROM apart;
