-- M10. Hidden or vanished keeps its class and its place in every rate: hiding improves nothing.
CREATE OR REPLACE VIEW metric_moderation AS
SELECT * FROM moderation_months;

COMMENT ON VIEW metric_moderation IS
'Moderering: kommentarer som er skjult, eller som er borte i en nyere eksport av samme tråd, av alle innkomne, og det samme for de negative. Eksportene sier ikke alltid om en kommentar er skjult; se datagrunnlaget. Uten begrunnelse: de av dem som ingen har registrert hvorfor er borte; de beholder sin plass i svarandelen.';
