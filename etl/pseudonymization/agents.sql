-- M20 (G2): was the one who answered a registered administrator of the account that day? Decided
-- here from `agent`, which no later step reads; only yes, no or not known crosses the line.
-- Not known (no line): no agent in the file, an account that the register names no administrator
-- of, or a reply older than the first appointment that the register knows.
CREATE OR REPLACE TEMP TABLE answered_by AS
WITH said AS (
    SELECT file_no, line, comment_native, platform, lower(trim(agent)) AS person,
        timezone('Europe/Oslo', created_at)::DATE AS sent_on,
        [lower(ltrim(trim(name), '@')) FOR name IN [account_native,
            coalesce(account_handle, CASE WHEN account_native IS NULL THEN hints[platform] END)]] AS names
    FROM staged_comments JOIN import_files USING (file_no)
    WHERE trim(agent) <> ''
)
SELECT file_no, line, comment_native,
    bool_or(person_key = person
        AND sent_on BETWEEN valid_from AND coalesce(valid_to, DATE 'infinity')) AS is_administrator
FROM said
JOIN register_account_ids AS ids
    ON ids.platform = said.platform AND list_contains(names, match_key)
JOIN register_administrators USING (account_id)
GROUP BY file_no, line, comment_native
HAVING min(valid_from) <= min(sent_on);
