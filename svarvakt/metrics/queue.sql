-- M21. A stock, not a flow: pick one month, never sum over months.
CREATE OR REPLACE VIEW metric_queue AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    came,
    answered,
    open_negative,
    is_carried,
    open_overdue AS numerator,
    open AS denominator
FROM queue_months;

COMMENT ON VIEW metric_queue IS
'Køen: hvor mange henvendelser som trengte svar og ikke hadde fått det da måneden var slutt, og hvor mange som kom og fikk svar i måneden. I den nyeste måneden gjelder det tidspunktet den nyeste eksporten ble laget. En konto med eldre eksport står med sitt siste tall. Klasse og tone er de som gjelder i dag. Teller: de som var over fristen. Nevner: alle som ventet.';
