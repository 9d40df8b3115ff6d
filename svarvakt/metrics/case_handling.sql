-- M12 (G8). Handled only with a case number and when the citizen was told in the thread.
CREATE OR REPLACE VIEW metric_case_handling AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    found,
    referred,
    complete,
    complete AS numerator,
    found AS denominator
FROM case_months;

COMMENT ON VIEW metric_case_handling IS
'Til saksbehandling: henvendelser som ser ut til å trenge saksbehandling, eller som noen har henvist. Teller: de som er henvist, har saksnummer, og der innbyggeren har fått vite det i tråden. Nevner: alle slike henvendelser. Et menneske kan si at en henvendelse ikke er en sak; da teller den ikke med.';
