-- M20 (G2). Who the agent was is never stored; the import decided yes or no.
CREATE VIEW metric_agent_replies AS
SELECT
    r.account_id,
    u.unit_id,
    a.platform,
    date_trunc('month', r.sent_at AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    count(*) FILTER (NOT r.is_by_registered_administrator) AS numerator,
    count(*) AS denominator
FROM replies AS r
LEFT JOIN accounts AS a ON a.account_id = r.account_id
LEFT JOIN account_units AS u
    ON u.account_id = r.account_id
        AND (r.sent_at AT TIME ZONE 'Europe/Oslo')::DATE BETWEEN u.valid_from AND u.valid_to
WHERE r.is_by_registered_administrator IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW metric_agent_replies IS
'Svar fra andre enn administratorer: svar der eksporten viser at den som svarte, ikke var registrert som administrator for kontoen da, av alle svar der eksporten viser hvem som svarte. Hvem det var, blir ikke lagret.';
