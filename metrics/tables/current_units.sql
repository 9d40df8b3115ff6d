-- One line per unit: the version that is valid on the day the figures are for,
-- else the nearest one, so that closed units keep their name in old months.
CREATE OR REPLACE TABLE current_units AS
SELECT
    u.unit_id,
    u.name,
    u.short_name,
    u.kind,
    u.parent_id,
    u.sector,
    u.channel_choice,
    u.is_sensitive_service,
    u.valid_to
FROM units AS u
CROSS JOIN measured_on AS m
QUALIFY row_number() OVER (
    PARTITION BY u.unit_id
    ORDER BY coalesce(u.valid_from <= m.day, true) DESC, u.valid_from DESC NULLS LAST
) = 1;
