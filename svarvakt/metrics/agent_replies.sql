-- M20 (G2). Who the agent was is never stored; the import decided yes or no.
CREATE OR REPLACE VIEW metric_agent_replies AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    by_others AS numerator,
    replies AS denominator
FROM agent_months;

COMMENT ON VIEW metric_agent_replies IS
'Svar fra andre enn administratorer: svar der eksporten viser at den som svarte, ikke var registrert som administrator for kontoen da, av alle svar der eksporten viser hvem som svarte. Hvem det var, blir ikke lagret.';
