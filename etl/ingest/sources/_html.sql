-- plain_text(html): the words of a message that a platform gives as HTML, line breaks kept.
CREATE OR REPLACE TEMP MACRO plain_text(html) AS
    replace(replace(replace(replace(replace(replace(replace(
    regexp_replace(regexp_replace(regexp_replace(html,
        '</p>\s*<p[^>]*>', chr(10) || chr(10), 'g'), '<br ?/?>', chr(10), 'g'), '<[^>]*>', '', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&nbsp;', ' '),
    '&amp;', '&');
