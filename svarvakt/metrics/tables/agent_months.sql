-- Replies per account and month, and how many somebody else than an administrator sent (M20).
-- Who the agent was is never stored; the import decided yes or no.
CREATE OR REPLACE TABLE agent_months AS
SELECT
    r.account_id,
    u.unit_id,
    a.platform,
    date_trunc('month', r.sent_at AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    count(*) FILTER (NOT r.is_by_registered_administrator) AS by_others,
    count(*) AS replies
FROM replies AS r
LEFT JOIN accounts AS a ON a.account_id = r.account_id
LEFT JOIN account_units AS u
    ON u.account_id = r.account_id
        AND (r.sent_at AT TIME ZONE 'Europe/Oslo')::DATE BETWEEN u.valid_from AND u.valid_to
WHERE r.is_by_registered_administrator IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
