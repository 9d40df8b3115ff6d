-- M8, equal treatment. Item grain, for the medians; the rates count mature items only (M4).
-- Unclear counts as must until a person decides (M2).
CREATE VIEW metric_equal_treatment AS
SELECT
    account_id,
    unit_id,
    platform,
    month,
    item_id,
    is_negative,
    is_answered,
    working_seconds,
    (standing = 'mature' AND is_answered)::BIGINT AS numerator,
    (standing = 'mature')::BIGINT AS denominator
FROM measured_items
WHERE standing IN ('mature', 'not_due') AND is_needing_reply;

COMMENT ON VIEW metric_equal_treatment IS
'Likebehandling: svarandel og svartid for negative henvendelser, sammenlignet med andre henvendelser som trenger svar. Er svarandelen lavere eller svartiden lengre for de negative, får ikke alle det samme svaret.';
