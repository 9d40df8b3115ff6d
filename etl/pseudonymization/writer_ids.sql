-- Ids that lead to who wrote (Bluesky, Mastodon, Threads) are stored as keys (data-contract.md). A key
-- is the same in every import, so that answers still meet what they answer; the post's own id stays.
UPDATE staged_comments SET
    comment_native = writer_id(platform, comment_native),
    parent_native = writer_id(platform, parent_native),
    root_native = writer_id(platform, root_native)
WHERE ids_name_writer;
