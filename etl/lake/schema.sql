-- The tables of the lake, as Parquet holds them. No author, no name: see privacy.sql.
CREATE OR REPLACE TEMP TABLE {prefix}posts (
    import_id VARCHAR, line BIGINT, platform VARCHAR,
    account_ref VARCHAR,            -- <platform>:<id or handle> as the export knows the account
    account_native VARCHAR, account_handle VARCHAR, account_name VARCHAR,
    post_id VARCHAR, published_at TIMESTAMPTZ, published_precision VARCHAR, kind VARCHAR,
    text VARCHAR, permalink VARCHAR,
    reach BIGINT, views BIGINT, impressions BIGINT, reactions BIGINT, comments BIGINT,
    shares BIGINT, saves BIGINT, clicks BIGINT, link_clicks BIGINT, follows BIGINT,
    video_views BIGINT, watch_seconds BIGINT,
    period_from DATE, period_to DATE, comments_complete BOOLEAN, extra VARCHAR
);
CREATE OR REPLACE TEMP TABLE {prefix}comments (
    import_id VARCHAR, line BIGINT, platform VARCHAR, item_kind VARCHAR,
    account_ref VARCHAR, account_native VARCHAR, account_handle VARCHAR,
    comment_id VARCHAR, post_id VARCHAR, parent_id VARCHAR, thread_id VARCHAR,
    created_at TIMESTAMPTZ, text VARCHAR,
    is_text_withheld BOOLEAN,       -- a vulnerable service: the text was never stored
    permalink VARCHAR, likes BIGINT, is_hidden BOOLEAN, has_attachment BOOLEAN,
    writer_key VARCHAR, writer_name_key VARCHAR,
    is_own BOOLEAN,                 -- NULL: the export could not tell
    mention_keys VARCHAR[],
    replies_announced BIGINT, has_more BOOLEAN, has_thread_links BOOLEAN,
    is_by_registered_administrator BOOLEAN
);
CREATE OR REPLACE TEMP TABLE {prefix}account_days (
    import_id VARCHAR, line BIGINT, platform VARCHAR,
    account_ref VARCHAR, account_native VARCHAR, account_handle VARCHAR, account_name VARCHAR,
    day DATE, metric VARCHAR, value BIGINT
);
CREATE OR REPLACE TEMP TABLE {prefix}rejected (
    import_id VARCHAR, line BIGINT,
    reason VARCHAR,                 -- bokmål
    raw VARCHAR,
    reason_code VARCHAR, reason_value VARCHAR  -- NULL in what was imported before there were any
);
-- What is known of a text that was taken out: its reading, and when it was answered.
CREATE OR REPLACE TEMP TABLE {prefix}kept (
    import_id VARCHAR, comment_id VARCHAR, is_repeat BOOLEAN, answered_at TIMESTAMPTZ,
    language VARCHAR, tone VARCHAR, negative_score DOUBLE, tone_best VARCHAR,
    is_question BOOLEAN, claims_error BOOLEAN, is_case_enquiry BOOLEAN, is_sensitive BOOLEAN,
    needs_reply BOOLEAN, asks_for_service BOOLEAN, is_spam BOOLEAN, content_kind VARCHAR,
    model_version VARCHAR
);
