"""Facebook: posts from Meta Business Suite, comments in four ways (formats.md 1, 7)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def posts() -> Guide:
    return Guide(
        "facebook-innlegg",
        _("Facebook: posts (Meta Business Suite)"),
        _("Gives the posts with reach and the number of comments, but not the comments."),
        (
            Way(
                (
                    _("Open business.facebook.com and choose the page. You need a role there."),
                    _("Choose «Insights» and then «Content»."),
                    _("Choose Facebook and the period."),
                    _("Press «Export data» and choose CSV."),
                )
            ),
        ),
        (
            _("Keep the default columns: views, reach, reactions, comments and shares."),
            _("Choose one row per post, not one row per day."),
        ),
        (
            _("Periods may overlap. No post is counted twice."),
            shapes.totals(),
            shapes.american_clock(),
        ),
        (
            FileKind(_("Posts (CSV)"), ("meta_business_suite_facebook",)),
            FileKind(_("Videos (CSV)"), ("meta_business_suite_videos",)),
            FileKind(
                _("Figures per day (CSV: Reach, Views, Follows and others)"),
                ("meta_overview",),
            ),
            FileKind(_("Old figures from Facebook Insights, until 2021"), ("facebook insights",)),
        ),
        (
            shapes.no_comments(),
            _("Which reactions a post got. There is only a total."),
            _("Comments that were hidden or deleted."),
            _("Who published the post."),
            _("Followers per day."),
        ),
        (
            shapes.not_excel(),
            _("Are all views 0, and the reach is not? Export again with the default columns."),
            _("Are the columns unknown? Switch Meta Business Suite to English and export again."),
        ),
    )


def comments() -> Guide:
    return Guide(
        "facebook-kommentarer",
        _("Facebook: comments"),
        _("Gives comments and answers: what shows whether people get answers. Choose one way."),
        (shapes.fetch_now(_("«Fetch now» (the best way)")), *_tools()),
        (
            _(
                "Facepager: ask for id, message, created_time, from, parent, is_hidden and "
                "like_count. Without «from» we cannot see which answers are the municipality's."
            ),
            _("ExportComments and apify: ask for the answers too, not only the first comments."),
        ),
        (
            _("ExportComments: one post in each file."),
            _("apify: the limit that you set yourself. Set it higher than the number of comments."),
            _("If comments are missing in the file, Svarvakt says so."),
        ),
        (
            FileKind(_("Posts and comments from the Graph API (JSON)"), ("facebook_graph",)),
            FileKind("Facepager (CSV)", ("facepager",)),
            FileKind(_("ExportComments (Excel or CSV)"), ("exportcomments",)),
            FileKind(_("apify (JSON, CSV or Excel)"), ("apify_facebook",)),
            FileKind(_("An older script for the Graph API (CSV)"), ("facebook_script",)),
            FileKind(
                _("Download your information (our own comments only)"), ("facebook_download",)
            ),
        ),
        (
            shapes.no_employee(),
            shapes.no_private(),
            _("Answers from an employee's own profile: nobody sees that they are ours."),
            _("Comments that were deleted."),
        ),
        (
            shapes.outside_company(_("ExportComments and apify")),
            shapes.not_excel(),
        ),
    )


def _tools() -> tuple[Way, ...]:
    return (
        Way(
            (
                _("Install Facepager on your own machine (free), and sign in as the page."),
                _("Fetch the page's posts, then the comments, then the answers to them."),
                _("Choose «Export Data», all rows, and save as CSV."),
            ),
            "Facepager",
        ),
        Way(
            (
                _("Paste the address of the post on exportcomments.com."),
                _("Choose Excel, not CSV. Only the Excel file shows whom an answer is for."),
                _("Do the same for every post."),
            ),
            _("ExportComments (paid)"),
        ),
        Way(
            (
                _("Choose «Facebook Comments Scraper» on apify.com."),
                _("Paste the addresses of the posts, and ask for the answers too."),
                _("Download the result as JSON, CSV or Excel."),
            ),
            _("apify (paid)"),
        ),
    )
