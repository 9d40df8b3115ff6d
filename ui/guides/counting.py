"""The platforms that give the number of comments, but no comments (formats.md 5, 6, 10)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def linkedin() -> Guide:
    return Guide(
        "linkedin",
        _("LinkedIn page"),
        _("Gives the posts with the number of comments, but not the comments."),
        (
            Way(
                (
                    _("Open the page as its administrator."),
                    _("Choose «Analytics» and then «Content». It used to be called «Updates»."),
                    _("Press «Export» and choose the period."),
                )
            ),
        ),
        (shapes.nothing_to_tick(),),
        (
            shapes.year_at_a_time(),
            _("The figures are up to two days late."),
            shapes.totals(),
        ),
        (FileKind(_("Content (Excel, .xls)"), platform="linkedin"),),
        (
            shapes.no_comments(),
            _("The time of day. Svarvakt takes it from the link of the post."),
            _("How many different people saw each post."),
        ),
        (
            _("Do not rename the file. The name of the page stands in the file name only."),
            shapes.not_excel(),
            _("Figures from a private profile look alike. Svarvakt does not read them."),
            _("«Posted by» names an employee. Svarvakt does not keep the name."),
        ),
    )


def x() -> Guide:
    return Guide(
        "x",
        "X (Twitter)",
        _("Gives the posts with the number of comments, but not the comments."),
        (
            Way(
                (
                    _("Sign in on x.com as the account. It must be paid for or verified."),
                    _("Choose «Premium», «Analytics» and then «Content»."),
                    _("Choose the period and press the download arrow."),
                )
            ),
        ),
        (shapes.nothing_to_tick(),),
        (
            _("Since 2024 X gives no files at all to accounts that do not pay or are verified."),
            _("Older files from analytics.twitter.com hold one month each."),
            shapes.totals(),
        ),
        (FileKind(_("Posts (CSV, old and new)"), platform="x"),),
        (
            shapes.no_comments(),
            _("Which comment our own answers are for."),
            shapes.no_employee(),
        ),
        (shapes.not_excel(),),
    )


def tiktok() -> Guide:
    return Guide(
        "tiktok",
        "TikTok",
        _("Gives the videos with the number of comments, but not the comments."),
        (
            Way(
                (
                    _("Open TikTok Studio in the browser and choose «Analytics»."),
                    _("Choose «Content» and the period."),
                    _("Press «Download data» and choose CSV or Excel."),
                    _("Do the same under «Overview» if you want the figures per day."),
                )
            ),
        ),
        (shapes.nothing_to_tick(),),
        (
            shapes.year_at_a_time(),
            _("The list of videos may be incomplete. Export often."),
            shapes.totals(),
        ),
        (
            FileKind(
                _("Content and overview (CSV, Excel or zip)"), ("tiktok_videos", "tiktok_days")
            ),
            FileKind(
                _("Overview, followers and videos of a business account (CSV)"), ("bedriftskonto",)
            ),
            FileKind(_("Comments fetched with apify (JSON, CSV or Excel)"), ("apify_tiktok",)),
        ),
        (
            shapes.no_comments(),
            _("The year of a date. Svarvakt takes it from the link of the video."),
            _("Reach, and how many saved the video."),
        ),
        (
            shapes.outside_company("apify"),
            _("Read in the overview at once. It has no year, so we go by the day of the export."),
            shapes.not_excel(),
        ),
    )
