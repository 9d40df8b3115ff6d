"""YouTube: videos from YouTube Studio, comments with a key (formats.md 9)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def studio() -> Guide:
    return Guide(
        "youtube-studio",
        _("YouTube: videos (YouTube Studio)"),
        _("Gives the videos with views and the number of comments, but not the comments."),
        (
            Way(
                (
                    _("Open studio.youtube.com and choose the channel."),
                    _("Choose «Analytics» and then «Advanced mode»."),
                    _("Choose the tab «Content» and the period."),
                    _("Add the metrics that stand below."),
                    _("Press the download arrow and choose CSV. You get a zip file."),
                )
            ),
        ),
        (
            _("Add «Likes», «Comments added» and «Shares». Else they are not in the file."),
            _("«Views», «Watch time», «Subscribers» and «Impressions» are there already."),
        ),
        (
            _("At most 500 videos in a file. If there are more, choose a shorter period."),
            _("The figures count the chosen period only. Choose whole months without overlap."),
        ),
        (FileKind(_("The zip file with «Table data.csv»"), ("youtube_studio",)),),
        (
            shapes.no_comments(),
            _("What time of day a video was published. There is only the day."),
        ),
        (
            _("Do not rename the zip file. The period stands in its name only."),
            shapes.not_excel(),
            _("Svarvakt uses «Table data.csv» only. The other files in the zip are refused."),
        ),
    )


def comments() -> Guide:
    return Guide(
        "youtube-kommentarer",
        _("YouTube: comments"),
        _("Gives comments and answers: what shows whether people get answers. Choose one way."),
        (
            shapes.fetch_now(_("«Fetch now» with the Data API (the best way)")),
            Way(
                (
                    _("Open takeout.google.com with the channel's account."),
                    _("Choose YouTube and only the comments."),
                    _("Download the zip file."),
                ),
                _("Google Takeout (only our own comments)"),
            ),
        ),
        (
            _(
                "If you fetch yourself: ask for all the answers. You get five for each comment "
                "first."
            ),
        ),
        (
            _(
                "Programs without a key, such as yt-dlp, know only «3 weeks ago». Svarvakt leaves "
                "those comments out."
            ),
            _("Google Takeout shows that we have answered, not what waits."),
        ),
        (
            FileKind(_("Comments from the Data API (JSON)"), ("youtube_api",)),
            FileKind("Google Takeout (comments.csv)", ("takeout",)),
            FileKind("YouTube Data Tools (CSV)", ("youtube_data_tools",)),
            FileKind("ExportComments (CSV)", ("exportcomments_youtube",)),
            FileKind(_("yt-dlp: figures of a video, not its comments (.info.json)"), ("yt_dlp",)),
        ),
        (
            _("Comments that are held back or deleted."),
            shapes.no_employee(),
            _("A heart from the channel is seen by people, but it is not an answer."),
        ),
        (shapes.not_edited(),),
    )
