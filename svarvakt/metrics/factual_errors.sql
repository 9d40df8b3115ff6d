-- M11 (G7). What a person registered as an error; the software only suggests where to look.
CREATE OR REPLACE VIEW metric_factual_errors AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) AS found,
    count(corrected_at) AS corrected,
    count(*) - count(corrected_at) AS open,
    count(*) FILTER (is_open_over_day) AS open_over_day,
    count(*) FILTER (is_open_over_day) AS numerator,
    count(*) AS denominator
FROM factual_errors
GROUP BY ALL;

COMMENT ON VIEW metric_factual_errors IS
'Faktafeil: feil i det kommunen selv har skrevet, registrert av et menneske. Teller: de som har stått åpne i mer enn et døgn uten å være rettet. Nevner: alle som er funnet. Kommentarer som sier at noe er feil, er bare forslag til hvor noen bør se.';
