-- Initials that sign a reply name an employee (formats.md 7.1); nobody reads them after the import.
-- «_» and «^» before two or three letters at the end are a signature and nothing else. Capitals
-- behind a dash, a stroke, a greeting, the end of a sentence or alone on the last line are one
-- unless they are a word or an abbreviation that people end with. «… på NRK» has none of these.
CREATE OR REPLACE TEMP MACRO no_initials() AS [
    'AI', 'AMK', 'ANS', 'AP', 'AS', 'ASA', 'BA', 'BI', 'BRA', 'BT', 'BUP', 'CV', 'DEG', 'DER', 'DET', 'DN',
    'DPS', 'DSB', 'DU', 'EU', 'EØS', 'FB', 'FHI', 'FN', 'FRI', 'FRP', 'GOD', 'GPS', 'HA', 'HEI',
    'HER', 'HMS', 'HR', 'HVA', 'IKS', 'IKT', 'INN', 'INP', 'IT', 'JA', 'JUL', 'KF', 'KI', 'KL', 'KRF',
    'KS', 'KUN', 'LED', 'LO', 'MDG', 'MEG', 'MEN', 'MMS', 'MVA', 'NAV', 'NB', 'NEI', 'NHO', 'NR', 'NRK',
    'NTB', 'NVE', 'NÅ', 'OBS', 'OG', 'OK', 'OSS', 'PC', 'PDF', 'PPT', 'PS', 'PST', 'RUS', 'SA', 'SE', 'SFO',
    'SMS', 'SP', 'SSB', 'SV', 'TLF', 'TV', 'UDI', 'UIO', 'UK', 'UNE', 'USA', 'UT', 'UTE', 'VG', 'VGS', 'VI'];
CREATE OR REPLACE TEMP MACRO marked_initials() AS
    '(^|[^\pL\pN_#@/^])(?:_\s?[A-ZÆØÅ]{2,3}|\^\s?[A-Za-zÆØÅæøå]{2,3})\.?\s*$';
CREATE OR REPLACE TEMP MACRO bare_initials() AS
    '(\n\s*(?:[-–—/~]\s?)?|\s[-–—/~]|(?:[.!?…]|[:;]-?[)D]|\p{So}\x{FE0F}?)\s*(?:[-–—/~]\s?|\s)'
    || '|\b(?i:mvh|vh|hilsen|hilsing|helsing)[.,:]?\s+(?:[-–—/]\s?)?)[A-ZÆØÅ]{2,3}\.?\s*$';
-- How every one of them ends; most texts do not.
CREATE OR REPLACE TEMP MACRO may_be_signed(t) AS
    regexp_matches(t, '(?:[A-ZÆØÅ]{2,3}|\^\s?[A-Za-zÆØÅæøå]{2,3})\.?\s*$');

-- without_initials(text): what is left of the account's own reply; the rest stays as it is.
CREATE OR REPLACE TEMP MACRO without_initials(t) AS CASE
    WHEN NOT may_be_signed(t) THEN t
    WHEN regexp_matches(t, marked_initials()) THEN rtrim(regexp_replace(t, marked_initials(), '\1'), ' ' || chr(10) || chr(13))
    WHEN list_contains(no_initials(), regexp_extract(t, '([A-ZÆØÅ]{2,3})\.?\s*$', 1)) THEN t
    WHEN regexp_matches(t, bare_initials()) THEN rtrim(regexp_replace(t, bare_initials(), '\1'), ' -–—/~' || chr(10) || chr(13))
    ELSE t END;
