-- The platforms' own sums per account and day: the newest export that has the day decides it.
CREATE TABLE account_day_figures AS
SELECT account_id, day, metric, arg_max(value, (exported_at, import_id)) AS value,
    max(exported_at) AS exported_at
FROM lake_account_days JOIN import_ranks USING (import_id) JOIN account_map USING (account_ref)
GROUP BY account_id, day, metric
ORDER BY account_id, metric, day;
