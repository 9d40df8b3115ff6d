-- The last step over the import line: named_* tables, masked by now -> lake tables.
INSERT INTO lake_posts BY NAME SELECT * EXCLUDE (names) FROM named_posts;

INSERT INTO lake_comments BY NAME SELECT * EXCLUDE (names) FROM named_comments;

INSERT INTO lake_rejected BY NAME
SELECT import_id, line, worded(template, reason) AS reason, reason_code(reason) AS reason_code,
    reason_value(reason) AS reason_value, text AS raw
FROM named_rejects JOIN row_reasons ON code = reason_code(reason);

-- Sums of a whole account; nobody is in them.
INSERT INTO lake_account_days BY NAME
SELECT import_id, line, platform,
    platform || ':' || coalesce(account_native, account_handle, hints[platform], 'unknown') AS account_ref,
    account_native,
    coalesce(account_handle, CASE WHEN has_one_account THEN hints[platform] END) AS account_handle,
    account_name, day, metric, value
FROM staged_account_days
JOIN import_files USING (file_no)
JOIN named_files USING (file_no)
WHERE is_plausible(day::TIMESTAMPTZ) AND value IS NOT NULL;

DROP TABLE suspects;
DROP TABLE named_posts;
DROP TABLE named_comments;
DROP TABLE named_rejects;
