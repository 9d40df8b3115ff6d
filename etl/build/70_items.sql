-- One line per item: what it is, what it needs, whether and when it was answered.
CREATE OR REPLACE TEMP TABLE targets_in_force AS
SELECT valid_from, (value * CASE unit
    WHEN 'working_days' THEN getvariable('working_day_seconds')
    WHEN 'working_minutes' THEN 60 ELSE 3600 END)::BIGINT AS target_seconds
FROM targets WHERE metric = 'answer_within'
UNION ALL BY NAME
-- Suggested, never adopted by itself: one working day (M5).
SELECT DATE '1970-01-01' AS valid_from, getvariable('working_day_seconds')::BIGINT AS target_seconds
WHERE NOT EXISTS (SELECT 1 FROM targets
    WHERE metric = 'answer_within' AND valid_from <= DATE '1970-01-01');

CREATE OR REPLACE TEMP TABLE timed AS
WITH items AS (
    SELECT voices.*, accounts.comments_as_of AS as_of,
        -- The account's own reply where it came first, else what a person registered (M3).
        CASE WHEN answers.answered_at <= registered_at OR registered_at IS NULL
            THEN answers.answered_at
            ELSE greatest(registered_at, created_at + INTERVAL 1 SECOND) END AS answered_at,
        registered_at IS NOT NULL
            AND coalesce(registered_at < answers.answered_at, true) AS is_by_person,
        claimed_at, coalesce(claimed_at < accounts.comments_as_of, false) AS is_claim_old,
        CASE
            WHEN registered_at IS NOT NULL THEN 'linked'  -- a person knows
            WHEN is_undecided OR NOT coalesce(has_links, false) THEN 'cannot_link'
            -- An answer may lie out of sight: never call such an item unanswered.
            WHEN answers.answered_at IS NULL AND (has_undecided OR is_incomplete)
                THEN 'cannot_link'
            ELSE 'linked'
        END AS link_state,
        timezone('Europe/Oslo', created_at)::DATE AS received_on
    FROM voices
    JOIN threads USING (thread_id)
    JOIN accounts USING (account_id)
    LEFT JOIN answers ON answers.item_id = comment_id
    LEFT JOIN decided_items ON decided_items.item_id = comment_id
    WHERE NOT is_account
),
clocked AS (
    SELECT items.*, clock_reads(created_at, at_receipt) AS clock_received, target_seconds
    FROM items
    LEFT JOIN clock_steps AS at_receipt ON clock_finds(created_at, at_receipt)
    ASOF LEFT JOIN targets_in_force ON valid_from <= received_on
)
SELECT clocked.*,
    clock_reads(answered_at, at_answer) - clock_received AS working_seconds,
    clock_reads(clocked.as_of, at_as_of) - clock_received AS waiting_working_seconds,
    due_reads(clock_received + target_seconds, at_due) AS due_at
FROM clocked
LEFT JOIN clock_steps AS at_answer ON clock_finds(answered_at, at_answer)
LEFT JOIN clock_steps AS at_as_of ON clock_finds(clocked.as_of, at_as_of)
LEFT JOIN clock_turns AS at_due ON due_finds(clock_received + target_seconds, at_due);

DROP TABLE voices;
DROP TABLE texts;

CREATE TABLE items AS
SELECT
    comment_id AS item_id, item_kind, timed.platform, timed.account_id, account_units.unit_id, post_id,
    thread_id, parent_id,
    created_at AS received_at, date_trunc('month', received_on)::DATE AS month,
    -- What is gone at the source keeps its row, not its words (M10).
    CASE WHEN is_vanished IS NULL THEN timed.text END AS text,
    coalesce(timed.permalink, posts.permalink) AS permalink, likes,
    is_hidden, coalesce(is_vanished, false) AS is_vanished,
    CASE WHEN is_vanished IS NULL THEN coalesce(writer_key, writer_name_key) END AS writer_key,
    language, coalesce(decided_items.tone, analysed.tone, 'unclear') AS tone, negative_score,
    coalesce(analysed.tone_best, 'neutral') AS tone_found,
    coalesce(flags.is_question, is_question, false) AS is_question,
    coalesce(flags.claims_error, claims_error, false) AS claims_error,
    coalesce(flags.is_case_enquiry, is_case_enquiry, false) AS is_case_enquiry,
    coalesce(flags.is_sensitive, is_sensitive, false) AS is_sensitive,
    coalesce(needs_reply, false) AS needs_reply,
    flag_names(is_question, claims_error, is_case_enquiry, is_sensitive) AS flags_found,
    flag_names(flags.is_question IS NOT NULL, flags.claims_error IS NOT NULL,
        flags.is_case_enquiry IS NOT NULL, flags.is_sensitive IS NOT NULL) AS flags_decided,
    found_class.reply_class, found_class.rule AS class_rule, class_found,
    checked_as, coalesce(checked_tone_found, analysed.tone_best) AS checked_tone_found,
    coalesce(checked_need_found, class_found IN ('must', 'unclear')) AS checked_need_found,
    CASE WHEN link_state = 'linked' THEN answered_at END AS answered_at,
    CASE WHEN link_state = 'linked' AND answered_at IS NOT NULL
        THEN CASE WHEN is_by_person THEN 'registered' ELSE 'reply' END END AS answered_how,
    -- «Svart nå» holds until a newer export of the account shows the reply, or does not.
    answered_at IS NULL AND timed.claimed_at IS NOT NULL AND NOT is_claim_old
        AS is_claimed_answered,
    answered_at IS NULL AND timed.claimed_at IS NOT NULL AND is_claim_old AS is_claim_lapsed,
    CASE WHEN link_state = 'linked'
        THEN (epoch_us(answered_at) - epoch_us(created_at)) // 1000000 END AS elapsed_seconds,
    CASE WHEN link_state = 'linked' THEN timed.working_seconds END AS working_seconds,
    CASE WHEN link_state = 'linked' AND answered_at IS NULL
        THEN greatest(waiting_working_seconds, 0) END AS waiting_working_seconds,
    due_at, coalesce(due_at <= timed.as_of, false) AS is_mature,
    coalesce(link_state = 'linked' AND answered_at <= due_at, false) AS is_within_target,
    link_state, accounts.comments_field,
    decided_items.tone IS NOT NULL AS tone_confirmed, tone_words, model_version,
    coalesce(has_hidden_reason, false) AS has_hidden_reason,
    coalesce(is_dialogue_closed, false) AS is_dialogue_closed,
    coalesce(is_referred, false) AS is_referred, case_number,
    coalesce(is_citizen_told, false) AS is_citizen_told,
    coalesce(is_archive_candidate, false) AS is_archive_candidate
FROM timed
JOIN item_texts ON item_texts.item_id = comment_id
JOIN found_class USING (item_id)
LEFT JOIN analysed USING (text_hash)
LEFT JOIN vanished ON vanished.item_id = comment_id
LEFT JOIN decided_items ON decided_items.item_id = comment_id
LEFT JOIN posts USING (post_id)
JOIN accounts ON accounts.account_id = timed.account_id
JOIN account_units ON account_units.account_id = timed.account_id
    AND received_on BETWEEN account_units.valid_from AND account_units.valid_to
-- What nobody has answered lies together, the oldest first, as the lists of it are read.
ORDER BY answered_at IS NOT NULL, CASE WHEN answered_at IS NULL THEN received_at END,
    timed.account_id, received_at, comment_id;

DROP TABLE timed;
