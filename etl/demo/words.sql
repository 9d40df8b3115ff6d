-- Puts words to what was said: an opening, a core and an ending, with places and times filled in.
-- `said_in` has one line per thing said: k, slot_key, intent, lang, topic.

CREATE OR REPLACE MACRO worded(source) AS TABLE
WITH chosen AS (
    SELECT s.*, c.* EXCLUDE (intent, lang, topic),
        CASE WHEN u(s.k, 'opens') < 0.55 THEN piece(c.open_at, c.open_n, s.k, 'open') ELSE '' END AS opening,
        piece(c.core_at, c.core_n, s.k, 'core') AS core,
        CASE WHEN u(s.k, 'ends') < 0.55 THEN piece(c.tail_at, c.tail_n, s.k, 'tail') ELSE '' END AS ending
    FROM query_table(source) AS s
    JOIN combos AS c ON c.intent = s.intent AND c.lang = s.lang AND c.topic = s.topic
),
marked AS (
    SELECT *,
        CASE WHEN core = '' OR regexp_matches(core, '[^\p{L}\p{N}}]$') THEN ''
             WHEN intent IN ('question', 'tagged question', 'case', 'followup')
                THEN CASE WHEN u(k, 'mark') < 0.66 THEN '?' WHEN u(k, 'mark') < 0.72 THEN '??'
                          WHEN ending = '' THEN '' ELSE '.' END
             WHEN u(k, 'mark') < 0.2 THEN '!' WHEN u(k, 'mark') < 0.6 OR ending <> '' THEN '.'
             ELSE '' END AS mark
    FROM chosen
),
joined AS (
    SELECT *, CASE WHEN intent = 'emoji' THEN name_part('emoji', k, 'e1') || CASE
                WHEN u(k, 'emojis') < 0.3 THEN repeat(name_part('emoji', k, 'e1'), 2)
                WHEN u(k, 'emojis') < 0.8 THEN name_part('emoji', k, 'e2') || name_part('emoji', k, 'e3')
                ELSE '' END
            ELSE trim(opening || ' ' || capital(core) || mark || ' ' || ending) END AS x,
        name_part('area', slot_key, 'area') || name_part('area_end', slot_key, 'area end') AS sted,
        name_part('area', slot_key, 'street') || name_part('street_end', slot_key, 'street end')
            || CASE WHEN u(slot_key, 'house') < 0.45 THEN ' ' || (1 + hash(slot_key, 'no') % 58)
                    ELSE '' END AS veg,
        lpad((7 + hash(slot_key, 'h') % 14)::VARCHAR, 2, '0') || '.'
            || lpad((5 * (hash(slot_key, 'm') % 12))::VARCHAR, 2, '0') AS tid,
        piece(tema_at, tema_n, slot_key, 'tema') AS tema,
        piece(naar_at, naar_n, slot_key, 'naar') AS naar,
        piece(fram_at, fram_n, k, 'fram') AS fram
    FROM marked
),
replaced AS (
    SELECT *, replace(replace(replace(replace(replace(replace(replace(replace(x,
            '{sted}', sted), '{veg}', veg), '{tid}', tid), '{naar}', naar),
            '{fram_stor}', capital(fram)), '{fram}', fram),
            '{tema_stor}', capital(tema)), '{tema}', tema) AS y
    FROM joined
)
SELECT * EXCLUDE (opening, core, ending, mark, x, y, sted, veg, tid, tema, naar, fram,
        open_at, open_n, core_at, core_n, tail_at, tail_n, tema_at, tema_n, naar_at, naar_n,
        fram_at, fram_n, siden_at, siden_n, antall_at, antall_n, frist_at, frist_n),
    CASE WHEN intent IN ('question', 'complaint', 'thanks', 'followup', 'opinion')
              AND u(k, 'case') < 0.1 THEN lower(w)
         WHEN intent = 'complaint' AND u(k, 'case') > 0.985 THEN upper(w) ELSE w END AS words
FROM (
    SELECT *, CASE WHEN NOT contains(y, '{') THEN y ELSE
        replace(replace(replace(replace(replace(replace(replace(replace(y,
            '{siden}', piece(siden_at, siden_n, slot_key, 'siden')),
            '{antall}', piece(antall_at, antall_n, slot_key, 'antall')),
            '{frist}', piece(frist_at, frist_n, slot_key, 'frist')),
            '{alder}', (4 + hash(slot_key, 'alder') % 14)::VARCHAR),
            '{telefon}', piece(1, getvariable('telefon_n'), slot_key, 'telefon')),
            '{epost}', person_handle(hash(slot_key, 'post') % 90000) || '@post.example'),
            '{fnr}', getvariable('fnr')[1 + (hash(slot_key, 'fnr') % len(getvariable('fnr')))::INTEGER]),
            '{konto}', '1234.56.78903') END AS w
    FROM replaced
);
