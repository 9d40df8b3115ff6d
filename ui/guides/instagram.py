"""Instagram: posts from Meta Business Suite, comments with a key (formats.md 2, 8)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def guide() -> Guide:
    return Guide(
        "instagram",
        "Instagram",
        _("«Fetch now» gives comments and answers. Meta Business Suite gives the posts only."),
        (shapes.fetch_now(_("«Fetch now» (the best way)")), _posts(), _comments()),
        (_("Keep the default columns: views, reach, likes, comments, shares, saves and follows."),),
        (
            _("The account must be a professional account. Older posts have no figures."),
            shapes.totals(),
            shapes.american_clock(),
        ),
        (
            FileKind(_("Posts (CSV)"), ("meta_business_suite_instagram",)),
            FileKind(_("Posts and comments from the Graph API (JSON)"), ("instagram_graph",)),
            FileKind(_("ExportComments (Excel or CSV)"), ("exportcomments",)),
            FileKind(_("apify (JSON, CSV or Excel)"), ("apify_instagram",)),
            FileKind("instaloader (JSON)", ("instaloader",)),
            FileKind(
                _("Download your information (our own comments only)"), ("instagram_download",)
            ),
        ),
        (
            _("Meta Business Suite: the comments themselves, and clicks per post."),
            _("Comments from people whom the account has restricted."),
            shapes.no_employee(),
            shapes.no_private(),
        ),
        (
            shapes.not_excel(),
            shapes.outside_company(_("ExportComments and apify")),
            _("A post made together with others may stand under the other account."),
        ),
    )


def _posts() -> Way:
    return Way(
        (
            _("Open business.facebook.com and choose the account. You need a role there."),
            _("Choose «Insights» and then «Content»."),
            _("Choose Instagram and the period. Stories are a choice of their own."),
            _("Press «Export data» and choose CSV."),
        ),
        _("Meta Business Suite (posts only)"),
    )


def _comments() -> Way:
    return Way(
        (
            _("Paste the address of the post."),
            _("Ask for the answers too."),
            _(
                "Choose Excel, if you can. The CSV file from ExportComments shows how many answers "
                "are ours, not whom they are for."
            ),
        ),
        _("ExportComments or apify (paid)"),
    )
