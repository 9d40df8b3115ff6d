-- What was read in every item, its class and the rule that set it (M2). A person's word stands above
-- the rules.
CREATE OR REPLACE TEMP TABLE classified AS
WITH ruled AS (
    SELECT voice, analysed.* EXCLUDE (text_hash), decided_items.reply_class AS decided_class,
        has_hidden_reason,
        class_rule(
            coalesce(content_kind, CASE WHEN NOT is_text_withheld THEN 'empty' END), is_repeat,
            is_spam, coalesce(flags.is_question, is_question),
            coalesce(flags.claims_error, claims_error),
            coalesce(flags.is_case_enquiry, is_case_enquiry), asks_for_service,
            coalesce(decided_items.tone, analysed.tone), negative_score) AS machine_rule,
        -- What the machine alone would say, kept beside what people decided.
        reply_class(class_rule(
            coalesce(content_kind, CASE WHEN NOT is_text_withheld THEN 'empty' END), is_repeat,
            is_spam, is_question, claims_error, is_case_enquiry, asks_for_service,
            analysed.tone, negative_score)) AS class_found
    FROM item_texts
    LEFT JOIN analysed USING (text_hash)
    LEFT JOIN decided_items USING (voice)
    WHERE is_in_part(voice)
)
SELECT * EXCLUDE (decided_class, has_hidden_reason, machine_rule),
    CASE WHEN decided_class IS NOT NULL THEN 'person'
        WHEN has_hidden_reason THEN 'hidden_with_reason' ELSE machine_rule END AS rule,
    CASE WHEN decided_class IS NOT NULL THEN decided_class
        WHEN has_hidden_reason THEN 'none' ELSE reply_class(machine_rule) END AS reply_class
FROM ruled;
