-- One line: the as-of time of the whole warehouse, its day and month in Norway, and the
-- length of a working day. Never the clock on the wall while there are exports.
CREATE OR REPLACE TABLE measured_on AS
WITH
info AS (
    SELECT
        max(value) FILTER (WHERE key = 'as_of') AS as_of,
        max(value) FILTER (WHERE key = 'built_at') AS built_at,
        max(value) FILTER (WHERE key = 'working_day_seconds') AS working_day_seconds
    FROM build_info
),
times AS (
    SELECT
        coalesce(
            try_cast(info.as_of AS TIMESTAMPTZ),
            (SELECT max(accounts.as_of) FROM accounts),
            try_cast(info.built_at AS TIMESTAMPTZ),
            now()
        ) AS as_of,
        coalesce(try_cast(info.working_day_seconds AS BIGINT), 27000) AS working_day_seconds
    FROM info
)
SELECT
    as_of,
    (as_of AT TIME ZONE 'Europe/Oslo')::DATE AS day,
    date_trunc('month', as_of AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    working_day_seconds
FROM times;
