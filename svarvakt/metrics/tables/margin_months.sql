-- What a margin is worked out from (svarvakt/metrics/misclassification_margin.py): due items by what the machine or a person
-- says of them, how many are answered, in time, and checked by people.
CREATE OR REPLACE TABLE margin_months AS
SELECT
    account_id, unit_id, month,
    CASE WHEN NOT is_needing_reply THEN 'content' WHEN is_negative THEN 'negative' ELSE 'other' END
        AS class,
    sum(n)::BIGINT AS items,
    coalesce(sum(n) FILTER (is_answered), 0)::BIGINT AS answered,
    coalesce(sum(n) FILTER (is_within_target), 0)::BIGINT AS in_time,
    coalesce(sum(n) FILTER (is_checked), 0)::BIGINT AS checked
FROM item_months
WHERE {{all_counted}}
GROUP BY ALL
ORDER BY account_id, month;
