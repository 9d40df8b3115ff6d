-- One line per item: what it is, what it needs, whether and when it was answered.
CREATE OR REPLACE TEMP VIEW items_made AS
SELECT
    comment_id AS item_id, item_kind, voices.platform, voices.account_id, account_units.unit_id,
    voices.post_id,
    thread_id, parent_id,
    created_at AS received_at, date_trunc('month', received_on)::DATE AS month,
    -- What is gone at the source keeps its row, not its words (M10).
    CASE WHEN is_vanished IS NULL THEN voices.text END AS text,
    coalesce(voices.permalink, posts.permalink) AS permalink, likes,
    is_hidden, coalesce(is_vanished, false) AS is_vanished,
    CASE WHEN is_vanished IS NULL THEN coalesce(writer_key, writer_name_key) END AS writer_key,
    language, coalesce(decided_items.tone, classified.tone, 'unclear') AS tone, negative_score,
    coalesce(tone_best, 'neutral') AS tone_found,
    coalesce(flags.is_question, is_question, false) AS is_question,
    coalesce(flags.claims_error, claims_error, false) AS claims_error,
    coalesce(flags.is_case_enquiry, is_case_enquiry, false) AS is_case_enquiry,
    coalesce(flags.is_sensitive, is_sensitive, false) AS is_sensitive,
    coalesce(needs_reply, false) AS needs_reply,
    flag_names(is_question, claims_error, is_case_enquiry, is_sensitive) AS flags_found,
    flag_names(flags.is_question IS NOT NULL, flags.claims_error IS NOT NULL,
        flags.is_case_enquiry IS NOT NULL, flags.is_sensitive IS NOT NULL) AS flags_decided,
    classified.reply_class, rule AS class_rule, class_found,
    checked_as, coalesce(checked_tone_found, tone_best) AS checked_tone_found,
    coalesce(checked_need_found, class_found IN ('must', 'unclear')) AS checked_need_found,
    CASE WHEN is_answer_known THEN answered_at END AS answered_at,
    CASE WHEN is_answer_known THEN timed.answered_how END AS answered_how,
    -- «Svart nå» holds until a newer export of the account shows the reply, or does not.
    answered_at IS NULL AND timed.claimed_at IS NOT NULL AND NOT is_claim_old
        AS is_claimed_answered,
    answered_at IS NULL AND timed.claimed_at IS NOT NULL AND is_claim_old AS is_claim_lapsed,
    CASE WHEN is_answer_known
        THEN (epoch_us(answered_at) - epoch_us(created_at)) // 1000000 END AS elapsed_seconds,
    CASE WHEN is_answer_known THEN timed.working_seconds END AS working_seconds,
    CASE WHEN link_state = 'linked' AND answered_at IS NULL
        THEN greatest(waiting_working_seconds, 0) END AS waiting_working_seconds,
    due_at, coalesce(due_at <= timed.as_of, false) AS is_mature,
    coalesce(link_state = 'linked' AND answered_at <= due_at, false) AS is_within_target,
    link_state,
    link_state = 'cannot_link' AND coalesce(is_thread_partial, false)
        AND classified.reply_class IN ('must', 'unclear') AS may_be_unanswered,
    accounts.comments_field,
    decided_items.tone IS NOT NULL AS tone_confirmed, tone_words, model_version,
    coalesce(has_hidden_reason, false) AS has_hidden_reason,
    coalesce(is_dialogue_closed, false) AS is_dialogue_closed,
    coalesce(is_referred, false) AS is_referred, case_number,
    coalesce(is_citizen_told, false) AS is_citizen_told,
    coalesce(is_archive_candidate, false) AS is_archive_candidate
FROM voices
JOIN timed ON timed.voice = voices.rowid
JOIN classified USING (voice)
LEFT JOIN vanished USING (voice)
LEFT JOIN decided_items USING (voice)
LEFT JOIN posts ON posts.post_id = voices.post_id AND NOT posts.is_shared_copy
JOIN accounts ON accounts.account_id = voices.account_id
JOIN account_units ON account_units.account_id = voices.account_id
    AND received_on BETWEEN account_units.valid_from AND account_units.valid_to
WHERE is_in_part(voices.rowid);

CREATE TABLE IF NOT EXISTS items AS FROM items_made LIMIT 0;
CREATE TEMP TABLE IF NOT EXISTS unanswered AS FROM items LIMIT 0;

-- 72_unanswered puts the others after these.
INSERT INTO items FROM items_made WHERE answered_at IS NOT NULL;
INSERT INTO unanswered FROM items_made WHERE answered_at IS NULL;
