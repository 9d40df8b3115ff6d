-- Masks at the import line (data-contract.md, R13): no number, address or tag is read after this.
-- RE2 has no lookaround: what must stay (links, ids, case numbers, amounts with a unit, dates) is
-- first put between U+E001 and U+E002, every later pattern steps over such a span, and U+E000
-- keeps digits and letters apart so that \b works. All marks are gone at the end.
CREATE OR REPLACE MACRO mask_kept() AS
    '((?i:https?://|www\.)\S+|(?i:(?:[\pL\d-]+\.)+(?:no|com|org|net|eu|info|io|be|me|tv|se|dk|de|uk)/)\S*'
    || '|\b(?:[1-9]|0[1-9])\d{11,}(?:\x{E000}_\x{E000}\d+)*\b|\b(?i:(?:saks?|journal|arkiv|ref(?:eranse)?'
    || '|faktura|kid|ordre|org(?:anisasjons)?)\.?[\p{Zs}-]?(?:nr|nummer|post)?[.:#]{0,2}[\p{Zs}\x{E000}]{0,2}'
    || '\d{4,10}\b(?:[/-]\d+)?)|\b(?:\d{1,3}(?:[\p{Zs}.]\d{3}){2,}|\d{7,})(?:,\d+)?(?:,-|,\d\d\b|[\p{Zs}\x{E000}]?'
    || '(?:[%€$²]|(?i:kr|kroner|nok|mill|million|millioner|millionar|milliard|milliarder|mrd|prosent|tonn|kg'
    || '|liter|kwh|mwh|stk|m2|m3|kvm|euro|eur|usd|dollar|visninger|visningar|innbyggere|innbyggarar)\b))'
    || '|(?i:\bkr\b|\bnok\b|\bkroner\b|[€$£])[.:]?[\p{Zs}\x{E000}]?\d{5,8}00\b|\b(?:19|20)\d\d-\d\d-\d\d\b'
    || '|\b(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b'
    || '|\b[0-3]?\d[./-][\p{Zs}]?[01]?\d[./-][\p{Zs}]?(?:19|20)\d\d\b'
    || '|\b(?:19|20)\d\d[\p{Zs}](?:19|20)\d\d\b|\b\d{2,4}/\d{1,7}(?:-\d+)?\b)';
-- Replaces what the pattern finds outside kept spans; its group 2 is what stays before the mask.
CREATE OR REPLACE MACRO mask_spans(t, pattern, label) AS replace(replace(regexp_replace(t,
    '(\x{E001}[^\x{E002}]*\x{E002})|' || pattern, '\1\2' || chr(57347), 'g'),
    chr(57346) || chr(57347), chr(57346)), chr(57347), label);
-- Before anything is kept: +47, links that are a phone number, birth date + five digits.
CREATE OR REPLACE MACRO mask_first(t) AS regexp_replace(regexp_replace(
    regexp_replace(t, '\b[2-9]\d{2}[\p{Zs}]\d{2}[\p{Zs}]\d{3}/', '[telefon]/', 'g'),  -- two of them, no case number
    '(?i)(tel:|wa\.me/)\+?\d(?:[\p{Zs}-]?\d){7,}|\(?\+[\p{Zs}]?47\)?(?:[\p{Zs}.\p{Pd}]{0,2}\d){8}\b',
    '\1[telefon]', 'g'),
    '(?i)((?:personn(?:umme)?r|\bpnr)\pL{0,3}\.?[:\p{Zs}]{0,3}(?:er[\p{Zs}])?)\d{5}\b'
    || '|\b[0-3]\d[.][01]\d[.](?:19|20)\d\d\p{Pd}\d{5}\b', '\1[fødselsnummer]', 'g');
CREATE OR REPLACE MACRO mask_phone_abroad() AS
    '()(?:\(?(?:\+|\b00)[\p{Zs}]?47\)?(?:[\p{Zs}.\p{Pd}]{0,2}\d){8}\b'
    || '|\+[1-9]\d?(?:[\p{Zs}.\p{Pd}()]{0,2}\d){8,12}\b|\b00[1-9]\d(?:[\p{Zs}.\p{Pd}]{0,2}\d){7,11}\b)';
-- DDMMYY + five digits; D-number: day +40; synthetic: month +40, +65, +80.
CREATE OR REPLACE MACRO mask_day() AS '(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])';
CREATE OR REPLACE MACRO mask_month() AS '(?:0[1-9]|1[0-2]|4[1-9]|5[0-2]|6[6-9]|7[0-7]|8[1-9]|9[0-2])';
CREATE OR REPLACE MACRO mask_birth_number() AS
    '()\b(?:' || mask_day() || mask_month() || '[\p{Zs}]?\d\d[\p{Zs}.\p{Pd}]{0,3}\d{3}[\p{Zs}]?\d{2}'
    || '|' || mask_day() || '[\p{Zs}./]' || mask_month() || '[\p{Zs}./]\d\d[\p{Zs}.\p{Pd}]{1,3}\d{5})\b';
CREATE OR REPLACE MACRO mask_account_number() AS
    '()\b(?:\d{11}|(?i:NO)[\p{Zs}\x{E000}]?\d{2}(?:[\p{Zs}.]?\d){11}|\d{4}[\p{Zs}.]\d{7}'
    || '|\d{4}[\p{Zs}.\p{Pd}]{1,2}\d{2}[\p{Zs}.\p{Pd}]{1,2}\d{5})\b';
-- 412 34 567, 41 23 45 67, 412 345 67, 412 34567, 4123 4567, 41234567; after a word for it, any groups.
CREATE OR REPLACE MACRO mask_phone() AS
    '()\b(?:47[\p{Zs}.\p{Pd}]{0,2})?'
    || '(?:[2-9]\d{2}(?:[\p{Zs}\t]{1,2}\d{2}[\p{Zs}\t]{1,2}|[.]\d{2}[.]|\p{Pd}\d{2}\p{Pd})\d{3}\b'
    || '|[2-9]\d(?:(?:[\p{Zs}\t]{1,2}\d{2}){3,}|(?:[.]\d{2}){3}|(?:\p{Pd}\d{2}){3})\b'
    || '|[49]\d{2}[\p{Zs}]\d{3}[\p{Zs}]\d{2}\b|[49]\d{2}[\p{Zs}]\d{3}(?:\d[1-9]|[1-9]\d)\b'
    || '|[49]\d{3}[\p{Zs}]\d{2}(?:\d[1-9]|[1-9]\d)\b|[2-9]\d{7}\b)';
CREATE OR REPLACE MACRO mask_phone_after_word() AS
    '(\b(?i:tlf|tel|telefon(?:nr|nummer)?|mob|mobil(?:nr|nummer)?|ring|sms|nummer\pL{0,2})'
    || '[\s:.,\x{E000}]*(?:(?i:meg|mæ|mitt|min|på|er|e|til|oss|gjerne|tlf|mob)[\s:.,]+){0,3})'
    || '[2-9](?:[\p{Zs}\p{Pd}]?\d){7}\b';
-- Few texts hold five digits; the others are left alone.
CREATE OR REPLACE MACRO mask_numbers(t) AS CASE
    WHEN NOT regexp_matches(t, '[0-9](?:[^0-9]*[0-9]){4}') THEN t
    ELSE regexp_replace(mask_spans(mask_spans(mask_spans(mask_spans(mask_spans(regexp_replace(
        regexp_replace(regexp_replace(mask_first(t), '(\d)([\pL_])', '\1' || chr(57344) || '\2', 'g'),
            '([\pL_])(\d)', '\1' || chr(57344) || '\2', 'g'),
        mask_kept(), chr(57345) || '\1' || chr(57346), 'g'),
        mask_phone_abroad(), '[telefon]'), mask_birth_number(), '[fødselsnummer]'),
        mask_account_number(), '[kontonummer]'), mask_phone_after_word(), '[telefon]'),
        mask_phone(), '[telefon]'), '[\x{E000}-\x{E003}]', '', 'g') END;
-- E-mail, also written with (at). An address on another server (@name@server) is a tag: the
-- server goes, the tag stays for mask_tags.
CREATE OR REPLACE MACRO mask_email(t) AS CASE
    WHEN NOT (contains(t, '@') OR contains(t, '＠') OR regexp_matches(t, '(?i)[(\[](?:at|a)[)\]]|krøllalfa')) THEN t
    ELSE regexp_replace(regexp_replace(
        regexp_replace(t, '(^|[^\pL\d._%+-])@([\pL\d_.-]+)@[\pL\d-]+(?:\.[\pL\d-]+)+', '\1@\2', 'g'),
        '(?i)[\pL\d._%+''’-]+(?:\s?[@＠]|\s?[(\[]at?[)\]]\s?|\s?krøllalfa\s?)'
        || '[\pL\d-]+(?:\.[\pL\d-]+)*\.\pL{2,}', '[e-post]', 'g'),
        '(?i)[\pL\d._%+-]+ @ [\pL\d-]+(?:\.[\pL\d-]+)*\.\pL{2,}', '[e-post]', 'g') END;
-- mask_text(text) -> text with [e-post] [telefon] [fødselsnummer] [kontonummer]; NULL stays NULL.
CREATE OR REPLACE MACRO mask_text(t) AS mask_numbers(mask_email(t));
-- mask_tags(text, own_handles): every @handle and @[id:2048:Name] becomes «@…», unless the handle
-- (or the markup's id or name) is one of own_handles, in lower case. After mask_text only.
CREATE OR REPLACE MACRO mask_tag(x, own) AS CASE
    WHEN left(x, 1) NOT IN ('@', '＠') OR length(x) = 1 OR x = '@…' THEN x
    WHEN left(x, 2) = '@[' THEN CASE
        WHEN list_has_any(own, string_split(lower(x[3:-2]), ':')) THEN '@' || regexp_extract(x, '.*:([^:]*)\]', 1)
        ELSE '@…' END
    WHEN list_contains(own, regexp_extract(lower(x), '[@＠]([\pL\pM\d_](?:[\pL\pM\d_.·-]*[\pL\pM\d_])?)', 1)) THEN x
    ELSE '@…' END;
CREATE OR REPLACE MACRO mask_tag_pattern() AS
    '@\[\d+:\d+:[^\]\n]*\]|[@＠][\pL\pM\d_](?:[\pL\pM\d_.·-]*[\pL\pM\d_])?'
    -- a surname after a typed tag, told by its ending
    || '(?:[ ]\p{Lu}[\pL-]*(?:sen|son|stad|land|berg|vik|dal|mann|rud|haug|lien|moen|eide|nes|heim)\b)?';
CREATE OR REPLACE MACRO mask_tags(t, own_handles) AS CASE
    WHEN NOT (contains(t, '@') OR contains(t, '＠')) THEN t
    WHEN coalesce(len(own_handles), 0) > 0 AND (contains(t, '@[') OR list_has_any(own_handles,
        regexp_extract_all(lower(t), '(?:[@＠]|@\[|:)([\pL\pM\d_](?:[\pL\pM\d_.·-]*[\pL\pM\d_])?)', 1)))
    THEN array_to_string(list_transform(
        regexp_extract_all(t, mask_tag_pattern() || '|[^@＠]+|[@＠]'),
        lambda x: mask_tag(x, own_handles)), '')
    ELSE regexp_replace(t, mask_tag_pattern(), '@…', 'g') END;
-- mask_names(text, names): each given string (longest first) becomes «@…».
CREATE OR REPLACE MACRO mask_names(t, names) AS CASE
    WHEN t IS NULL OR coalesce(len(names), 0) = 0 THEN t
    ELSE regexp_replace(list_reduce(
        list_transform(list_sort(list_transform(list_filter(names, lambda n: length(trim(n)) > 1),
            lambda n: {'size': -length(n), 'name': n})), lambda n: n.name),
        lambda done, n: replace(done, n, '@…'), t), '@+…', '@…', 'g') END;
