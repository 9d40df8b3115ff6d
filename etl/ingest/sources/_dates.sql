-- Meta's clock is that of Los Angeles. The hour that the autumn has twice is taken as its
-- first one (fold = 0); DuckDB by itself takes the second.
CREATE OR REPLACE TEMP MACRO los_angeles(wall) AS CASE
    WHEN timezone('America/Los_Angeles',
        timezone('America/Los_Angeles', wall) - INTERVAL 1 HOUR) = wall
    THEN timezone('America/Los_Angeles', wall) - INTERVAL 1 HOUR
    ELSE timezone('America/Los_Angeles', wall) END;

CREATE OR REPLACE TEMP MACRO wall_time(cell, is_day_first) AS CASE
    WHEN is_day_first THEN coalesce(
        TRY_STRPTIME(replace(cell, '.', '/'), ['%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S']),
        TRY_STRPTIME(cell, '%d.%m.%Y %H.%M'))
    ELSE TRY_STRPTIME(cell, ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S',
        '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S']) END;

-- source_rows.published -> source_dates (file_no, is_day_first, is_turned, is_unsaid). Turned: a
-- spreadsheet read some dates the other way round; nobody can tell which. Unsaid: a person can.
CREATE OR REPLACE TEMP TABLE source_dates AS
WITH shapes AS (
    SELECT file_no,
        regexp_full_match(cell, '\d{1,2}/\d{1,2}/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?') AS is_slashed,
        regexp_full_match(cell, '\d{1,2}\.\d{1,2}\.\d{4}( \d{1,2}[:.]\d{2}(:\d{2})?)?')
            AS is_dotted,
        regexp_full_match(cell, '\d{4}-\d{2}-\d{2}[ T].*') AS is_iso,
        TRY_CAST(substr(cell, 9, 2) AS INTEGER) > 12 AS is_iso_day,
        regexp_full_match(cell, '\d{2}/\d{2}/\d{4} \d{2}:\d{2}') AS is_padded,
        TRY_CAST(regexp_extract(cell, '^(\d+)[./]', 1) AS INTEGER) > 12 AS is_first_a_day,
        TRY_CAST(regexp_extract(cell, '^\d+[./](\d+)', 1) AS INTEGER) > 12 AS is_second_a_day
    FROM (SELECT file_no, trim(published) AS cell FROM source_rows)
), files AS (
    SELECT file_no,
        coalesce(bool_or(is_slashed), false) AS has_slashes,
        coalesce(bool_or(is_dotted), false) AS has_dots,
        coalesce(bool_or(is_iso), false) AS has_iso,
        coalesce(bool_or(is_iso AND is_iso_day), false) AS has_iso_day,
        coalesce(bool_and(is_padded) FILTER (is_slashed), false) AS is_padded,
        coalesce(bool_or(is_first_a_day), false) AS has_day_first,
        coalesce(bool_or(is_second_a_day), false) AS has_day_second
    FROM shapes GROUP BY file_no
)
SELECT file_no, has_day_first AS is_day_first,
    (has_day_first AND has_day_second)
    -- A spreadsheet turned those it could and left the others.
    OR has_slashes::INT + has_dots::INT + has_iso::INT > 1
    OR (has_dots AND NOT has_day_first)
    OR (has_iso AND NOT has_iso_day) AS is_turned,
    has_slashes AND NOT (is_padded OR has_day_first OR has_day_second) AS is_unsaid
FROM files;
