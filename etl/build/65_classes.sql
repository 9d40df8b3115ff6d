-- The class of every item and the rule that set it (M2).
CREATE OR REPLACE TEMP TABLE found_class AS
SELECT item_id,
    class_rule(
        coalesce(content_kind, CASE WHEN NOT is_text_withheld THEN 'empty' END), is_repeat,
        is_spam, is_question, claims_error, is_case_enquiry, asks_for_service, tone) AS rule,
    reply_class(rule) AS reply_class
FROM item_texts LEFT JOIN analysed USING (text_hash);
