-- M7. Month is the month the item came; sum over every month for what waits now.
CREATE VIEW metric_waiting_now AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    coalesce(sum(n) FILTER (standing = 'claimed'), 0)::BIGINT AS claimed,
    coalesce(sum(n) FILTER (standing <> 'claimed' AND waiting_days_from = 0), 0)::BIGINT
        AS under_one_day,
    coalesce(sum(n) FILTER (standing <> 'claimed' AND waiting_days_from = 1), 0)::BIGINT
        AS one_to_three_days,
    coalesce(sum(n) FILTER (standing <> 'claimed' AND waiting_days_from = 3), 0)::BIGINT
        AS three_to_six_days,
    coalesce(sum(n) FILTER (standing <> 'claimed' AND waiting_days_from = 6), 0)::BIGINT
        AS six_days_or_more,
    coalesce(sum(n) FILTER (standing <> 'claimed' AND is_open_over_one_month), 0)::BIGINT
        AS over_one_month,
    min(oldest_received_at) FILTER (standing <> 'claimed') AS oldest_received_at,
    max(oldest_working_seconds) FILTER (standing <> 'claimed') AS oldest_working_seconds,
    coalesce(sum(n) FILTER (standing = 'mature'), 0)::BIGINT AS numerator,
    coalesce(sum(n) FILTER (standing <> 'claimed'), 0)::BIGINT AS denominator
FROM item_months
WHERE is_needing_reply
    AND NOT is_answered
    AND standing IN ('mature', 'not_due', 'claimed')
GROUP BY ALL;

COMMENT ON VIEW metric_waiting_now IS
'Venter nå: henvendelser som trenger svar og ikke har fått det da den nyeste eksporten av kontoen ble laget. Alderen er regnet i arbeidsdager. Teller: de som har ventet lenger enn fristen. Nevner: alle som venter. Er noe meldt som «svart nå», står det for seg selv til neste eksport bekrefter svaret.';
