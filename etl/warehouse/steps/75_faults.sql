-- M11 (G7): the log of factual errors. What a person called an error, on an item or a post of ours.
-- Open for more than a day is told by the calendar, like the confirmations: the build's own day.
CREATE TABLE factual_errors AS
WITH told AS (
    SELECT subject, any_value(about) AS about,
        min(coalesce(
            end_of_day(try_cast(details ->> 'found_on' AS DATE)),
            CASE WHEN kind = 'error_found' THEN made_at END, made_at)) AS found_at,
        any_value(kind) FILTER (is_in_force) AS state,
        max(coalesce(end_of_day(try_cast(details ->> 'corrected_on' AS DATE)), made_at))
            FILTER (is_in_force AND kind = 'error_corrected') AS corrected_at
    FROM decided WHERE slot = 'error'
    GROUP BY subject
),
placed AS (
    SELECT told.*, items.item_id,
        coalesce(items.post_id, posts.post_id) AS post_id,
        coalesce(items.account_id, posts.account_id) AS account_id,
        coalesce(items.unit_id, posts.unit_id) AS unit_id,
        coalesce(items.platform, posts.platform) AS platform,
        coalesce(items.permalink, posts.permalink) AS permalink
    FROM told
    LEFT JOIN items ON about = 'item' AND items.item_id = subject
    LEFT JOIN posts ON about = 'post' AND posts.post_id = subject AND NOT posts.is_shared_copy
    WHERE state <> 'not_an_error'
)
SELECT subject, about, item_id, post_id, account_id, unit_id, platform,
    date_trunc('month', timezone('Europe/Oslo', found_at))::DATE AS month,
    least(found_at, coalesce(corrected_at, found_at)) AS found_at, corrected_at, permalink,
    corrected_at IS NULL
        AND timezone('Europe/Oslo', found_at)::DATE < getvariable('build_day')::DATE - 1
        AS is_open_over_day,
    greatest(date_diff('second', found_at, corrected_at), 0) AS correction_seconds
FROM placed
WHERE account_id IS NOT NULL
ORDER BY account_id, found_at, subject;
