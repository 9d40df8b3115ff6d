-- M14. One line per known account, for the month the register is read in.
-- Good practice stands beside the requirements and is never part of the numerator.
CREATE OR REPLACE VIEW metric_ownership_coverage AS
WITH
marks AS (
    SELECT
        a.account_id,
        a.unit_id,
        a.platform,
        m.month,
        coalesce(a.is_registered, false) AS is_registered,
        a.unit_id IS NOT NULL AS has_unit,
        coalesce(trim(a.editor_role), '') <> '' AS has_editor,
        coalesce(a.administrators, 0) >= 1 AS has_administrator,
        coalesce(a.told_how IN ('date', 'declared'), false) AS is_told,
        coalesce(a.told_how = 'declared', false) AS is_told_declared,
        coalesce(a.shows_belonging IN ('ja', 'unntak'), false) AS has_belonging,
        coalesce(a.shows_belonging, 'ukjent') = 'ukjent' AS is_belonging_unknown,
        coalesce(a.administrators, 0) >= 2 AS has_two_administrators,
        coalesce(a.two_factor, false) AS has_two_factor,
        coalesce(a.recovery_email, false) AS has_recovery_email,
        a.risk_assessed_on IS NOT NULL AS has_risk_assessment,
        coalesce(a.confirmation, 'never') AS confirmation
    FROM accounts AS a
    CROSS JOIN measured_on AS m
)
SELECT
    marks.*,
    (has_unit AND has_editor AND has_administrator AND is_told AND has_belonging)::BIGINT
        AS numerator,
    1::BIGINT AS denominator
FROM marks;

COMMENT ON VIEW metric_ownership_coverage IS
'Eierskapsdekning: kontoer som oppfyller alle kravene, av alle kjente kontoer. Kravene er: en enhet eier kontoen, noen har redaktøransvaret, minst én er administrator, kommunikasjonsavdelingen har fått melding, og det er tydelig at kontoen tilhører kommunen (eller unntaket er begrunnet). Kontoer som bare er sett i eksporter, er også med. God praksis, som to administratorer og tofaktor, vises ved siden av og teller ikke med.';
