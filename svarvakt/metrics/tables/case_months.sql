-- M12: what looks like a case or was made one, by how far it has come.
CREATE OR REPLACE TABLE case_months AS
SELECT
    account_id, unit_id, platform, month,
    count(*) AS found,
    count(*) FILTER ({{case_referred}}) AS referred,
    count(*) FILTER ({{case_complete}}) AS complete
FROM open_items
WHERE {{case}}
GROUP BY ALL
ORDER BY account_id, month;
