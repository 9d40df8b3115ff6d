"""The import's reasons and warnings in the reader's language; codes of `etl/ingest/reasons`."""

from __future__ import annotations

from etl.ingest.reasons import read_reason
from svarvakt.i18n import _
from ui.file_reasons import file_reasons


def worded(sentence: str) -> str:
    """What is stored in bokmål, in the reader's language; unchanged where it has no code."""
    found = read_reason(sentence)
    if found is None:
        return sentence
    return (_rows() | file_reasons())[found.code].format_map(found.values)


def _rows() -> dict[str, str]:
    return {
        "too_many_fields": _("The row has more fields than the header."),
        "text_for_number": _("One of the numbers cannot be read: {column}."),
        "comment_without_id": _("The comment has no id."),
        "post_without_id": _("The post has no id."),
        "no_published_time": _("The time of publication is missing or cannot be read."),
        "post_repeated": _("The post stands several times in the file. The first row is used."),
        "post_without_time": _("The post has no time that we can read."),
        "video_repeated": _("The video stands several times in the file. The first row is used."),
        "private_message": _("A private message: such are not read in."),
        "not_public": _("A private message, or for followers only: such are not read in."),
        "comment_without_time": _("The comment has no time that we can read."),
        "comment_time_unknown_form": _(
            "The time cannot be read with certainty. It is written like this: «{form}»."
        ),
        "reply_before_comment": _(
            "The reply is dated more than a day before the comment that it answers, and does not "
            "answer it."
        ),
        "post_id_and_link_lost": _(
            "The post's id is missing or was destroyed by a spreadsheet, and the link cannot "
            "be used instead."
        ),
        "no_day": _("The date is missing or cannot be read."),
        "day_repeated": _("The day stands several times in the file. The first row is used."),
        "no_video_id": _("The video's id is missing or is no video id."),
        "unreadable_number": _("The number cannot be read."),
        "wrong_sum": _("Reactions, comments and shares do not add up to their sum."),
        "from_group": _("Written in a group: such is not read in."),
        "row_repeated": _("The row stands several times in the file. The first is used."),
        "no_direction": _("The row does not say whether the account or somebody else wrote it."),
        "no_row_kind": _("The row does not say whether it is a post or a comment."),
        "no_platform": _("The platform is missing or unknown."),
        "message_without_id": _("The message has no id."),
        "message_without_time": _("The message has no time that we can read."),
        "video_link_broken": _("The link to the video is missing or not whole."),
        "comment_id_unreadable": _("The comment's id is missing or cannot be read."),
        "comment_id_and_link_lost": _(
            "The comment's id is missing or was destroyed by a spreadsheet, and the link "
            "cannot be used instead."
        ),
        "comment_repeated": _(
            "The comment stands several times in the file. The first row is used."
        ),
        "comment_without_clock": _(
            "The comment has a date but no time of day. The response time would be wrong."
        ),
        "channel_id_unreadable": _("The channel's id is missing or cannot be read."),
        "internal_note": _("An internal note: such are not read in."),
        "no_number_in_link": _("The link lacks the post's number."),
        "post_id_lost": _("The post's id is missing or destroyed."),
        "not_a_post_id": _("The post's id is no id. A spreadsheet may have destroyed it."),
        "campaign_row": _(
            "The post stands several times in the file. The row without a campaign is used."
        ),
        "post_without_id_and_link": _("The post has neither id nor link."),
        "post_time_unreadable": _("The post has a time that we cannot read."),
        "not_a_video": _("This is not a video on YouTube."),
        "day_unreadable": _("The date cannot be read."),
        "implausible_time": _("The time cannot be right."),
        "cut_row": _("The file is broken: the row was cut before it was finished."),
        "id_lost_in_spreadsheet": _(
            "The id was destroyed by the spreadsheet, which holds only 15 digits. Download "
            "the file again, and import the column as text before you save."
        ),
        "meta_error": _("Meta could not fetch this row: «{error}». Export again later."),
        "platform_of_block_unknown": _("The row does not say which platform it is about."),
        "empty_row": _("The row is empty."),
        "repeated_header": _("The header stands once more."),
        "totals_row": _("The row is a sum of the others."),
        "note_row": _("The row is a note from the platform."),
        "explanation_row": _("The row explains the columns."),
        "block_heading": _("The row is a heading."),
        "nothing_measured": _("The day has no figures."),
        "placeholder_row": _("The row is an empty place without a post."),
        "bookkeeping_row": _("The row is the tool's own, not a post or a comment."),
        "automatic_message": _("An automatic message or an event of the tool."),
        "own_example": _("The row is the example of the empty table."),
        "companion": _("The row belongs to a table that is not used."),
        "repeated_in_file": _("The message stands several times in the file and is counted once."),
        "others_thread": _("The message is neither from the account nor to it."),
        "shared_post": _("The account has shared what somebody else wrote."),
        "not_a_message": _("This part of the file is neither a post nor a comment."),
        "estimated_time": _("The comment has only an estimated time."),
        "partner_post": _(
            "The post was published together with another account, which is not taken for "
            "the municipality's."
        ),
        "unaccounted": _(
            "The row is not used, and Svarvakt cannot say why. Tell whoever runs Svarvakt."
        ),
    }
