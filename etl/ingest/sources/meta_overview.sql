-- source_rows -> source_titled: every row of a day with the title that stands above it.
-- A title stands alone in its row; the row after it holds the names of the two columns.
CREATE OR REPLACE TEMP TABLE source_titled AS
WITH marked AS (
    SELECT file_no, line, trim(cell) AS cell, figure,
        CASE WHEN figure IS NULL AND NOT regexp_matches(cell, '\d[-./]\d') THEN trim(cell) END
            AS own_title
    FROM source_rows WHERE cell IS NOT NULL OR figure IS NOT NULL
), placed AS (
    SELECT *, lag(own_title) OVER one_file AS title_before,
        last_value(own_title IGNORE NULLS) OVER one_file AS title
    FROM marked WINDOW one_file AS (PARTITION BY file_no ORDER BY line)
)
SELECT file_no, line, title, cell, figure
FROM placed WHERE own_title IS NULL AND title_before IS NULL;
