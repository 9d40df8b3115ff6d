-- M1, M2, M3 and the counts of M4 once more, in Spark SQL over the files of the lake (docs/lake.md).
-- Views that are there: lake_comments, lake_kept, lake_imports, readings_by_key, register_accounts.
CREATE TEMP VIEW ranks AS
SELECT import_id,
    row_number() OVER (ORDER BY cast(exported_at AS TIMESTAMP), import_id) AS import_rank
FROM lake_imports;

-- The newest export wins, column by column; of two lines of one export the first.
CREATE TEMP VIEW newest AS
WITH ranked AS (
    SELECT lake_comments.*, import_rank * 2147483648 - line AS r,
        coalesce(has_thread_links, false) AS links
    FROM lake_comments JOIN ranks USING (import_id)
)
SELECT comment_id, first(platform) AS platform,
    max_by(account_native, r) FILTER (WHERE account_native IS NOT NULL) AS account_native,
    max_by(account_handle, r) FILTER (WHERE account_handle IS NOT NULL) AS account_handle,
    max_by(item_kind, r) FILTER (WHERE item_kind IS NOT NULL) AS item_kind,
    max_by(parent_id, struct(links, r)) FILTER (WHERE parent_id IS NOT NULL) AS parent_id,
    max_by(thread_id, struct(links, r)) FILTER (WHERE thread_id IS NOT NULL) AS thread_id,
    min(created_at) AS created_at,
    max_by(text, r) FILTER (WHERE text IS NOT NULL) AS text,
    max_by(is_text_withheld, r) FILTER (WHERE is_text_withheld IS NOT NULL) AS is_text_withheld,
    max_by(writer_key, struct(links, r)) FILTER (WHERE writer_key IS NOT NULL) AS writer_key,
    max_by(writer_name_key, struct(links, r)) FILTER (WHERE writer_name_key IS NOT NULL)
        AS writer_name_key,
    max_by(mention_keys, struct(links, r)) FILTER (WHERE mention_keys IS NOT NULL) AS mention_keys,
    max_by(replies_announced, r) FILTER (WHERE replies_announced IS NOT NULL) AS replies_announced,
    max_by(has_more, r) FILTER (WHERE has_more IS NOT NULL) AS has_more,
    bool_or(has_thread_links) AS has_thread_links,
    coalesce(max_by(is_own, r) FILTER (WHERE is_own IS NOT NULL), false) AS is_account,
    max(is_own) IS NULL AS is_undecided
FROM ranked GROUP BY comment_id;

CREATE TEMP VIEW voices AS
SELECT *, coalesce(writer_key, writer_name_key) AS writer FROM newest;

CREATE TEMP VIEW threads AS
WITH placed AS (
    SELECT *, comment_id = thread_id OR item_kind = 'visitor_post' AS is_first FROM voices
)
SELECT thread_id, bool_or(has_thread_links) AS has_links, bool_or(is_undecided) AS has_undecided,
    NOT bool_or(is_first) OR coalesce(bool_or(is_first AND has_more), false)
        OR coalesce(max(replies_announced) FILTER (WHERE is_first), 0)
            > count(*) FILTER (WHERE NOT is_first) AS is_incomplete
FROM placed GROUP BY thread_id;

-- M3: the first later reply of the account that reaches the item.
CREATE TEMP VIEW mentioning AS
WITH said AS (
    SELECT comment_id AS reply_id, thread_id, created_at AS sent_at, explode(mention_keys) AS named
    FROM voices WHERE is_account
),
writers AS (
    SELECT thread_id, writer, explode(array_compact(array(writer_key, writer_name_key))) AS named
    FROM voices WHERE NOT is_account
)
SELECT DISTINCT reply_id, thread_id, sent_at, writer FROM said JOIN writers USING (thread_id, named);

CREATE TEMP VIEW plain AS
SELECT comment_id AS reply_id, thread_id, parent_id, created_at AS sent_at
FROM voices LEFT ANTI JOIN mentioning ON reply_id = comment_id
WHERE is_account AND NOT coalesce(array_contains(mention_keys, 'gone'), false);

CREATE TEMP VIEW direct AS
SELECT plain.*, items.writer
FROM (SELECT * FROM plain WHERE parent_id <> thread_id) AS plain
LEFT ANTI JOIN (SELECT comment_id FROM voices WHERE is_account) AS own
    ON own.comment_id = plain.parent_id
LEFT JOIN (SELECT comment_id, writer FROM voices WHERE NOT is_account) AS items
    ON items.comment_id = plain.parent_id;

CREATE TEMP VIEW answers AS
WITH reaching AS (
    SELECT comment_id, created_at, sent_at FROM voices JOIN mentioning USING (thread_id, writer)
    WHERE NOT is_account
    UNION ALL
    SELECT comment_id, created_at, sent_at
    FROM voices JOIN direct USING (thread_id, writer) WHERE NOT is_account
    UNION ALL
    SELECT comment_id, created_at, sent_at
    FROM voices JOIN direct ON direct.parent_id = comment_id WHERE NOT is_account
    UNION ALL
    SELECT comment_id, created_at, sent_at
    FROM voices JOIN (SELECT thread_id, sent_at FROM plain LEFT ANTI JOIN direct USING (reply_id))
        USING (thread_id)
    WHERE NOT is_account
)
SELECT comment_id, min(sent_at) AS answered_at FROM reaching WHERE sent_at > created_at
GROUP BY comment_id;

-- M2: what the machine read, by the keyed hash of the text, or kept when the text was taken out.
CREATE TEMP VIEW kept AS
SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY comment_id ORDER BY answered_at NULLS LAST, import_id)
        AS n
    FROM lake_kept)
WHERE n = 1;

CREATE TEMP VIEW items AS
WITH named AS (
    SELECT *, text IS NOT NULL AND row_number() OVER (
            PARTITION BY thread_id, coalesce(writer, comment_id), text
            ORDER BY created_at, comment_id) > 1 AS is_again,
        substr(sha2(concat('{secret}', char(31), 'reading', char(31), md5(text)), 256), 1, 16) AS key
    FROM voices WHERE NOT is_account
)
SELECT named.comment_id, named.platform, account_native, account_handle, created_at,
    least(answers.answered_at, kept.answered_at) AS answered_at,
    is_again OR (text IS NULL AND coalesce(kept.is_repeat, false)) AS is_repeat,
    coalesce(by_text.content_kind, kept.content_kind,
        CASE WHEN NOT is_text_withheld THEN 'empty' END) AS content_kind,
    coalesce(by_text.is_spam, kept.is_spam) AS is_spam,
    coalesce(by_text.is_question, kept.is_question) OR coalesce(by_text.claims_error, kept.claims_error)
        OR coalesce(by_text.is_case_enquiry, kept.is_case_enquiry)
        OR coalesce(by_text.asks_for_service, kept.asks_for_service)
        OR coalesce(by_text.tone, kept.tone) IN ('negative', 'unclear') AS asks,
    CASE WHEN is_undecided OR NOT coalesce(has_links, false) THEN false
        ELSE coalesce(answers.answered_at, kept.answered_at) IS NOT NULL
            OR NOT (has_undecided OR is_incomplete) END AS is_linked
FROM named JOIN threads USING (thread_id)
LEFT JOIN answers ON answers.comment_id = named.comment_id
LEFT JOIN readings_by_key AS by_text USING (key)
LEFT JOIN kept ON kept.comment_id = named.comment_id AND named.text IS NULL;

CREATE TEMP VIEW judged AS
SELECT *,
    content_kind IS NOT NULL AND (is_repeat OR content_kind IN ('tag_only', 'emoji_only', 'empty')
        OR coalesce(is_spam, false)) AS is_none,
    content_kind IS NULL OR coalesce(asks, false) AS needs_reply
FROM items;

-- The unit is the register's; an account that is not in it has none.
CREATE TEMP VIEW answered_by_unit AS
SELECT nullif(coalesce(by_id.unit_id, by_handle.unit_id), '') AS unit_id, judged.platform,
    cast(trunc(from_utc_timestamp(created_at, 'Europe/Oslo'), 'MM') AS STRING) AS month,
    count(*) AS received,
    count(*) FILTER (WHERE is_none) AS class_none,
    count(*) FILTER (WHERE NOT is_none AND NOT is_linked) AS cannot_link,
    count(*) FILTER (WHERE NOT is_none AND is_linked) AS counted,
    count(*) FILTER (WHERE NOT is_none AND is_linked AND answered_at IS NOT NULL) AS answered,
    count(*) FILTER (WHERE NOT is_none AND is_linked AND needs_reply) AS needing,
    count(*) FILTER (WHERE NOT is_none AND is_linked AND needs_reply AND answered_at IS NOT NULL)
        AS needing_answered
FROM judged
LEFT JOIN register_accounts AS by_id
    ON by_id.platform = judged.platform AND by_id.native_id = account_native
LEFT JOIN register_accounts AS by_handle ON by_handle.platform = judged.platform
    AND lower(by_handle.handle) = lower(account_handle) AND by_id.unit_id IS NULL
GROUP BY 1, 2, 3
