-- What people decided about each item, one line (M2, M3, M8, M10, M12). Needs `decided`.
-- An answer given on an earlier day counts from the end of that day: never flattering.
CREATE OR REPLACE TEMP MACRO end_of_day(day) AS
    timezone('Europe/Oslo', (day + 1)::TIMESTAMP) - INTERVAL 1 SECOND;

-- The newest word on each flag, as one structure: NULL where nobody said anything.
CREATE OR REPLACE TEMP MACRO newest_of(said, name) AS
    try_cast(list_filter(said, lambda one: one.flag = name)[-1].value AS BOOLEAN);
CREATE OR REPLACE TEMP MACRO said_of(said) AS {
    'is_question': newest_of(said, 'is_question'), 'claims_error': newest_of(said, 'claims_error'),
    'is_case_enquiry': newest_of(said, 'is_case_enquiry'),
    'is_sensitive': newest_of(said, 'is_sensitive')};

-- What was decided under an id of before is about the item that has it now; of two decisions that meet
-- so, the newest is in force, as among those under one id.
UPDATE decided SET subject = id FROM id_aliases
WHERE alias = subject AND about IN ('item', 'post')
    AND (about = 'post' OR subject NOT IN (SELECT comment_id FROM voices));

UPDATE decided SET is_in_force = false
FROM (
    SELECT subject AS of, slot AS in_slot, max(decision_id) AS newest
    FROM decided WHERE is_in_force AND NOT list_contains(getvariable('piled_up'), slot)
    GROUP BY ALL HAVING count(*) > 1
)
WHERE subject = of AND slot = in_slot AND decision_id < newest;

-- «Dette svaret gjelder denne kommentaren» (M3): a later reply of the same account.
CREATE OR REPLACE TEMP TABLE joined_replies AS
SELECT voices.rowid AS voice, sent_at AS joined_at
FROM decided
JOIN voices ON voices.comment_id = subject
LEFT JOIN id_aliases ON alias = details ->> 'reply_id'
JOIN replies ON reply_id IN (details ->> 'reply_id', id_aliases.id)
    AND replies.account_id = voices.account_id AND sent_at > created_at
WHERE kind = 'joined' AND is_in_force AND NOT is_account AND NOT replies.is_automatic;

CREATE OR REPLACE TEMP TABLE decided_items AS
WITH in_force AS (
    SELECT voices.rowid AS voice, kind, made_at, details,
        least(made_at, end_of_day(try_cast(details ->> 'answered_on' AS DATE))) AS answered_at
    FROM decided JOIN voices ON comment_id = subject WHERE about = 'item' AND is_in_force
)
SELECT voice,
    min(answered_at) FILTER (kind IN ('answered_elsewhere', 'referred', 'dialogue_closed'))
        AS registered_at,
    min(made_at) FILTER (kind = 'answered_now') AS claimed_at,
    any_value(details ->> 'reply_class') FILTER (kind = 'class') AS reply_class,
    coalesce(any_value(details ->> 'tone') FILTER (kind = 'tone'),
        any_value(details ->> 'tone') FILTER (kind = 'reading_check')) AS tone,
    any_value(details ->> 'served_as') FILTER (kind = 'reading_check') AS checked_as,
    any_value(details ->> 'machine_tone') FILTER (kind = 'reading_check') AS checked_tone_found,
    any_value(try_cast(details ->> 'machine_needs_reply' AS BOOLEAN))
        FILTER (kind = 'reading_check') AS checked_need_found,
    said_of(list({'flag': details ->> 'flag', 'value': details ->> 'value'} ORDER BY made_at)
        FILTER (kind = 'flag')) AS flags,
    bool_or(kind = 'hidden') AS has_hidden_reason,
    bool_or(kind = 'dialogue_closed') AS is_dialogue_closed,
    bool_or(kind = 'referred') AS is_referred,
    any_value(nullif(trim(details ->> 'case_number'), '')) FILTER (kind = 'referred')
        AS case_number,
    any_value(try_cast(details ->> 'is_citizen_told' AS BOOLEAN)) FILTER (kind = 'referred')
        AS is_citizen_told,
    bool_or(kind = 'archive_candidate') AS is_archive_candidate
FROM in_force
GROUP BY voice;

-- M13: who looks leaves a trace: a reply, a decision about an item, or «sett, ingenting nytt».
CREATE TABLE looks AS
SELECT account_id, sent_at AS looked_at FROM replies WHERE NOT is_automatic
UNION ALL
SELECT account_id, made_at FROM decided JOIN voices ON comment_id = subject
WHERE about = 'item' AND NOT EXISTS (  -- a label of «Merk 20» looks after the machine, not the account
    FROM decided AS label WHERE label.kind = 'reading_check' AND label.subject = decided.subject
        AND abs(epoch(label.made_at) - epoch(decided.made_at)) < 1)
UNION ALL
SELECT subject, made_at FROM decided WHERE kind = 'seen';
