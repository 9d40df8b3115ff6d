-- source_figures, source_dates -> staged_account_days and staged_rejects.
CREATE OR REPLACE TEMP TABLE source_days AS
WITH dated AS (
    SELECT source_figures.*, day_of(cell, is_day_first) AS day, bare(coalesce(figure, '')) AS digits
    FROM source_figures JOIN source_dates USING (file_no)
), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY file_no, platform, metric, day ORDER BY line) AS nth
    FROM dated
)
SELECT *, CASE
    WHEN day IS NULL THEN 'no_day'
    WHEN figure_of(digits) IS NULL AND NOT is_unmeasured(digits) THEN 'unreadable_number'
    WHEN nth > 1 THEN 'day_repeated'
    END AS reason
FROM ordered;

INSERT INTO staged_account_days BY NAME
SELECT file_no, line, platform, handle AS account_handle, day, metric,
    whole(figure_of(digits)) AS value
FROM source_days
WHERE reason IS NULL AND whole(figure_of(digits)) IS NOT NULL
ORDER BY file_no, line, metric;

-- A bad figure is an empty cell where the row has others.
INSERT INTO source_unread
SELECT file_no, line, metric FROM source_days SEMI JOIN staged_account_days USING (file_no, line)
WHERE reason = 'unreadable_number';

INSERT INTO staged_passed
SELECT file_no, line, 'nothing_measured' FROM source_rows
ANTI JOIN staged_account_days USING (file_no, line)
ANTI JOIN (FROM source_days WHERE reason IS NOT NULL) AS bad USING (file_no, line);

-- A row of five figures with a bad day is one bad row.
INSERT INTO staged_rejects BY NAME
SELECT file_no, line, min(reason) AS reason,
    min(concat_ws(' | ', left(cell, 40), left(figure, 40))) AS raw
FROM source_days ANTI JOIN staged_account_days USING (file_no, line)
WHERE reason IS NOT NULL
GROUP BY file_no, line;
