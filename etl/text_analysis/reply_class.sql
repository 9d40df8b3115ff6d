-- Which class an item has, and the rule that set it (M2). The first rule that fits wins; a person's
-- decision stands above all of them and is put on by the build.
--   none     repeat            the same words again by the same writer of the thread
--            only_tags         nothing but names that are tagged
--            only_emoji        nothing but emoji
--            no_text           a sticker, a picture or nothing
--            spam              reads as advertising
--   must     question          asks for something, with or without «?»
--            claims_error      says that something published is wrong
--            case_enquiry      about the writer's own case
--            service_request   asks for something to be done, or to be called
--            negative          criticism, complaint or worry, 0.6 or more
--   unclear  unclear_tone      negative_score between 0.4 and 0.6, and no flag: counts as must. Below 0.4
--                              it is called unsure, too, and is shown to be looked at; but it is more often
--                              right to leave it than to take it, and a rate must not lean (M4, M5)
--            not_read          the text may not be stored, so nothing read it: counts as must
--   content  content           everything else: praise, opinion, information
CREATE OR REPLACE TEMP MACRO class_rule(
    content_kind, is_repeat, is_spam, is_question, claims_error, is_case_enquiry, asks_for_service, tone,
    negative_score
) AS CASE
    WHEN content_kind IS NULL THEN 'not_read'
    WHEN is_repeat THEN 'repeat'
    WHEN content_kind = 'tag_only' THEN 'only_tags'
    WHEN content_kind = 'emoji_only' THEN 'only_emoji'
    WHEN content_kind = 'empty' THEN 'no_text'
    WHEN is_spam THEN 'spam'
    WHEN is_question THEN 'question'
    WHEN claims_error THEN 'claims_error'
    WHEN is_case_enquiry THEN 'case_enquiry'
    WHEN asks_for_service THEN 'service_request'
    WHEN tone = 'negative' THEN 'negative'
    WHEN tone = 'unclear' AND coalesce(negative_score, 1) >= 0.4 THEN 'unclear_tone'
    ELSE 'content' END;

CREATE OR REPLACE TEMP MACRO reply_class(rule) AS CASE
    WHEN rule IN ('repeat', 'only_tags', 'only_emoji', 'no_text', 'spam') THEN 'none'
    WHEN rule IN ('question', 'claims_error', 'case_enquiry', 'service_request', 'negative') THEN 'must'
    WHEN rule IN ('unclear_tone', 'not_read') THEN 'unclear'
    ELSE 'content' END;
