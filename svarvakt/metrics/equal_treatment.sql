-- M8, equal treatment: the rates count mature items only (M4). The medians beside them are M6's.
-- Unclear counts as must until a person decides (M2).
CREATE OR REPLACE VIEW metric_equal_treatment AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    is_negative,
    CASE WHEN is_answered THEN n ELSE 0 END::BIGINT AS numerator,
    n AS denominator
FROM item_months
WHERE {{need_counted}};

COMMENT ON VIEW metric_equal_treatment IS
'Likebehandling: svarandel og svartid for negative henvendelser, sammenlignet med andre henvendelser som trenger svar. Er svarandelen lavere eller svartiden lengre for de negative, får ikke alle det samme svaret.';
