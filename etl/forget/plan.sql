-- What each stored comment loses (R15, R16), by the retention rules, in `plan`; the imports that
-- hold anything of it in `touched`. Needs stored_* (the lake), known_items (the warehouse's
-- items), import_times and the variables text_before, rows_before, answered_before, blocked.
CREATE OR REPLACE TEMP TABLE stored AS
SELECT comment_id, any_value(coalesce(thread_id, comment_id)) AS thread_id,
    min(created_at) AS created_at, bool_or(coalesce(is_own, false)) AS is_own,
    bool_or(text IS NOT NULL) AS has_text,
    bool_or(coalesce(writer_key, writer_name_key) IS NOT NULL) AS has_writer,
    bool_or(is_vulnerable_now(platform, account_native, account_handle, account_ref)) AS is_vulnerable,
    list_contains(getvariable('blocked'), comment_id) AS is_blocked,
    len(getvariable('erased')) > 0
        AND list_contains(getvariable('erased'), keyed('erased', comment_id)) AS is_erased
FROM stored_comments GROUP BY comment_id;

-- A thread's rows go together, when the youngest is old: half a thread answers nothing.
CREATE OR REPLACE TEMP TABLE old_threads AS
SELECT thread_id FROM stored GROUP BY thread_id
HAVING max(created_at) < getvariable('rows_before') AND NOT bool_or(is_blocked);

CREATE OR REPLACE TEMP TABLE plan AS
WITH rules AS (
    SELECT stored.*, old_threads.thread_id IS NOT NULL AS loses_row,
        -- What still waits for an answer is needed; so is a new answer for 90 days.
        created_at < getvariable('text_before')
            AND NOT coalesce(is_waiting, false)
            AND coalesce(answered_at < getvariable('answered_before'), true) AS is_text_old,
        coalesce(is_vanished AND getvariable('takes_vanished'), false) AS is_vanished, answered_at
    FROM stored
    LEFT JOIN old_threads USING (thread_id)
    LEFT JOIN known_items USING (comment_id)
)
SELECT comment_id, is_own, answered_at, loses_row, is_erased,
    is_vulnerable AND (has_text OR comment_id IN (SELECT comment_id FROM stored_kept)) AS is_withheld,
    NOT loses_row AND has_text AND NOT is_blocked AND (is_text_old OR is_vanished) AS loses_text,
    NOT loses_row AND has_writer AND NOT is_blocked AND is_vanished AS loses_writer
FROM rules
WHERE loses_row OR is_erased OR is_withheld OR loses_text OR loses_writer;

-- The keys that nobody in the thread has any more. Who mentions one mentions somebody gone.
CREATE OR REPLACE TEMP TABLE lost_keys AS
WITH keys AS (
    SELECT thread_id, coalesce(loses_writer OR is_erased, false) AS is_lost,
        unnest([writer_key, writer_name_key]) AS lost_key
    FROM stored_comments LEFT JOIN plan USING (comment_id)
)
SELECT thread_id, lost_key FROM keys WHERE lost_key IS NOT NULL
GROUP BY thread_id, lost_key HAVING bool_and(is_lost);

CREATE OR REPLACE TEMP TABLE old_rejects AS
SELECT DISTINCT import_id FROM stored_rejected JOIN import_times USING (import_id)
WHERE raw IS NOT NULL AND imported_at < getvariable('text_before');

CREATE OR REPLACE TEMP TABLE touched AS
SELECT import_id FROM stored_comments SEMI JOIN plan USING (comment_id)
UNION SELECT import_id FROM stored_kept
    SEMI JOIN (FROM plan WHERE loses_row OR is_erased OR is_withheld) USING (comment_id)
UNION SELECT import_id FROM stored_comments
WHERE len(getvariable('erased')) > 0 AND list_has_any(getvariable('erased'),
    [keyed('erased', id) FOR id IN [comment_id, parent_id, thread_id, post_id] IF id IS NOT NULL])
UNION SELECT import_id FROM stored_comments JOIN lost_keys USING (thread_id)
WHERE list_contains(mention_keys, lost_key)
UNION SELECT import_id FROM old_rejects
UNION SELECT import_id FROM stored_posts
WHERE text IS NOT NULL AND is_vulnerable_now(platform, account_native, account_handle, account_ref);
