-- M16. One line per account and Oslo day with posts or items.
CREATE OR REPLACE VIEW metric_activity AS
SELECT
    *,
    (posts > 0)::BIGINT AS numerator,
    1::BIGINT AS denominator
FROM account_days;

COMMENT ON VIEW metric_activity IS
'Aktivitet: innlegg, dager med innlegg, dager siden siste innlegg, reaksjoner, kommentarer, delinger, rekkevidde eller visninger, og innkomne kommentarer. Aktiv: innlegg de siste 30 dagene. Stille: 31–90 dager siden. Sovende: mer enn 90 dager siden. Tilstanden gjelder dagen for kontoens nyeste fil; er den mer enn 30 dager eldre enn den nyeste av alle, er tilstanden ukjent. Mangler et tall hos plattformen, står det ikke som null. Ingen rangeres etter hvor mye de publiserer. Teller: dager med innlegg. Nevner: dager med innlegg eller innkomne kommentarer.';
