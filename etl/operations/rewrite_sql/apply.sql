-- Carries `plan` out on the lake_* tables; first the texts that go are read for the last time.
DELETE FROM lake_comments USING plan
WHERE plan.import_id = lake_comments.import_id AND plan.comment_id = lake_comments.comment_id AND loses_row;
DELETE FROM lake_kept USING plan
WHERE plan.import_id = lake_kept.import_id AND plan.comment_id = lake_kept.comment_id AND (loses_row OR is_withheld);

INSERT INTO lake_kept BY NAME
SELECT import_id, comment_id, answered_at,
    coalesce(row_number() OVER (
        PARTITION BY import_id, thread_id, coalesce(writer_key, writer_name_key, comment_id), text
        ORDER BY created_at, line) > 1, false) AS is_repeat,
    last_reading.* EXCLUDE (text_hash, tone_words, positive_score)  -- its words, and what nobody asks of it
FROM lake_comments
JOIN plan USING (import_id, comment_id)
JOIN last_reading ON text_hash = md5(text)
WHERE (loses_text OR is_erased) AND NOT is_withheld AND NOT plan.is_own;

UPDATE lake_comments SET text = NULL FROM plan
WHERE plan.import_id = lake_comments.import_id AND plan.comment_id = lake_comments.comment_id AND loses_text;

UPDATE lake_comments
SET mention_keys = list_transform(mention_keys,
    lambda one: CASE WHEN list_contains(lost, one) THEN 'gone' ELSE one END)
FROM (SELECT place, list(lost_key) AS lost FROM lost_keys GROUP BY ALL)
WHERE place = coalesce(post_id, thread_id) AND list_has_any(mention_keys, lost);

UPDATE lake_comments SET writer_key = NULL, writer_name_key = NULL, mention_keys = NULL FROM plan
WHERE plan.import_id = lake_comments.import_id AND plan.comment_id = lake_comments.comment_id AND loses_writer;

UPDATE lake_comments SET text = NULL, is_text_withheld = true FROM plan
WHERE plan.import_id = lake_comments.import_id AND plan.comment_id = lake_comments.comment_id AND is_withheld;

UPDATE lake_posts SET text = NULL
WHERE is_vulnerable_now(platform, account_native, account_handle, account_ref);

UPDATE lake_rejected SET raw = NULL FROM old_rejects
WHERE old_rejects.import_id = lake_rejected.import_id;
