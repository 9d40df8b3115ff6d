-- Whether and when every item was answered, by the working clock (M3, M5, M6, M7).
CREATE OR REPLACE TEMP TABLE timed AS
WITH items AS (
    SELECT voices.rowid AS voice, created_at, accounts.comments_as_of AS as_of,
        CASE WHEN registered_at IS NOT NULL
            THEN greatest(registered_at, created_at + INTERVAL 1 SECOND) END AS registered_moment,
        -- The account's own reply where it came first, else what a person joined or registered (M3).
        least(answers.answered_at, joined_at, registered_moment) AS answered_at,
        CASE least(answers.answered_at, joined_at, registered_moment)
            WHEN answers.answered_at THEN 'reply' WHEN joined_at THEN 'joined'
            WHEN registered_moment THEN 'registered' END AS answered_how,
        claimed_at, coalesce(claimed_at < accounts.comments_as_of, false) AS is_claim_old,
        CASE
            WHEN registered_at IS NOT NULL OR joined_at IS NOT NULL THEN 'linked'  -- a person knows
            WHEN is_undecided OR NOT coalesce(has_links, false) THEN 'cannot_link'
            -- Where more was written than the exports hold, the answered ones leave the rates with the
            -- unanswered: what is missing would not have been drawn by lot.
            WHEN is_short THEN 'cannot_link'
            -- An answer may lie out of sight: never call such an item unanswered.
            WHEN answers.answered_at IS NULL AND (has_undecided OR lacks_first) THEN 'cannot_link'
            ELSE 'linked'
        END AS link_state,
        -- What is known of an answer is shown where only the rest of the thread is missing.
        link_state = 'linked' OR (is_short AND has_links AND NOT is_undecided) AS is_answer_known,
        -- «Kan være ubesvart»: only its thread is not whole; everything else is known.
        answers.answered_at IS NULL AND registered_at IS NULL AND joined_at IS NULL
            AND has_links AND NOT is_undecided AND NOT has_undecided AND (is_short OR lacks_first)
            AS is_thread_partial,
        timezone('Europe/Oslo', created_at)::DATE AS received_on
    FROM voices
    JOIN threads USING (thread_id)
    JOIN accounts USING (account_id)
    LEFT JOIN answers ON answers.voice = voices.rowid
    LEFT JOIN decided_items ON decided_items.voice = voices.rowid
    LEFT JOIN joined_replies ON joined_replies.voice = voices.rowid
    WHERE NOT is_account AND is_in_part(voices.rowid)
),
clocked AS (
    SELECT items.*, clock_reads(created_at, at_receipt) AS clock_received, target_seconds
    FROM items
    LEFT JOIN clock_steps AS at_receipt ON clock_finds(created_at, at_receipt)
    ASOF LEFT JOIN targets_in_force ON valid_from <= received_on
)
SELECT clocked.* EXCLUDE (created_at, clock_received, target_seconds, registered_moment),
    clock_reads(answered_at, at_answer) - clock_received AS working_seconds,
    clock_reads(clocked.as_of, at_as_of) - clock_received AS waiting_working_seconds,
    due_reads(clock_received + target_seconds, at_due) AS due_at
FROM clocked
LEFT JOIN clock_steps AS at_answer ON clock_finds(answered_at, at_answer)
LEFT JOIN clock_steps AS at_as_of ON clock_finds(clocked.as_of, at_as_of)
LEFT JOIN clock_turns AS at_due ON due_finds(clock_received + target_seconds, at_due);
