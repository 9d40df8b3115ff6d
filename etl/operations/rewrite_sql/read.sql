-- The texts that go, for the last reading.
CREATE OR REPLACE TEMP TABLE last_texts AS
SELECT md5(text) AS text_hash, any_value(text) AS text
FROM lake_comments JOIN plan USING (import_id, comment_id)
WHERE text IS NOT NULL AND (loses_text OR is_erased) AND NOT is_withheld AND NOT plan.is_own
GROUP BY ALL;
