-- Every unit with itself and all that lies below it, for the months in which it lay there (R48).
CREATE OR REPLACE TABLE units_below AS
WITH RECURSIVE below AS (
    SELECT DISTINCT
        unit_id,
        unit_id AS below_id,
        DATE '0001-01-01' AS first_month,
        DATE '9999-12-01' AS last_month
    FROM unit_versions
    UNION
    SELECT
        b.unit_id,
        v.unit_id,
        greatest(b.first_month, v.first_month),
        least(b.last_month, v.last_month)
    FROM below AS b
    JOIN unit_versions AS v ON v.parent_id = b.below_id
    WHERE greatest(b.first_month, v.first_month) <= least(b.last_month, v.last_month)
)
SELECT
    below.*,
    m.month BETWEEN below.first_month AND below.last_month AS is_now
FROM below
CROSS JOIN measured_on AS m
ORDER BY unit_id, below_id;
