"""What each export format is called on the pages."""

from __future__ import annotations

from etl.ingest.column_templates import own_templates
from etl.ingest.sources.templates import Template
from svarvakt import settings
from svarvakt.i18n import _
from ui.words import NONE


def format_name(code: str | None) -> str:
    """The reader's words for a format; a format without words keeps its own name."""
    own = {} if code in _names() else {one.FORMAT: one.title for one in _own()}
    return _names().get(code or "") or own.get(code or "") or code or NONE


def _own() -> tuple[Template, ...]:
    """What people of the municipality explained; never translated."""
    return own_templates(settings.data_dir())


def _names() -> dict[str, str]:
    return {
        "agorapulse_inbox": _("Inbox messages (Agorapulse)"),
        "apify_facebook_comments": _("Facebook: comments (apify)"),
        "apify_facebook_posts": _("Facebook: posts (apify)"),
        "apify_instagram_comments": _("Instagram: comments (apify)"),
        "apify_tiktok_comments": _("TikTok: comments (apify)"),
        "bluesky": _("Bluesky: posts and replies"),
        "chatwoot_messages": _("Inbox messages (Chatwoot)"),
        "exportcomments": _("Comments (ExportComments)"),
        "exportcomments_list": _("Comments (ExportComments)"),
        "exportcomments_older": _("Comments (ExportComments)"),
        "exportcomments_youtube": _("YouTube: comments (ExportComments)"),
        "facebook_download": _("Facebook: own comments (downloaded information)"),
        "facebook_graph": _("Facebook: posts and comments (Graph API)"),
        "facebook_insights": _("Facebook: posts (older Insights)"),
        "facebook_script_comments": _("Facebook: comments (older script)"),
        "facepager": _("Facebook: posts and comments (Facepager)"),
        "google_takeout_comments": _("YouTube: own comments (Google Takeout)"),
        "hootsuite_inbox": _("Inbox messages (Hootsuite)"),
        "instagram_download": _("Instagram: own comments (downloaded information)"),
        "instagram_download_insights": _("Instagram: figures (downloaded information)"),
        "instagram_graph": _("Instagram: posts and comments (Graph API)"),
        "instaloader": _("Instagram: comments (instaloader)"),
        "linkedin_page": _("LinkedIn: posts and daily figures"),
        "mastodon_api": _("Mastodon: posts and replies"),
        "mastodon_outbox": _("Mastodon: own posts"),
        "meta_business_suite_facebook": _("Facebook: posts (Meta Business Suite)"),
        "meta_business_suite_instagram": _("Instagram: posts (Meta Business Suite)"),
        "meta_business_suite_videos": _("Facebook: videos (Meta Business Suite)"),
        "meta_download_closed": _("Private messages"),
        "meta_overview": _("Facebook or Instagram: daily figures (Meta Business Suite)"),
        "own_template": _("Svarvakt's own template"),
        "sprout_social_inbox": _("Inbox messages (Sprout Social)"),
        "threads_api": _("Threads: posts and replies"),
        "threads_zeeschuimer": _("Threads: posts and replies (Zeeschuimer)"),
        "tiktok_days": _("TikTok: daily figures"),
        "tiktok_videos": _("TikTok: videos"),
        "x_days": _("X: daily figures"),
        "x_posts": _("X: posts"),
        "youtube_api": _("YouTube: comments (Data API)"),
        "youtube_comment_downloader": _("YouTube: comments (youtube-comment-downloader)"),
        "youtube_data_tools_comments": _("YouTube: comments (YouTube Data Tools)"),
        "youtube_studio": _("YouTube: videos (YouTube Studio)"),
        "yt_dlp": _("YouTube: comments (yt-dlp)"),
    }
