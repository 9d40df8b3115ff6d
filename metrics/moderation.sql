-- M10. Hidden or vanished keeps its class and its place in every rate: hiding improves nothing.
CREATE OR REPLACE VIEW metric_moderation AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    count(*) FILTER ({{hidden}}) AS hidden,
    count(*) FILTER ({{vanished}}) AS vanished,
    count(*) FILTER ({{hidden_without_reason}}) AS without_reason,
    count(*) FILTER ({{negative_moderated}}) AS negative_numerator,
    count(*) FILTER (is_negative) AS negative_denominator,
    count(*) FILTER ({{moderated}}) AS numerator,
    count(*) AS denominator
FROM measured_items
GROUP BY ALL;

COMMENT ON VIEW metric_moderation IS
'Moderering: kommentarer som er skjult, eller som er borte i en nyere eksport av samme tråd, av alle innkomne, og det samme for de negative. Eksportene sier ikke alltid om en kommentar er skjult; se datagrunnlaget. Uten begrunnelse: de av dem som ingen har registrert hvorfor er borte; de beholder sin plass i svarandelen.';
