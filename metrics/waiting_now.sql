-- M7. Month is the month the item came; sum over every month for what waits now.
CREATE VIEW metric_waiting_now AS
WITH
open_items AS (
    SELECT
        i.*,
        i.waiting_working_seconds / m.working_day_seconds AS working_days,
        (i.received_at AT TIME ZONE 'Europe/Oslo') + INTERVAL 1 MONTH
            <= coalesce(a.comments_as_of, a.as_of, m.as_of) AT TIME ZONE 'Europe/Oslo'
            AS is_over_one_month
    FROM measured_items AS i
    CROSS JOIN measured_on AS m
    LEFT JOIN accounts AS a ON a.account_id = i.account_id
    WHERE i.is_needing_reply
        AND NOT i.is_answered
        AND i.standing IN ('mature', 'not_due', 'claimed')
)
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) FILTER (standing = 'claimed') AS claimed,
    count(*) FILTER (standing <> 'claimed' AND working_days < 1) AS under_one_day,
    count(*) FILTER (standing <> 'claimed' AND working_days >= 1 AND working_days < 3)
        AS one_to_three_days,
    count(*) FILTER (standing <> 'claimed' AND working_days >= 3 AND working_days < 6)
        AS three_to_six_days,
    count(*) FILTER (standing <> 'claimed' AND working_days >= 6) AS six_days_or_more,
    count(*) FILTER (standing <> 'claimed' AND is_over_one_month) AS over_one_month,
    min(received_at) FILTER (standing <> 'claimed') AS oldest_received_at,
    max(waiting_working_seconds) FILTER (standing <> 'claimed') AS oldest_working_seconds,
    count(*) FILTER (standing = 'mature') AS numerator,
    count(*) FILTER (standing <> 'claimed') AS denominator
FROM open_items
GROUP BY ALL;

COMMENT ON VIEW metric_waiting_now IS
'Venter nå: henvendelser som trenger svar og ikke har fått det da den nyeste eksporten av kontoen ble laget. Alderen er regnet i arbeidsdager. Teller: de som har ventet lenger enn fristen. Nevner: alle som venter. Er noe meldt som «svart nå», står det for seg selv til neste eksport bekrefter svaret.';
