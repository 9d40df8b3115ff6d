-- M6. Item grain: a median cannot be made from sums. Answered items have working_seconds,
-- the others waiting_working_seconds, how long they have waited at the as-of time.
CREATE OR REPLACE VIEW metric_response_time AS
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
FROM measured_items
WHERE {{timed}};

COMMENT ON VIEW metric_response_time IS
'Svartid: arbeidstid fra henvendelsen kom til kontoen svarte, for henvendelser som trenger svar. Tid utenom kontorets åpningstid telles ikke. Vi viser medianen (halvparten fikk svar raskere) og 90-prosentilen (ni av ti fikk svar raskere). En egen linje regner med dem som fortsatt venter, slik at et ubesvart spørsmål aldri gjør tallet bedre. Er færre enn fem besvart, vises ingen median. Et svar som et menneske har registrert at er gitt et annet sted, regnes fra slutten av den dagen, eller fra da det ble registrert hvis det var før. En henvisning til saksbehandling og en avsluttet dialog regnes fra da de ble registrert.';
