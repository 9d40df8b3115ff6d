"""The import's reasons and warnings in the reader's language; codes of `etl/ingest/reasons`."""

from __future__ import annotations

from collections.abc import Mapping

from etl.ingest.reasons import read_reason
from svarvakt.i18n import N_, _
from ui.file_reasons import FILES
from ui.format_words import format_name
from ui.mapping_reasons import COLUMN_MAPPINGS

# By code the sentence with its named values.
ROWS: Mapping[str, str] = {
    "too_many_fields": N_("The row has more fields than the header."),
    "text_for_number": N_("One of the numbers cannot be read: {column}."),
    "comment_without_id": N_("The comment has no id."),
    "post_without_id": N_("The post has no id."),
    "no_published_time": N_("The time of publication is missing or cannot be read."),
    "post_repeated": N_("The post stands several times in the file. The first row is used."),
    "post_without_time": N_("The post has no time that we can read."),
    "video_repeated": N_("The video stands several times in the file. The first row is used."),
    "private_message": N_("A private message: such are not read in."),
    "not_public": N_("A private message, or for followers only: such are not read in."),
    "comment_without_time": N_("The comment has no time that we can read."),
    "comment_time_unknown_form": N_(
        "The time cannot be read with certainty. It is written like this: «{form}»."
    ),
    "reply_before_comment": N_(
        "The reply is dated more than a day before the comment that it answers, and does not "
        "answer it."
    ),
    "post_id_and_link_lost": N_(
        "The post's id is missing or was destroyed by a spreadsheet, and the link cannot "
        "be used instead."
    ),
    "no_day": N_("The date is missing or cannot be read."),
    "day_repeated": N_("The day stands several times in the file. The first row is used."),
    "no_video_id": N_("The video's id is missing or is no video id."),
    "unreadable_number": N_("The number cannot be read."),
    "wrong_sum": N_("Reactions, comments and shares do not add up to their sum."),
    "from_group": N_("Written in a group: such is not read in."),
    "row_repeated": N_("The row stands several times in the file. The first is used."),
    "no_direction": N_("The row does not say whether the account or somebody else wrote it."),
    "no_row_kind": N_("The row does not say whether it is a post or a comment."),
    "no_platform": N_("The platform is missing or unknown."),
    "message_without_id": N_("The message has no id."),
    "message_without_time": N_("The message has no time that we can read."),
    "video_link_broken": N_("The link to the video is missing or not whole."),
    "comment_id_unreadable": N_("The comment's id is missing or cannot be read."),
    "comment_id_and_link_lost": N_(
        "The comment's id is missing or was destroyed by a spreadsheet, and the link "
        "cannot be used instead."
    ),
    "comment_repeated": N_("The comment stands several times in the file. The first row is used."),
    "comment_without_clock": N_(
        "The comment has a date but no time of day. The response time would be wrong."
    ),
    "channel_id_unreadable": N_("The channel's id is missing or cannot be read."),
    "internal_note": N_("An internal note: such are not read in."),
    "no_number_in_link": N_("The link lacks the post's number."),
    "post_id_lost": N_("The post's id is missing or destroyed."),
    "not_a_post_id": N_("The post's id is no id. A spreadsheet may have destroyed it."),
    "campaign_row": N_(
        "The post stands several times in the file. The row without a campaign is used."
    ),
    "post_without_id_and_link": N_("The post has neither id nor link."),
    "post_time_unreadable": N_("The post has a time that we cannot read."),
    "not_a_video": N_("This is not a video on YouTube."),
    "day_unreadable": N_("The date cannot be read."),
    "implausible_time": N_("The time cannot be right."),
    "cut_row": N_("The file is broken: the row was cut before it was finished."),
    "id_lost_in_spreadsheet": N_(
        "The id was destroyed by the spreadsheet, which holds only 15 digits. Download "
        "the file again, and import the column as text before you save."
    ),
    "meta_error": N_("Meta could not fetch this row: «{error}». Export again later."),
    "platform_of_block_unknown": N_("The row does not say which platform it is about."),
    "empty_row": N_("The row is empty."),
    "repeated_header": N_("The header stands once more."),
    "totals_row": N_("The row is a sum of the others."),
    "note_row": N_("The row is a note from the platform."),
    "explanation_row": N_("The row explains the columns."),
    "block_heading": N_("The row is a heading."),
    "nothing_measured": N_("The day has no figures."),
    "placeholder_row": N_("The row is an empty place without a post."),
    "bookkeeping_row": N_("The row is the tool's own, not a post or a comment."),
    "automatic_message": N_("An automatic message or an event of the tool."),
    "own_example": N_("The row is the example of the empty table."),
    "companion": N_("The row belongs to a table that is not used."),
    "repeated_in_file": N_("The message stands several times in the file and is counted once."),
    "others_thread": N_("The message is neither from the account nor to it."),
    "shared_post": N_("The account has shared what somebody else wrote."),
    "not_a_message": N_("This part of the file is neither a post nor a comment."),
    "estimated_time": N_("The comment has only an estimated time."),
    "partner_post": N_(
        "The post was published together with another account, which is not taken for "
        "the municipality's."
    ),
    "unaccounted": N_(
        "The row is not used, and Svarvakt cannot say why. Tell whoever runs Svarvakt."
    ),
}
SENTENCES = {**ROWS, **FILES, **COLUMN_MAPPINGS}


def worded(stored: str) -> str:
    """What is stored in bokmål, a reason a line, in the reader's language.

    A line that no code gives stands as it is.
    """
    return " ".join(map(_worded, stored.splitlines()))


def _worded(sentence: str) -> str:
    found = read_reason(sentence)
    if found is None:
        return sentence
    values = dict(found.values)
    if "format" in values:
        values["format"] = format_name(values["format"])
    return _(SENTENCES[found.code]).format_map(values)
