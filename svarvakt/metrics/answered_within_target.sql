-- M5, the headline. The target stands in items.due_at, set when the item came.
CREATE OR REPLACE VIEW metric_answered_within_target AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    due_need_within AS numerator,
    due_need AS denominator
FROM month_counts
WHERE due_need > 0;

COMMENT ON VIEW metric_answered_within_target IS
'Besvart innen fristen: så mange av henvendelsene som trenger svar, fikk svar innen fristen i arbeidstid. Bare henvendelser der fristen er gått ut, er med. De som ikke har fått svar, teller som ikke besvart innen fristen. Fristen er den som gjaldt da henvendelsen kom, og den er den samme for negative henvendelser.';
