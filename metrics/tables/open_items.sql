-- What a person may still have to do something about, and every case, oldest first: the lists and
-- counts of what waits now read a tenth of the items. `metrics/listing.py` says which these are.
CREATE OR REPLACE TABLE open_items AS
WITH marked AS (
    SELECT *, standing IN ('mature', 'not_due') AND NOT is_answered AS is_unanswered
    FROM measured_items
)
SELECT
    *,
    (is_unanswered AND (is_needing_reply OR is_negative))
        OR (is_case AND NOT is_case_complete AND standing <> 'claimed') AS is_open
FROM marked
WHERE is_unanswered OR is_case OR is_referred OR is_claim_lapsed OR is_archive_candidate
ORDER BY received_at, item_id;
