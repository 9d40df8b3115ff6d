-- M9. Item grain, for the median: a writer's message after our answer in the same thread.
-- Beside the response time (M6), never mixed into it.
CREATE OR REPLACE VIEW metric_follow_up AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    item_id,
    is_answered,
    working_seconds,
    elapsed_seconds,
    waiting_working_seconds,
    is_answered::BIGINT AS numerator,
    1::BIGINT AS denominator
FROM follow_ups;

COMMENT ON VIEW metric_follow_up IS
'Oppfølging: når en som har fått svar, skriver igjen i samme tråd og trenger svar, tiden fra den nye meldingen til kontoen svarer på nytt. Teller: de som har fått svar på nytt. Nevner: alle slike meldinger. En dialog som noen har avsluttet, teller ikke. Blandes ikke med svartiden.';
