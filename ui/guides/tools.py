"""Inbox tools, and a sheet of our own where nothing else gives a file (formats.md 11)."""

from __future__ import annotations

from svarvakt.i18n import _
from ui.guides import shapes
from ui.guides.shapes import FileKind, Guide, Way


def inbox() -> Guide:
    return Guide(
        "innboks",
        _("Inbox tools (Hootsuite, Sprout, Agorapulse, Chatwoot)"),
        _("Gives comments and answers from every channel that is connected to the tool."),
        (
            Way(
                (
                    _("Choose «Inbox» and then «Analytics» or «Exports»."),
                    _("Export both conversations and messages as CSV."),
                ),
                "Hootsuite",
            ),
            Way((_("Export the messages, or the cases, with their direction."),), "Sprout Social"),
            Way((_("Export the content of the inbox."),), "Agorapulse"),
            Way(
                (
                    _("Ask a technician to fetch the messages from the API."),
                    _("The report on conversations has no texts, and cannot be used."),
                ),
                "Chatwoot",
            ),
        ),
        (
            _("Conversation, direction (in or out), time, text and channel."),
            _("Leave the employee's name out if you can. Svarvakt does not keep it."),
        ),
        (
            _("Only channels that are connected, and only since they were connected."),
            shapes.not_tried(),
        ),
        (
            FileKind("Hootsuite (CSV)", ("hootsuite",)),
            FileKind("Sprout Social (CSV)", ("sprout",)),
            FileKind("Agorapulse (CSV)", ("agorapulse",)),
            FileKind(_("Chatwoot (CSV or Excel)"), ("chatwoot",)),
        ),
        (
            _("Channels that are not connected."),
            _("Views and reach. The tool does not tell."),
        ),
        (
            _("Leave private messages out. Svarvakt does not count them."),
            shapes.not_excel(),
        ),
    )


def own_template() -> Guide:
    return Guide(
        "mal",
        _("Our own template"),
        _("For comments that no other file gives. You fill in a sheet yourself."),
        (
            Way(
                (
                    _("Download the empty workbook below. Delete the row with the example."),
                    _("Write one row for each comment and each answer, and one for each post."),
                    _(
                        "Fill in platform, account, post, id of the comment, which comment it "
                        "answers, time, text, and whether the municipality wrote it."
                    ),
                    _("Save it as Excel, or a sheet of it as CSV (UTF-8)."),
                )
            ),
        ),
        (
            _("Which comment each answer is for. Else we cannot see who got an answer."),
            _("Both date and time, such as 2026-10-05 14:30. Else there is no response time."),
        ),
        (_("One account in each file makes it easier to mend mistakes."),),
        (FileKind(_("The template (CSV or Excel)"), ("svarvakt_",)),),
        (_("What nobody has filled in. Comments that are missing are not seen."),),
        (_("Never fill in names or profiles of citizens."),),
        names_buttons=False,
        has_workbook=True,
    )
