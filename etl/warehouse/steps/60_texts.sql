-- What the analysis reads: every distinct text once.
CREATE OR REPLACE TEMP TABLE item_texts AS
SELECT rowid AS voice, is_text_withheld,
    coalesce(md5(text), 'kept ' || comment_id) AS text_hash,
    -- The same words again by the same writer of a thread say nothing new (M2).
    text IS NOT NULL AND row_number() OVER (
        PARTITION BY thread_id, coalesce(writer_key, writer_name_key, comment_id), text
        ORDER BY created_at, comment_id) > 1 AS is_repeat
FROM voices WHERE NOT is_account;

CREATE OR REPLACE TEMP TABLE texts AS
SELECT md5(text) AS text_hash, any_value(text) AS text
FROM voices WHERE NOT is_account AND text IS NOT NULL GROUP BY ALL;
