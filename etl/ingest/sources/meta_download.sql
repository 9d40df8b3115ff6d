-- own_words (file_no, line, platform, seconds, text, is_closed) -> the staging tables. formats.md 7.6.

-- Meta writes each byte of the UTF-8 as a letter of its own: «Ã¦» for «æ».
CREATE OR REPLACE TEMP MACRO mended(t) AS CASE
    WHEN regexp_matches(t, '[\x{80}-\x{ff}]') AND NOT regexp_matches(t, '[^\x{0}-\x{ff}]')
    THEN coalesce(TRY(decode(unhex(array_to_string(
        [format('{:02x}', unicode(letter)) FOR letter IN regexp_extract_all(t, '(?s).')], '')))), t)
    ELSE t END;

CREATE OR REPLACE TEMP TABLE own_replies AS
SELECT own_words.*, account_hint, mended(own_words.text) AS words,
    CASE WHEN seconds BETWEEN 0 AND 4000000000 THEN to_timestamp(seconds) END AS created_at,
    regexp_replace(account_hint, '^[a-z]+:@?', '') AS account
FROM own_words JOIN source_files USING (file_no);

INSERT INTO staged_rows
SELECT file_no, line FROM own_words
UNION ALL SELECT file_no, line FROM source_nodes ANTI JOIN own_words USING (file_no, line);
INSERT INTO staged_passed
SELECT file_no, line, 'not_a_message' FROM source_nodes ANTI JOIN own_words USING (file_no, line);

-- No id in the file: one is made of the words and the second, the same in every download.
INSERT INTO staged_comments BY NAME
WITH named AS (
    SELECT *, 'download-' || substr(md5(concat_ws(chr(31), account, seconds, words,
        row_number() OVER (PARTITION BY file_no, seconds, words ORDER BY line))), 1, 16) AS id
    FROM own_replies WHERE NOT is_closed AND created_at IS NOT NULL
)
SELECT file_no, line, platform,
    CASE WHEN regexp_full_match(account, '\d+') THEN account END AS account_native,
    CASE WHEN NOT regexp_full_match(account, '\d+') THEN lower(account) END AS account_handle,
    id AS comment_native, id AS root_native, created_at, words AS text, true AS is_own,
    false AS has_thread_links
FROM named;

INSERT INTO staged_rejects BY NAME
SELECT file_no, line, CASE WHEN is_closed THEN 'from_group'
    ELSE 'comment_without_time' END AS reason
FROM own_replies WHERE is_closed OR created_at IS NULL;

DROP TABLE source_nodes;
DROP TABLE own_words;
DROP TABLE own_replies;
