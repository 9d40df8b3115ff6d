-- M19 (G1). One line per official account, for the month the register is read in.
CREATE OR REPLACE VIEW metric_official_accounts AS
SELECT
    a.account_id,
    a.unit_id,
    a.platform,
    m.month,
    (coalesce(a.communications_administrators, 0) >= 1)::BIGINT AS numerator,
    1::BIGINT AS denominator
FROM accounts AS a
CROSS JOIN measured_on AS m
WHERE a.kind = 'official';

COMMENT ON VIEW metric_official_accounts IS
'Offisielle kontoer: kommunens offisielle kontoer der minst én registrert administrator er fra kommunikasjonsavdelingen, av alle offisielle kontoer.';
