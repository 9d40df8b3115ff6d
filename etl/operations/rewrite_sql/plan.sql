-- What each stored comment loses (R15, R16), by the retention rules, in `plan`; the imports that
-- hold anything of it in `touched`. Needs stored_* (the lake), known_items and item_ids (of the
-- warehouse), import_times and the variables text_before, rows_before, answered_before, blocked.
-- An item may have another id in the lake than in the warehouse (item_ids).
CREATE OR REPLACE TEMP TABLE stored_items AS
SELECT stored_comments.* EXCLUDE (thread_id), coalesce(own.item_id, comment_id) AS item_id,
    coalesce(root.item_id, thread_id, own.item_id, comment_id) AS thread_id,
    CASE WHEN len(getvariable('erased')) > 0 THEN erased_key(platform, account_ref, account_native,
        account_handle, post_id, comment_id) END IS NOT NULL AS is_erased
FROM stored_comments
LEFT JOIN item_ids AS own
    ON own.import_id = stored_comments.import_id AND own.lake_id = comment_id
LEFT JOIN item_ids AS root
    ON root.import_id = stored_comments.import_id AND root.lake_id = thread_id;

CREATE OR REPLACE TEMP TABLE stored AS
SELECT item_id, any_value(thread_id) AS thread_id,
    min(created_at) AS created_at, bool_or(coalesce(is_own, false)) AS is_own,
    bool_or(text IS NOT NULL) AS has_text,
    bool_or(coalesce(writer_key, writer_name_key) IS NOT NULL) AS has_writer,
    bool_or(is_vulnerable_now(platform, account_native, account_handle, account_ref)) AS is_vulnerable,
    list_contains(getvariable('blocked'), item_id) AS is_blocked,
    bool_or(is_erased) AS is_erased
FROM stored_items GROUP BY item_id;

-- A thread's rows go together, when the youngest is old: half a thread answers nothing.
CREATE OR REPLACE TEMP TABLE old_threads AS
SELECT thread_id FROM stored GROUP BY thread_id
HAVING max(created_at) < getvariable('rows_before') AND NOT bool_or(is_blocked);

CREATE OR REPLACE TEMP TABLE planned_items AS
WITH rules AS (
    SELECT stored.*, old_threads.thread_id IS NOT NULL AS loses_row,
        -- What still waits for an answer is needed; so is a new answer for 90 days.
        created_at < getvariable('text_before')
            AND NOT coalesce(is_waiting, false)
            AND coalesce(answered_at < getvariable('answered_before'), true) AS is_text_old,
        coalesce(is_vanished AND getvariable('takes_vanished'), false) AS is_vanished, answered_at
    FROM stored
    LEFT JOIN old_threads USING (thread_id)
    LEFT JOIN known_items USING (item_id)
)
SELECT item_id, is_own, answered_at, loses_row, is_erased,
    is_vulnerable AND (has_text OR item_id IN (
        SELECT item_id FROM stored_items JOIN stored_kept USING (import_id, comment_id))) AS is_withheld,
    NOT loses_row AND has_text AND NOT is_blocked AND (is_text_old OR is_vanished) AS loses_text,
    NOT loses_row AND has_writer AND NOT is_blocked AND is_vanished AS loses_writer
FROM rules
WHERE loses_row OR is_erased OR is_withheld OR loses_text OR loses_writer;

CREATE OR REPLACE TEMP TABLE plan AS
SELECT DISTINCT import_id, comment_id, planned_items.* EXCLUDE (item_id)
FROM planned_items JOIN stored_items USING (item_id);

-- The keys that nobody under the post has any more. Who mentions one mentions somebody gone.
CREATE OR REPLACE TEMP TABLE lost_keys AS
WITH keys AS (
    SELECT coalesce(post_id, stored_comments.thread_id) AS place,
        coalesce(loses_writer OR is_erased, false) AS is_lost,
        unnest([writer_key, writer_name_key]) AS lost_key
    FROM stored_comments LEFT JOIN plan USING (import_id, comment_id)
)
SELECT place, lost_key FROM keys WHERE lost_key IS NOT NULL
GROUP BY place, lost_key HAVING bool_and(is_lost);

CREATE OR REPLACE TEMP TABLE old_rejects AS
SELECT DISTINCT import_id FROM stored_rejected JOIN import_times USING (import_id)
WHERE raw IS NOT NULL AND imported_at < getvariable('text_before');

CREATE OR REPLACE TEMP TABLE touched AS
SELECT import_id FROM plan
UNION SELECT import_id FROM stored_comments
WHERE len(getvariable('erased')) > 0
    AND len(list_filter([parent_id, thread_id, post_id], lambda id: erased_key(platform, account_ref,
        account_native, account_handle, post_id, id) IS NOT NULL)) > 0
UNION SELECT import_id FROM stored_comments JOIN lost_keys ON place = coalesce(post_id, thread_id)
WHERE list_contains(mention_keys, lost_key)
UNION SELECT import_id FROM old_rejects
UNION SELECT import_id FROM stored_posts
WHERE text IS NOT NULL AND is_vulnerable_now(platform, account_native, account_handle, account_ref);
