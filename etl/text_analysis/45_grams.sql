-- The learned models are linear: what a text scores is the sum over its words (alone, in pairs and
-- in pieces of three to six letters), divided by the root of their number. So every different word
-- is taken apart and looked up once. Needs reading_weights (gram, model, negative, positive); the
-- model «review» has one score only.
CREATE OR REPLACE TEMP MACRO grams_of(word) AS list_concat(['=' || word], flatten(list_transform(
    range(3, 7), lambda size: list_transform(range(1, length(word) + 4 - size),
        lambda start: substring('_' || word || '_', start, size)))));

CREATE OR REPLACE TEMP TABLE reading_word_scores AS
WITH different AS (SELECT DISTINCT token FROM reading_tokens WHERE token <> ''),
taken_apart AS (SELECT token, unnest(grams_of(left(token, 40))) AS gram FROM different)
SELECT token,
    sum(negative) FILTER (model = 'base') AS base_negative,
    sum(positive) FILTER (model = 'base') AS base_positive,
    sum(negative) FILTER (model = 'review') AS review,
    sum(negative) FILTER (model = 'head') AS head_negative,
    sum(positive) FILTER (model = 'head') AS head_positive
FROM taken_apart JOIN reading_weights USING (gram) GROUP BY token;

CREATE OR REPLACE TEMP TABLE reading_pair_scores AS
SELECT split_part(gram, ' ', 1) AS token, split_part(gram, ' ', 2) AS next_token,
    sum(negative) FILTER (model = 'base') AS base_negative,
    sum(positive) FILTER (model = 'base') AS base_positive,
    sum(negative) FILTER (model = 'review') AS review,
    sum(negative) FILTER (model = 'head') AS head_negative,
    sum(positive) FILTER (model = 'head') AS head_positive
FROM reading_weights WHERE contains(gram, ' ') GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE reading_grams AS
WITH scores AS (
    SELECT n, token_scores.* EXCLUDE (token)
    FROM reading_tokens JOIN reading_word_scores AS token_scores USING (token)
    UNION ALL
    SELECT n, pair_scores.* EXCLUDE (token, next_token)
    FROM reading_tokens JOIN reading_pair_scores AS pair_scores USING (token, next_token)
)
SELECT n, sum(base_negative) AS base_negative, sum(base_positive) AS base_positive,
    sum(review) AS review, sum(head_negative) AS head_negative, sum(head_positive) AS head_positive
FROM scores GROUP BY n;
