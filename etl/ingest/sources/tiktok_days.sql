-- source_rows, source_exports -> source_rows with `day`. The days stand in order without a
-- year: the last one is the newest that the export can hold, and the year is one less for
-- every New Year between it and a row. formats.md 10.
ALTER TABLE source_rows ADD COLUMN day DATE;

CREATE OR REPLACE TEMP TABLE tiktok_days AS
WITH cells AS (
    SELECT file_no, line,
        -- A workbook's own date: a spreadsheet invented its year.
        coalesce(month_in(published), TRY_CAST(regexp_extract(published, '^\d{4}-(\d\d)', 1) AS INTEGER))
            AS month,
        CASE WHEN month_in(published) IS NOT NULL THEN day_in(published)
            ELSE TRY_CAST(regexp_extract(published, '^\d{4}-\d\d-(\d\d)', 1) AS INTEGER) END AS dom
    FROM source_rows
), paired AS (
    SELECT *, month * 32 + dom AS place,
        lag(month * 32 + dom) OVER (PARTITION BY file_no ORDER BY line) AS before
    FROM cells WHERE month IS NOT NULL AND dom IS NOT NULL
), directed AS (
    -- Newest first when most steps go backwards; a year is a circle of 12 * 32 places.
    SELECT *, line * CASE WHEN sum(sign(192 - (place - before + 384) % 384))
        OVER (PARTITION BY file_no) < 0 THEN -1 ELSE 1 END AS nth
    FROM paired
), stepped AS (
    SELECT *, coalesce(place > lead(place) OVER by_day, false) AS is_before_new_year,
        last_value(month) OVER whole_file AS last_month, last_value(dom) OVER whole_file AS last_dom
    FROM directed
    WINDOW by_day AS (PARTITION BY file_no ORDER BY nth),
        whole_file AS (PARTITION BY file_no ORDER BY nth
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT file_no, line, calendar_day(
    year_before(last_month, last_dom, limit_day) - count(*) FILTER (is_before_new_year)
        OVER (PARTITION BY file_no ORDER BY nth ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
    month, dom) AS day
FROM stepped JOIN source_exports USING (file_no);

-- The tables of a business account have whole dates; others with such ones were refused.
UPDATE source_rows SET day = TRY_STRPTIME(published, '%Y/%m/%d')::DATE;

UPDATE source_rows SET day = tiktok_days.day FROM tiktok_days
WHERE source_rows.file_no = tiktok_days.file_no AND source_rows.line = tiktok_days.line;
