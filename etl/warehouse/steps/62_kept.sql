-- Comments whose text was taken out (R16) keep what the text was read as, and their answer.
CREATE OR REPLACE TEMP TABLE kept AS
SELECT voices.rowid AS voice, 'kept ' || comment_id AS text_hash,
    read_kept.* EXCLUDE (import_id, comment_id)
FROM read_kept JOIN voices USING (comment_id)
QUALIFY row_number() OVER (PARTITION BY comment_id ORDER BY answered_at NULLS LAST, import_id) = 1;

INSERT INTO analysed BY NAME SELECT * EXCLUDE (voice, is_repeat, answered_at) FROM kept;

UPDATE item_texts SET is_repeat = true
FROM kept WHERE kept.voice = item_texts.voice AND kept.is_repeat
    AND kept.text_hash = item_texts.text_hash;

-- Without the writer's key a reply to somebody by name finds nobody.
UPDATE answers SET answered_at = kept.answered_at
FROM kept WHERE kept.voice = answers.voice AND kept.answered_at < answers.answered_at;

INSERT INTO answers BY NAME
SELECT voice, answered_at FROM kept ANTI JOIN answers USING (voice)
WHERE answered_at IS NOT NULL;
