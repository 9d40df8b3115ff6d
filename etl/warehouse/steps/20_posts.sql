-- One line per account and post: the newest export that gives a figure decides it (formats.md 0.5). A
-- post that several of our accounts publish together has a line for each of them (M16).

-- An export that names no account tells of the account that is known to have its post.
CREATE OR REPLACE TEMP TABLE lost_posts AS
WITH lost AS (
    SELECT DISTINCT post_id FROM read_posts WHERE account_ref LIKE '%:unknown'
)
SELECT post_id, arg_max(account_id, import_rank) AS known_account
FROM read_posts SEMI JOIN lost USING (post_id)
JOIN account_map USING (account_ref) JOIN import_ranks USING (import_id)
WHERE account_ref NOT LIKE '%:unknown'
GROUP BY post_id;

CREATE OR REPLACE TEMP VIEW posts_read AS
SELECT read_posts.*, coalesce(
        CASE WHEN account_ref LIKE '%:unknown' THEN known_account END, account_id) AS account_id,
    import_ranks.* EXCLUDE (import_id)
FROM read_posts
JOIN import_ranks USING (import_id)
JOIN account_map USING (account_ref)
LEFT JOIN lost_posts USING (post_id);

CREATE TABLE post_snapshots AS
SELECT DISTINCT ON (post_id, account_id, exported_at, period_from, period_to)
    post_id, account_id, exported_at, import_rank, period_from, period_to,
    reach, views, impressions, reactions, comments, shares, saves, clicks, link_clicks, follows,
    video_views, watch_seconds
FROM posts_read
ORDER BY post_id, account_id, exported_at, period_from, period_to, import_rank DESC, line;

-- Figures of a period (YouTube Studio) are the newest export's for that period. Periods that
-- do not overlap add up; of overlapping ones the longest stands.
CREATE OR REPLACE TEMP TABLE period_figures AS
WITH newest AS (
    SELECT DISTINCT ON (post_id, account_id, period_from, period_to) *
    FROM post_snapshots WHERE period_from IS NOT NULL
    ORDER BY post_id, account_id, period_from, period_to, import_rank DESC
),
ordered AS (
    SELECT *, coalesce(period_from < max(period_to) OVER (
        PARTITION BY post_id, account_id ORDER BY period_from, period_to
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS is_overlapping
    FROM newest
),
kept AS (
    SELECT *, bool_or(is_overlapping) OVER (PARTITION BY post_id, account_id) AS any_overlap,
        row_number() OVER (PARTITION BY post_id, account_id
            ORDER BY period_to - period_from DESC, import_rank DESC) AS by_length
    FROM ordered
)
SELECT post_id, account_id,
    sum(views)::BIGINT AS views, sum(impressions)::BIGINT AS impressions,
    sum(reactions)::BIGINT AS reactions, sum(comments)::BIGINT AS comments,
    sum(shares)::BIGINT AS shares, sum(follows)::BIGINT AS follows,
    sum(watch_seconds)::BIGINT AS watch_seconds
FROM kept WHERE NOT any_overlap OR by_length = 1
GROUP BY post_id, account_id;

CREATE OR REPLACE TEMP TABLE lifetime AS
SELECT post_id, account_id, any_value(platform) AS platform, min(import_rank) AS first_import,
    -- A day is no time: the most precise statement wins, then the newest.
    arg_max(published_at, (published_precision <> 'day', r)) AS published_at,
    arg_max(published_precision, (published_precision <> 'day', r)) AS published_precision,
    arg_max(kind, r) AS kind, arg_max(text, r) AS text,
    arg_max(permalink, r) AS permalink,
    arg_max(reach, r) AS reach,
    arg_max(CASE WHEN period_from IS NULL THEN views END, r) AS views,
    arg_max(CASE WHEN period_from IS NULL THEN impressions END, r) AS impressions,
    arg_max(CASE WHEN period_from IS NULL THEN reactions END, r) AS reactions,
    arg_max(CASE WHEN period_from IS NULL THEN comments END, r) AS comments,
    arg_max(comments_complete, r) AS comments_complete,
    arg_max(CASE WHEN period_from IS NULL THEN shares END, r) AS shares,
    arg_max(saves, r) AS saves,
    arg_max(clicks, r) AS clicks, arg_max(link_clicks, r) AS link_clicks,
    arg_max(CASE WHEN period_from IS NULL THEN follows END, r) AS follows,
    arg_max(video_views, r) AS video_views,
    arg_max(CASE WHEN period_from IS NULL THEN watch_seconds END, r) AS watch_seconds,
    max(exported_at) AS exported_at
FROM (
    -- Two lines of one export with the same id: the first stands.
    SELECT *, import_rank * 2147483648::BIGINT - line AS r
    FROM posts_read
)
GROUP BY post_id, account_id;

CREATE OR REPLACE TEMP TABLE posts_found AS
SELECT lifetime.* EXCLUDE (first_import) REPLACE (
    coalesce(lifetime.views, period.views) AS views,
    coalesce(lifetime.impressions, period.impressions) AS impressions,
    coalesce(lifetime.reactions, period.reactions) AS reactions,
    coalesce(lifetime.comments, period.comments) AS comments,
    coalesce(lifetime.shares, period.shares) AS shares,
    coalesce(lifetime.follows, period.follows) AS follows,
    coalesce(lifetime.watch_seconds, period.watch_seconds) AS watch_seconds),
    -- Sums over several accounts leave the copies out.
    row_number() OVER (PARTITION BY post_id ORDER BY first_import, account_id) > 1 AS is_shared_copy
FROM lifetime LEFT JOIN period_figures AS period USING (post_id, account_id);

DROP VIEW posts_read;
DROP TABLE lost_posts;
