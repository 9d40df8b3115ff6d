-- Every item with where it stands in the rates: exactly one standing each, so that the
-- parts add up to what was received (M1, M2, M4). A claimed answer counts in no rate (M3).
CREATE VIEW measured_items AS
SELECT
    items.*,
    items.reply_class IN ('must', 'unclear') AS is_needing_reply,
    items.answered_at IS NOT NULL AS is_answered,
    CASE
        WHEN items.reply_class = 'none' THEN 'class_none'
        WHEN items.link_state = 'cannot_link' THEN 'cannot_link'
        WHEN items.is_claimed_answered AND items.answered_at IS NULL THEN 'claimed'
        WHEN items.is_mature THEN 'mature'
        ELSE 'not_due'
    END AS standing
FROM items;
