-- thread_roots(source): source has file_no, id and above, the comment that each one answers (NULL
-- right under a post). Gives per comment the first of its thread, as far up as the file goes, and
-- whether it goes all the way. A circle of broken links has no first one and is left out.
CREATE OR REPLACE TEMP MACRO thread_roots(source) AS TABLE
WITH RECURSIVE links AS (SELECT DISTINCT file_no, id, above FROM query_table(source)),
climbed AS (
    SELECT file_no, id, id AS reached, above FROM links
    UNION
    SELECT climbed.file_no, climbed.id, links.id, links.above
    FROM climbed JOIN links ON links.file_no = climbed.file_no AND links.id = climbed.above
)
SELECT file_no, id, coalesce(above, reached) AS root, above IS NULL AS is_known
FROM climbed ANTI JOIN links ON links.file_no = climbed.file_no AND links.id = climbed.above;
