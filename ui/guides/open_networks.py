"""Platforms without an export button of use, where a technician can fetch (formats.md 12)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def threads() -> Guide:
    return Guide(
        "threads",
        "Threads",
        _("There is no export button. A technician can fetch posts and answers."),
        (
            Way(
                (
                    _("Ask a technician to fetch posts and answers from the Threads API."),
                    _("Save what comes back as JSON."),
                )
            ),
        ),
        (
            _(
                "Ask for id, text, timestamp, username, is_reply, root_post and replied_to. "
                "Without them we cannot see whom an answer is for."
            ),
        ),
        (shapes.not_tried(),),
        (FileKind(_("Posts and answers (JSON)"), platform="threads"),),
        (shapes.no_employee(), _("Comments that were hidden or deleted.")),
        (shapes.not_edited(),),
        names_buttons=False,
    )


def bluesky() -> Guide:
    return Guide(
        "bluesky",
        "Bluesky",
        _("Everything is open. A technician can fetch posts and answers without signing in."),
        (
            Way(
                (
                    _("Ask a technician to fetch the account's posts (getAuthorFeed)."),
                    _("Then fetch the thread of each post (getPostThread)."),
                    _("Save what comes back as JSON."),
                )
            ),
        ),
        (shapes.nothing_to_tick(),),
        (shapes.not_tried(),),
        (FileKind(_("Posts and answers (JSON)"), platform="bluesky"),),
        (
            _("Views and reach. The platform does not tell."),
            shapes.no_employee(),
            shapes.no_private(),
        ),
        (
            shapes.not_edited(),
            _("Write the account's permanent id (did) in the register. The handle may change."),
        ),
        names_buttons=False,
    )


def mastodon() -> Guide:
    return Guide(
        "mastodon",
        "Mastodon",
        _("The archive gives our own posts only. A technician can fetch the answers."),
        (
            Way(
                (
                    _("Choose «Preferences» and then «Import and export»."),
                    _("Ask for the archive, and download it when it is ready."),
                ),
                _("Our own posts"),
            ),
            Way(
                (
                    _("Ask a technician to fetch the thread of each post (statuses/…/context)."),
                    _("Save what comes back as JSON."),
                ),
                _("Answers from others"),
            ),
        ),
        (shapes.nothing_to_tick(),),
        (shapes.not_tried(),),
        (FileKind(_("The archive (outbox.json) and threads (JSON)"), platform="mastodon"),),
        (
            _("Views and reach. The platform does not tell."),
            _("Answers that the account's own server has not seen."),
            shapes.no_employee(),
        ),
        (shapes.not_edited(),),
    )
