-- Puts words to what was said: an opening, a core and an ending. The source has one line per thing
-- said: k, slot_key, intent, lang, topic; equal slot keys give an answer its question's places.

CREATE MACRO area(k) AS
    CASE WHEN u(k, 'side') < 0.5 THEN name_part('area_side', k, 'area side') || ' ' ELSE '' END
    || name_part('area', k, 'area') || name_part('area_end', k, 'area end');
CREATE MACRO street(k) AS
    name_part('area', k, 'street') || name_part('street_end', k, 'street end')
    || CASE WHEN u(k, 'house') < 0.75 THEN ' ' || (1 + h(k, 'no') % 88) ELSE '' END;
CREATE MACRO clock(k, first, hours) AS lpad((first + h(k, 'hour') % hours)::VARCHAR, 2, '0') || '.'
    || lpad((5 * (h(k, 'minute') % 12))::VARCHAR, 2, '0');

CREATE MACRO worded(source) AS TABLE
WITH chosen AS (
    SELECT s.*, c.* EXCLUDE (intent, lang, topic),
        CASE WHEN u(s.k, 'opens') < 0.5 THEN piece(c.open_at, c.open_n, s.k, 'open') ELSE '' END AS opening,
        piece(c.core_at, c.core_n, s.k, 'core') AS core,
        CASE WHEN u(s.k, 'ends') < CASE WHEN u(s.k, 'opens') < 0.5 AND c.open_n > 0 THEN 0.45 ELSE 0.87 END
             THEN piece(c.tail_at, c.tail_n, s.k, 'tail') ELSE '' END AS ending
    FROM query_table(source) AS s
    JOIN combos AS c ON c.intent = s.intent AND c.lang = s.lang AND c.topic = s.topic
),
marked AS (
    SELECT *,
        CASE WHEN core = '' OR (right(core, 1) NOT IN ('}') AND NOT regexp_matches(right(core, 1), '\w|[æøå]'))
                THEN ''
             WHEN intent IN ('question', 'tagged question', 'case', 'followup')
                THEN CASE WHEN u(k, 'mark') < 0.66 THEN '?' WHEN u(k, 'mark') < 0.72 THEN '??'
                          WHEN ending = '' THEN '' ELSE '.' END
             WHEN u(k, 'mark') < 0.2 THEN '!' WHEN u(k, 'mark') < 0.6 OR ending <> '' THEN '.'
             ELSE '' END AS mark
    FROM chosen
),
joined AS (
    SELECT * EXCLUDE (opening, core, mark, ending, open_at, open_n, core_at, core_n, tail_at, tail_n),
        CASE WHEN intent = 'emoji' THEN name_part('emoji', k, 'e1') || CASE
                WHEN u(k, 'emojis') < 0.3 THEN repeat(name_part('emoji', k, 'e1'), 2)
                WHEN u(k, 'emojis') < 0.9 THEN name_part('emoji', k, 'e2') || name_part('emoji', k, 'e3')
                ELSE '' END
            ELSE trim(opening || ' ' || capital(core) || mark || ' ' || ending) END AS x
    FROM marked
),
filled AS ({filled})
SELECT * EXCLUDE (x), CASE
    WHEN intent IN ('question', 'complaint', 'thanks', 'followup', 'opinion') AND u(k, 'case') < 0.1
        THEN lower(x)
    WHEN intent = 'complaint' AND u(k, 'case') > 0.985 THEN upper(x) ELSE x END AS words
FROM filled;
