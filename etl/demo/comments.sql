-- One batch of posts: who writes what when, and what the account answers when.
-- t is seconds since 1970; i numbers the comments of an account (minus the post's number for a
-- post that a visitor wrote, which is the first item of its own thread).

CREATE OR REPLACE TEMP TABLE raw AS
WITH listed AS (
    SELECT acc, platform, p, t AS post_t, topic, in_storm, first_i + unnest(range(c)) AS i,
        false AS is_visitor
    FROM posts WHERE batch = getvariable('batch')
    UNION ALL
    SELECT acc, platform, p, t, topic, in_storm, -p, true
    FROM posts WHERE batch = getvariable('batch') AND is_visitor
),
keyed AS (SELECT *, hash(getvariable('seed'), acc, i) AS k FROM listed),
topped AS (
    -- some posts start a quarrel: long threads
    SELECT *, is_visitor OR i = min(i) OVER (PARTITION BY acc, p)
        OR u(k, 'top') < CASE
            WHEN platform = 'youtube' AND p = 5 THEN 0.08
            WHEN u(hash(acc, p), 'quarrel') < 0.04 THEN 0.25 ELSE 0.82 END AS is_top
    FROM keyed
)
SELECT *, max(CASE WHEN is_top THEN i END) OVER (PARTITION BY acc, p ORDER BY i) AS root_i
FROM topped;

-- what somebody wants, in which language; the shares are set so that about two thirds need a reply
CREATE OR REPLACE MACRO intent_of(k, in_storm) AS CASE
    WHEN in_storm AND u(k, 'storm') < 0.75
        THEN CASE WHEN u(k, 'what') < 0.58 THEN 'question' ELSE 'complaint' END
    WHEN u(k, 'what') < 0.34 THEN 'question'
    WHEN u(k, 'what') < 0.53 THEN 'complaint'
    WHEN u(k, 'what') < 0.552 THEN 'error'
    WHEN u(k, 'what') < 0.590 THEN 'case'
    WHEN u(k, 'what') < 0.600 THEN 'sensitive'
    WHEN u(k, 'what') < 0.775 THEN 'praise'
    WHEN u(k, 'what') < 0.890 THEN 'opinion'
    WHEN u(k, 'what') < 0.930 THEN 'tag'
    WHEN u(k, 'what') < 0.955 THEN 'tagged question'
    WHEN u(k, 'what') < 0.975 THEN 'emoji'
    WHEN u(k, 'what') < 0.983 THEN 'sticker'
    ELSE 'spam' END;
CREATE OR REPLACE MACRO language_of(k) AS CASE
    WHEN u(k, 'language') < 0.70 THEN 'nb' WHEN u(k, 'language') < 0.82 THEN 'nn'
    WHEN u(k, 'language') < 0.95 THEN 'dialect' ELSE 'en' END;
-- how likely an answer is, beside the account's own rate
CREATE OR REPLACE MACRO answer_factor(intent) AS CASE
    WHEN intent IN ('complaint', 'sensitive', 'error') THEN 1.05
    WHEN intent IN ('question', 'case', 'followup') THEN 1.02
    WHEN intent = 'praise' THEN 0.97 WHEN intent = 'opinion' THEN 0.93
    WHEN intent = 'thanks' THEN 0.6 WHEN intent = 'tagged question' THEN 0.9
    WHEN intent = 'emoji' THEN 0.1 ELSE 0.03 END;

-- Adds answer_t: when the account answers, NULL for never or later than the period. The wait is
-- working time, but for crews who also answer in the evening. January and July are the weak months.
CREATE OR REPLACE MACRO with_answer(source) AS TABLE
WITH judged AS (
    SELECT s.*, a.answer_hours,
        least(0.995, a.answer_rate * answer_factor(s.intent)
            * CASE WHEN d.month IN (1, 7) THEN 0.96 ELSE 1 END) > u(s.k, 'answer') AS will_answer,
        a.answer_hours * 3600 * exp(0.8 * z(s.k, 'wait'))
            * CASE WHEN u(s.k, 'late') < 0.02 THEN 12 ELSE 1 END
            * CASE WHEN d.month IN (1, 7) THEN 1.7 WHEN d.d >= DATE '2026-08-01' THEN 0.8 ELSE 1 END
            AS wait,
        s.t - d.starts AS second_of_day
    FROM query_table(source) AS s
    JOIN accounts AS a ON a.no = s.acc
    ASOF JOIN days AS d ON s.t >= d.starts
),
clocked AS (
    SELECT j.*, sp.before + least(j.t - sp.opens, sp.closes - sp.opens) + j.wait::BIGINT AS goal
    FROM judged AS j ASOF JOIN spans AS sp ON j.t >= sp.opens
),
answered AS (
    SELECT c.*, CASE
        WHEN second_of_day BETWEEN 57600 AND 79200 AND u(c.k, 'evening') < 0.12
            THEN c.t + 180 + (4800 * u(c.k, 'soon'))::BIGINT
        ELSE sp.opens + (c.goal - sp.before) END AS answer
    FROM clocked AS c ASOF JOIN spans AS sp ON c.goal >= sp.before
)
SELECT * EXCLUDE (answer_hours, will_answer, wait, second_of_day, goal, answer),
    CASE WHEN will_answer AND answer < getvariable('until') THEN answer END AS answer_t
FROM answered;

-- the first comment of a thread: most within hours of the post, few at night
CREATE OR REPLACE TEMP TABLE top_plain AS
WITH timed AS (
    SELECT *, CASE WHEN is_visitor THEN post_t ELSE least(
            post_t + 60 + CASE WHEN u(k, 'slow') < 0.7 THEN -9000 * ln(1 - u(k, 'delay'))
                               ELSE -150000 * ln(1 - u(k, 'delay')) END,
            getvariable('until') - 1 - (getvariable('until') - post_t) * 0.9 * u(k, 'squeezed')
        )::BIGINT END AS rough
    FROM raw WHERE is_top
),
daily AS (
    SELECT r.*, r.rough - d.starts AS second_of_day FROM timed AS r ASOF JOIN days AS d ON r.rough >= d.starts
)
SELECT * EXCLUDE (rough, second_of_day),
    CASE WHEN second_of_day < 21600 AND NOT is_visitor AND u(k, 'night') < 0.85
              AND rough + 28800 < getvariable('until')
         THEN rough + 21600 + (7200 * u(k, 'morning'))::BIGINT ELSE rough END AS t,
    CASE WHEN is_visitor THEN CASE WHEN u(k, 'what') < 0.6 THEN 'question' ELSE 'complaint' END
         WHEN platform <> 'facebook' AND intent_of(k, in_storm) = 'sticker' THEN 'emoji'
         ELSE intent_of(k, in_storm) END AS intent,
    language_of(k) AS lang,
    (h(k, 'person') % getvariable('persons'))::BIGINT AS person
FROM daily;
CREATE OR REPLACE TEMP TABLE tops AS FROM with_answer('top_plain');

-- further comments of a thread: thanks and follow-ups come after the answer, others join in
CREATE OR REPLACE TEMP TABLE nested_plain AS
WITH roled AS (
    SELECT r.acc, r.platform, r.p, r.post_t, r.topic, r.in_storm, r.i, r.is_visitor, r.k, r.is_top,
        r.root_i, top.t AS root_t, top.answer_t AS root_answer_t, top.person AS root_person,
        top.lang, r.i - r.root_i AS n,
        CASE WHEN top.answer_t IS NULL OR u(r.k, 'role') >= 0.45
                THEN CASE WHEN u(r.k, 'role') > 0.92 THEN 'tag' ELSE 'join' END
             WHEN u(r.k, 'role') < 0.22 THEN 'thanks' ELSE 'followup' END AS role
    FROM raw AS r JOIN tops AS top ON top.acc = r.acc AND top.i = r.root_i
    WHERE NOT r.is_top
),
paced AS (
    SELECT *, role IN ('thanks', 'followup') AS is_after,
        CASE WHEN role IN ('thanks', 'followup') THEN root_answer_t ELSE root_t END AS base,
        (n + 0.8 * u(k, 'pace')) AS beat,
        240 * exp(1.2 + 1.1 * z(hash(acc, root_i), 'tempo')) AS step
    FROM roled
)
SELECT * EXCLUDE (base, beat, step, root_person, is_after, role, root_t),
    base + 30 + CASE WHEN base + 31 + beat * step < getvariable('until') THEN beat * step
                     ELSE (getvariable('until') - base - 31) * beat / (beat + 2) END::BIGINT AS t,
    CASE WHEN role IN ('thanks', 'followup', 'tag') THEN role
         WHEN intent_of(k, in_storm) IN ('tag', 'tagged question', 'sticker', 'spam', 'emoji') THEN 'opinion'
         ELSE intent_of(k, in_storm) END AS intent,
    CASE WHEN is_after THEN root_person
         ELSE (h(k, 'person') % getvariable('persons'))::BIGINT END AS person,
    role = 'join' AS is_join
FROM paced;
CREATE OR REPLACE TEMP TABLE nested AS
SELECT * REPLACE (
    -- one who joins before the account answers the thread is mostly answered by that same reply
    CASE WHEN is_join AND t < root_answer_t AND u(k, 'own reply') < 0.75 THEN NULL ELSE answer_t END
    AS answer_t)
FROM with_answer('nested_plain');

CREATE OR REPLACE MACRO friends(k) AS
    [(h(k, 'friend') % getvariable('persons'))::BIGINT, (h(k, 'other') % getvariable('persons'))::BIGINT]
    [:CASE WHEN u(k, 'friends') < 0.6 THEN 2 ELSE 1 END];

-- everything somebody wrote, citizens (kind 0) and the account (kind 1), with whom it answers
CREATE OR REPLACE TEMP TABLE said AS
SELECT acc, platform, p, post_t, topic, i, root_i, 0 AS kind, is_visitor, is_top, t, k, k AS slot_key,
    intent, lang, person, NULL AS parent_i, 0 AS parent_kind,
    CASE intent WHEN 'tag' THEN friends(k) WHEN 'tagged question' THEN friends(k)[:1] END AS tagged
FROM tops
UNION ALL
SELECT acc, platform, p, post_t, topic, i, root_i, 0, false, false, t, k, k,
    intent, lang, person,
    CASE WHEN is_join AND i - 1 > root_i AND u(k, 'parent') < 0.25
              AND lag(is_join) OVER (PARTITION BY acc, root_i ORDER BY i) THEN i - 1 ELSE root_i END,
    0,
    CASE intent WHEN 'tag' THEN friends(k) END
FROM nested
UNION ALL
SELECT acc, platform, p, post_t, topic, i, root_i, 1, is_visitor, false, answer_t, h(k, 'reply'), k,
    'reply ' || CASE intent WHEN 'tagged question' THEN 'question' WHEN 'emoji' THEN 'thanks'
                            WHEN 'tag' THEN 'thanks' WHEN 'sticker' THEN 'thanks'
                            WHEN 'spam' THEN 'opinion' ELSE intent END,
    CASE lang WHEN 'dialect' THEN 'nb' ELSE lang END, NULL,
    CASE WHEN is_top OR u(k, 'answer to') < 0.5 THEN root_i ELSE i END, 0,
    -- an answer that is not to the thread's first comment names whom it answers
    CASE WHEN u(k, 'mention') < CASE WHEN is_top THEN 0.1 WHEN is_join THEN 0.8 ELSE 0.3 END
         THEN [person] END
FROM (SELECT *, false AS is_join FROM tops UNION ALL BY NAME SELECT * FROM nested)
WHERE answer_t IS NOT NULL;
