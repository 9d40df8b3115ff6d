-- M5, the headline. The target stands in items.due_at, set when the item came.
CREATE VIEW metric_answered_within_target AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    coalesce(sum(n) FILTER (is_within_target), 0)::BIGINT AS numerator,
    sum(n)::BIGINT AS denominator
FROM item_months
WHERE standing = 'mature' AND is_needing_reply
GROUP BY ALL;

COMMENT ON VIEW metric_answered_within_target IS
'Besvart innen fristen: så mange av henvendelsene som trenger svar, fikk svar innen fristen i arbeidstid. Bare henvendelser der fristen er gått ut, er med. De som ikke har fått svar, teller som ikke besvart innen fristen. Fristen er den som gjaldt da henvendelsen kom, og den er den samme for negative henvendelser.';
