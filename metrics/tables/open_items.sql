-- What a person may still have to do something about, and every case, oldest first: the lists and
-- counts of what waits now read a tenth of the items. `metrics/listing.py` says which these are.
CREATE OR REPLACE TABLE open_items AS
SELECT *
FROM measured_items
WHERE (standing IN ('mature', 'not_due') AND NOT is_answered)
    OR is_case
    OR is_referred
    OR is_claim_lapsed
    OR is_archive_candidate
ORDER BY received_at, item_id;
