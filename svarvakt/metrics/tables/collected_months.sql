-- M17: comments in hand against the platform's own counters, post by post, in the month of the
-- post. By month of arrival a busy last day of a month would look like missing comments.
CREATE OR REPLACE TABLE collected_months AS
WITH
in_hand AS (
    SELECT post_id, count(*) AS n
    FROM (
        SELECT post_id FROM items WHERE item_kind = 'comment'
        UNION ALL
        SELECT post_id FROM replies
    )
    WHERE post_id IS NOT NULL
    GROUP BY post_id
)
SELECT
    p.account_id,
    date_trunc('month', p.published_at AT TIME ZONE 'Europe/Oslo')::DATE AS month,
    sum(least(coalesce(h.n, 0), p.comments))::BIGINT AS collected,
    sum(p.comments)::BIGINT AS announced
FROM posts AS p
LEFT JOIN in_hand AS h ON h.post_id = p.post_id
WHERE p.published_at IS NOT NULL AND p.comments IS NOT NULL
GROUP BY ALL;
