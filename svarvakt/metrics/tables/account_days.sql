-- Posts and arrivals per account and Oslo day. Days cannot be summed over accounts, so they
-- are kept. A sum is NULL where no post carries the figure, never 0 (M16).
CREATE OR REPLACE TABLE account_days AS
WITH
published AS (
    SELECT
        account_id,
        unit_id,
        platform,
        (published_at AT TIME ZONE 'Europe/Oslo')::DATE AS day,
        count(*) AS posts,
        sum(reactions)::BIGINT AS reactions,
        sum(comments)::BIGINT AS comments,
        sum(shares)::BIGINT AS shares,
        sum(reach)::BIGINT AS reach,
        sum(views)::BIGINT AS views,
        count(reactions) AS posts_with_reactions,
        count(comments) AS posts_with_comments,
        count(shares) AS posts_with_shares,
        count(reach) AS posts_with_reach,
        count(views) AS posts_with_views
    FROM posts
    WHERE published_at IS NOT NULL
    GROUP BY ALL
),
arrived AS (
    SELECT
        account_id,
        unit_id,
        platform,
        (received_at AT TIME ZONE 'Europe/Oslo')::DATE AS day,
        count(*) AS comments_received
    FROM items
    GROUP BY ALL
),
days AS (
    SELECT * FROM published
    UNION ALL BY NAME
    SELECT * FROM arrived
)
SELECT
    account_id,
    unit_id,
    platform,
    date_trunc('month', day)::DATE AS month,
    day,
    coalesce(sum(posts), 0)::BIGINT AS posts,
    coalesce(sum(comments_received), 0)::BIGINT AS comments_received,
    sum(reactions)::BIGINT AS reactions,
    sum(comments)::BIGINT AS comments,
    sum(shares)::BIGINT AS shares,
    sum(reach)::BIGINT AS reach,
    sum(views)::BIGINT AS views,
    coalesce(sum(posts_with_reactions), 0)::BIGINT AS posts_with_reactions,
    coalesce(sum(posts_with_comments), 0)::BIGINT AS posts_with_comments,
    coalesce(sum(posts_with_shares), 0)::BIGINT AS posts_with_shares,
    coalesce(sum(posts_with_reach), 0)::BIGINT AS posts_with_reach,
    coalesce(sum(posts_with_views), 0)::BIGINT AS posts_with_views
FROM days
GROUP BY ALL
ORDER BY account_id, day;
