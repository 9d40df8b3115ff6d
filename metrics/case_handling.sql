-- M12 (G8). Handled only with a case number and when the citizen was told in the thread.
CREATE VIEW metric_case_handling AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) AS found,
    count(*) FILTER (is_referred) AS referred,
    count(*) FILTER (is_case_complete) AS complete,
    count(*) FILTER (is_case_complete) AS numerator,
    count(*) AS denominator
FROM open_items
WHERE is_case
GROUP BY ALL;

COMMENT ON VIEW metric_case_handling IS
'Til saksbehandling: henvendelser som ser ut til å trenge saksbehandling, eller som noen har henvist. Teller: de som er henvist, har saksnummer, og der innbyggeren har fått vite det i tråden. Nevner: alle slike henvendelser. Et menneske kan si at en henvendelse ikke er en sak; da teller den ikke med.';
