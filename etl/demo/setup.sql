-- Everything random in the demonstration is a hash of the seed and a row's own number, never
-- random(): the same arguments give the same bytes, whatever the number of threads.

-- (hash() of several values only mixes the last ones by XOR: numbers of one row would depend on
-- each other, which a second round removes)
CREATE MACRO h(k, salt) AS hash(hash(k, salt));
-- 0 <= u < 1, and a standard normal number
CREATE MACRO u(k, salt) AS (h(k, salt) >> 11) / 9007199254740992.0;
CREATE MACRO z(k, salt) AS
    sqrt(-2 * ln(greatest(u(k, salt || '1'), 1e-9))) * cos(2 * pi() * u(k, salt || '2'));
-- one of n pieces that start at place s of the long list; '' where there is none
CREATE MACRO piece(s, n, k, salt) AS
    CASE WHEN n = 0 THEN '' ELSE getvariable('pieces')[s + (h(k, salt) % greatest(n, 1))::INTEGER] END;
CREATE MACRO name_part(part, k, salt) AS
    getvariable(part)[1 + (h(k, salt) % len(getvariable(part)))::INTEGER];
CREATE MACRO capital(s) AS upper(s[1]) || s[2:];

CREATE MACRO iso(t, ending) AS strftime(make_timestamp(t * 1000000), '%Y-%m-%dT%H:%M:%S') || ending;
CREATE MACRO base64url(s, length) AS
    substr(translate(to_base64(unhex(md5(s))), '+/', '-_'), 1, length);

-- Persons are numbers; what the platforms call them is derived.
CREATE MACRO person_first(n) AS name_part('first', n, 'first');
CREATE MACRO person_last(n) AS name_part('last', n, 'last');
CREATE MACRO person_name(n) AS person_first(n) || ' ' || person_last(n);
CREATE MACRO person_handle(n) AS
    replace(replace(replace(lower(person_first(n) || '.' || person_last(n)), 'æ', 'ae'), 'ø', 'o'),
            'å', 'a') || '_' || n;

-- seconds from midnight in Oslo are t - starts, but for the two days when the clock changes
CREATE TABLE days AS
SELECT d, extract(isodow FROM d) AS weekday, extract(month FROM d) AS month,
    epoch(timezone('Europe/Oslo', d::TIMESTAMP))::BIGINT AS starts
FROM (SELECT unnest(generate_series(getvariable('first_day') - INTERVAL 14 DAY,
                                    getvariable('last_day') + INTERVAL 60 DAY,
                                    INTERVAL 1 DAY))::DATE AS d);

-- opening hours as in the register of the demonstration; `before` = working seconds until it opens
CREATE TABLE spans AS
WITH open AS (
    SELECT starts + 8 * 3600 AS opens,
        starts + CASE WHEN strftime(d, '%m-%d') IN ('12-24', '12-31') THEN 12 * 3600
                      WHEN d BETWEEN DATE '2026-05-15' AND DATE '2026-09-14' THEN 15 * 3600
                      ELSE 15 * 3600 + 1800 END AS closes
    FROM days
    WHERE weekday <= 5 AND d NOT IN (SELECT d FROM holidays)
)
SELECT opens, closes, (sum(closes - opens) OVER (ORDER BY opens) - (closes - opens))::BIGINT AS before
FROM open;
