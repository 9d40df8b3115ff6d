-- What a person may still have to do something about, and every case, oldest first: the lists and
-- counts of what waits now read a tenth of the items. `svarvakt/metrics/populations.py` says which these are.
CREATE OR REPLACE TABLE open_items AS
SELECT * FROM measured_items
WHERE {{open_items}}
ORDER BY received_at, item_id;
