-- Posts that several of our accounts publish together, a line for each account (M16): a sum over more
-- than one of them counts the post once, with the account that had it first.
CREATE OR REPLACE TABLE shared_posts AS
SELECT
    account_id,
    unit_id,
    platform,
    date_trunc('month', published_at AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    (published_at AT TIME ZONE 'Europe/Oslo')::DATE AS day,
    post_id,
    is_shared_copy,
    reactions,
    comments,
    shares,
    reach,
    views
FROM posts
WHERE published_at IS NOT NULL
    AND post_id IN (SELECT post_id FROM posts WHERE is_shared_copy)
ORDER BY post_id, account_id;
