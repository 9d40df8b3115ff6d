-- What people said of items that were drawn at random, and what the machine had said of them:
-- a handful of lines, for the margin of every rate (svarvakt/metrics/misclassification_margin.py).
CREATE OR REPLACE TABLE random_checks AS
SELECT
    reply_class IN ('must', 'unclear') AS needs,
    coalesce(tone = 'negative', false) AS is_negative,
    checked_need_found AS need_found,
    checked_tone_found = 'negative' AS negative_found
FROM items
WHERE checked_as = 'random';
