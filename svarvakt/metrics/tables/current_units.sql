-- One line per unit: the version that is valid on the day the figures are for,
-- else the nearest one, so that closed units keep their name in old months.
CREATE OR REPLACE TABLE current_units AS
SELECT v.* EXCLUDE (valid_from, first_month, last_month)
FROM unit_versions AS v
CROSS JOIN measured_on AS m
WHERE m.month BETWEEN v.first_month AND v.last_month;
