-- M7. Month is the month the item came; sum over every month for what waits now.
CREATE OR REPLACE VIEW metric_waiting_now AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    waiting_claimed AS claimed,
    waiting_under_one_day AS under_one_day,
    waiting_one_to_three_days AS one_to_three_days,
    waiting_three_to_six_days AS three_to_six_days,
    waiting_six_days_or_more AS six_days_or_more,
    waiting_over_one_month AS over_one_month,
    waiting_since AS oldest_received_at,
    waiting_working_seconds AS oldest_working_seconds,
    waiting_due AS numerator,
    waiting AS denominator
FROM month_counts
WHERE waiting > 0 OR waiting_claimed > 0;

COMMENT ON VIEW metric_waiting_now IS
'Venter nå: henvendelser som trenger svar og ikke har fått det da den nyeste eksporten av kontoen ble laget. Alderen er regnet i arbeidsdager. Teller: de som har ventet lenger enn fristen. Nevner: alle som venter. Er noe meldt som «svart nå», står det for seg selv til neste eksport bekrefter svaret.';
