-- Needs month_named(word): the number of a month, NULL for other words.
CREATE OR REPLACE TEMP MACRO month_in(cell) AS list_extract(list_filter(list_transform(
    string_split_regex(lower(nfc_normalize(cell)), '[^\pL]+'), lambda word: month_named(word)),
    lambda month: month IS NOT NULL), 1);

CREATE OR REPLACE TEMP MACRO day_in(cell) AS
    TRY_CAST(regexp_extract(cell, '(?:^|\D)(\d{1,2})(?:\D|$)', 1) AS INTEGER);

CREATE OR REPLACE TEMP MACRO calendar_day(year, month, day) AS
    TRY_CAST(printf('%04d-%02d-%02d', year, month, day) AS DATE);

-- A day that its text alone makes certain.
CREATE OR REPLACE TEMP MACRO spelled_day(cell) AS CASE
    WHEN month_in(cell) IS NOT NULL THEN calendar_day(
        TRY_CAST(regexp_extract(cell, '\d{4}') AS INTEGER), month_in(cell), day_in(cell))
    WHEN regexp_matches(trim(cell), '^\d{4}-\d{2}-\d{2}([ T]|$)')
        THEN TRY_CAST(left(trim(cell), 10) AS DATE)
    WHEN regexp_matches(trim(cell), '^\d{1,2}\.\d{1,2}\.\d{4}')
        THEN TRY_STRPTIME(regexp_extract(cell, '[\d.]+'), '%d.%m.%Y')::DATE END;

CREATE OR REPLACE TEMP MACRO slashed_day(cell, is_day_first) AS
    CASE WHEN is_day_first THEN TRY_STRPTIME(regexp_extract(cell, '[\d/]+'), '%d/%m/%Y')
    ELSE TRY_STRPTIME(regexp_extract(cell, '[\d/]+'), '%m/%d/%Y') END::DATE;

-- The year of the last such day that is not after `limit_day`.
CREATE OR REPLACE TEMP MACRO year_before(month, day, limit_day) AS year(limit_day) - CASE
    WHEN month * 32 + day > month(limit_day) * 32 + day(limit_day) THEN 1 ELSE 0 END;
