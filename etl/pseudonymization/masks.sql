-- The masks, put on every text in `suspects` (privacy.sql), which need not hold one that must go.
-- All in one pass: to read in the patterns takes longer than to mask a few texts.
CREATE OR REPLACE TEMP TABLE masked AS
-- One mask a step: macros inside macros would work each text through many times over.
WITH unsigned AS (
    SELECT * REPLACE (CASE WHEN is_own THEN without_initials(text) ELSE text END AS text)
    FROM suspects
),
no_addresses AS (SELECT * REPLACE (mask_email(text) AS text) FROM unsigned),
no_numbers AS (SELECT * REPLACE (mask_numbers(text) AS text) FROM no_addresses),
no_names AS (SELECT * REPLACE (mask_names(text, names) AS text) FROM no_numbers)
SELECT source, place, mask_tags(text, getvariable('own_handles')) AS text FROM no_names;

UPDATE named_posts SET text = masked.text FROM masked
WHERE source = 'posts' AND place = named_posts.rowid;
UPDATE named_comments SET text = masked.text FROM masked
WHERE source = 'comments' AND place = named_comments.rowid;
UPDATE named_rejects SET text = masked.text FROM masked
WHERE source = 'rejects' AND place = named_rejects.rowid;
DROP TABLE masked;
