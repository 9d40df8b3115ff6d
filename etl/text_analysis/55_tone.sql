-- Tone: the base model knows reviews, the head knows comments; the head weighs what the base says.
-- A text that reads like a review is left to the base. Neutral is the measure that both are
-- compared with: its score is 0. The variables are lists in the order of reading_features' columns.
CREATE OR REPLACE TEMP TABLE reading_tone AS
WITH listed AS (
    SELECT n, list_value(*COLUMNS(* EXCLUDE (n)))::DOUBLE[] AS features FROM reading_features
), based AS (
    SELECT listed.*, sqrt(words + 2) AS root,
        greatest(least(getvariable('base_bias').negative + list_inner_product(features,
            getvariable('base_negative')) + coalesce(base_negative / root, 0), 6), -6) AS base_bad,
        greatest(least(getvariable('base_bias').positive + list_inner_product(features,
            getvariable('base_positive')) + coalesce(base_positive / root, 0), 6), -6) AS base_good,
        coalesce(head_negative, 0) / root AS head_negative,
        coalesce(head_positive, 0) / root AS head_positive,
        1 / (1 + exp(-getvariable('review_bias') - coalesce(review, 0) / root)) AS review
    FROM listed JOIN reading_flags USING (n) LEFT JOIN reading_grams USING (n)
), scored AS (
    SELECT n, base_bad, base_good, review,
        list_concat(features, [base_bad, base_good]) AS all_features,
        getvariable('head_bias').negative + head_negative
            + list_inner_product(all_features, getvariable('head_negative')) AS head_bad,
        getvariable('head_bias').positive + head_positive
            + list_inner_product(all_features, getvariable('head_positive')) AS head_good
    FROM based
)
SELECT n, base_bad, base_good, review,
    review * exp(base_bad) / (1 + exp(base_bad) + exp(base_good))
        + (1 - review) * exp(head_bad) / (1 + exp(head_bad) + exp(head_good)) AS negative_score,
    review * exp(base_good) / (1 + exp(base_bad) + exp(base_good))
        + (1 - review) * exp(head_good) / (1 + exp(head_bad) + exp(head_good)) AS positive_score
FROM scored;
