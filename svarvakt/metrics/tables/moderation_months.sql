-- M10 per account and month, so that no page counts a million items.
CREATE OR REPLACE TABLE moderation_months AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) FILTER ({{hidden}}) AS hidden,
    count(*) FILTER ({{vanished}}) AS vanished,
    count(*) FILTER ({{hidden_without_reason}}) AS without_reason,
    count(*) FILTER ({{negative_moderated}}) AS negative_numerator,
    count(*) FILTER (is_negative) AS negative_denominator,
    count(*) FILTER ({{moderated}}) AS numerator,
    count(*) AS denominator
FROM measured_items
GROUP BY ALL
ORDER BY account_id, month;
