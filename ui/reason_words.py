"""The import's reasons and warnings in the reader's language; codes of `etl/ingest/reasons`."""

from __future__ import annotations

from etl.ingest.reasons import read_reason
from svarvakt.i18n import _


def worded(sentence: str) -> str:
    """What is stored in bokmål, in the reader's language; unchanged where it has no code."""
    found = read_reason(sentence)
    if found is None:
        return sentence
    return (_rows() | _files())[found.code].format_map(found.values)


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


def _files() -> dict[str, str]:
    return {
        "saved_in_spreadsheet": _(
            "The file was opened and saved in Excel; some letters may be lost."
        ),
        "letters_lost": _("Some letters of the file are damaged and replaced by �."),
        "row_in_one_cell": _(
            "The file was saved by a spreadsheet with each row in one cell. The rows are "
            "unpacked again, but letters and line breaks of the texts may be lost. Better "
            "read in the file as it was downloaded."
        ),
        "unclosed_quotation_mark": _(
            "The file is damaged: a quotation mark is not closed (line {lines}). The rows "
            "below are read one by one. Better download the file again."
        ),
        "file_is_cut": _(
            "The end of the content is missing: the file is broken, and the last row is not "
            "used. Download it again."
        ),
        "json_key_repeated": _(
            "In {count} places of the file the same field stands twice; the last one is used."
        ),
        "account_of_other_platform": _(
            "The title in the file says {platform}, but the account that was given is on "
            "{said}. Give the account on {platform}."
        ),
        "overview_without_platform": _(
            "The file does not say whether the figures are about Facebook or Instagram, nor "
            "which account. Give the account, or put the file in a folder such as "
            "«facebook/<account>»."
        ),
        "account_unknown": _(
            "The file does not say which account it is about. Put it in a folder "
            "«{platform}/<account>», or give the account."
        ),
        "partner_posts": _(
            "{count} posts were published by an account that is not known as the "
            "municipality's, and are kept out. If the account is the municipality's, put it "
            "in the register or answer yes when you upload."
        ),
        "error_from_meta": _(
            "This is an error message from Meta, not data: the request was refused. Correct "
            "the key or the fields asked for, and fetch again."
        ),
        "error_from_interface": _(
            "This is an error message from the platform, not data: the request was refused. "
            "Correct what it asks for, and fetch again."
        ),
        "profile_download": _(
            "These are the posts of «Download your information» for a profile. They have no "
            "ids, and a person's profile is never read in. Get the page's posts in Meta "
            "Business Suite: Insights → Content → Export data."
        ),
        "youtube_table_of_others": _(
            "This is YouTube Studio's table per «{column}», not per video. Choose the tab "
            "Content before you download, and read in «Table data.csv»."
        ),
        "table_of_audience": _(
            "The file shows who the followers or viewers are, in shares and by place, age or "
            "gender. That is not used here. Read in the figures per day instead, for example "
            "«Reach.csv» or «Views.csv»."
        ),
        "comments_without_ids": _(
            "The comments have neither id nor time, so that no answer can be tied to them. "
            "Export again with all fields (All fields)."
        ),
        "no_figures_read": _(
            "The posts were recognised, but no figures were read; switch the platform to "
            "English and export again."
        ),
        "title_not_used": _(
            "The figures under the title «{title}» are not used here. We use Reach, Views, "
            "Content interactions, Follows, Visits and Link clicks: download one of them "
            "instead."
        ),
        "title_unknown": _(
            "We do not know what the figures under the title «{title}» are. Switch Meta "
            "Business Suite to English and export again. We use Reach, Views, Content "
            "interactions, Follows, Visits and Link clicks."
        ),
        "dated_ahead": _("The file is dated ahead in time. It counts as downloaded now."),
        "no_time_zone": _(
            "The file does not say which time zone its times are written in. They are read as "
            "Norwegian time."
        ),
        "known_by_words": _(
            "The file has no ids for {count} of the comments. They are recognised by account, "
            "post, time and text, so a corrected text becomes a new comment."
        ),
        "hidden_sheets": _("Hidden sheets of the workbook are not read: {names}."),
        "all_ids_lost": _(
            "The id was destroyed by the spreadsheet in every row: it holds only 15 digits. "
            "Download the file again, and import the columns with ids as text (Data → From "
            "Text/CSV → Text) before you save."
        ),
        "unreadable_numbers": _(
            "{count} numbers cannot be read and are left empty: columns {columns}, line {lines}."
        ),
        "our_fault": _(
            "The file cannot be read because of a fault in Svarvakt, not in the file. The "
            "rest has been read in. Tell whoever runs Svarvakt; the fault stands in the log."
        ),
        "no_rows": _(
            "The file has no rows. That does not say that the account has no posts or "
            "comments: check the period and the account that you chose in the export."
        ),
        "no_usable_rows": _(
            "None of the rows in the file could be used. See the reasons under rejected rows."
        ),
        "dates_turned": _(
            "The dates in the file were changed by a spreadsheet, and day and month cannot "
            "be told apart for certain. Download the file again, and read it in without "
            "opening it in a spreadsheet first."
        ),
        "dates_two_ways": _(
            "The dates in the file can be read in two ways: day first or month first. Say "
            "which is right, or download the file again and read it in without opening it in "
            "a spreadsheet first."
        ),
        "format_untried": _(
            "The format was made from descriptions and has not been tried with a real file. "
            "Check the figures against what you see on the platform."
        ),
        "no_visibility": _(
            "The file does not say which messages are public comments and which are private. "
            "Private messages are never read in. Export again with the column for the type "
            "of message."
        ),
        "file_without_platform": _(
            "The file does not say which platform it is from. Give the account, or put the "
            "file in a folder «<platform>/<account>»."
        ),
        "no_thread_links": _(
            "The file does not say which comment an answer belongs to. The answers are "
            "counted, but we cannot say which comments were answered."
        ),
        "no_authors": _(
            "The file does not say who wrote the comments. Then the account's own answers "
            "cannot be told from those of others."
        ),
        "x_without_comments": _(
            "Comments from others stand in no export from X. Response rate and response time "
            "cannot be worked out."
        ),
        "linkedin_without_comments": _(
            "LinkedIn gives only the number of comments, not the texts. What was answered "
            "cannot be shown."
        ),
        "linkedin_competitors": _(
            "This is LinkedIn's comparison with other pages. It is not used here. Read in "
            "the files from Content, Followers and Visitors instead."
        ),
        "linkedin_profile": _(
            "These are figures of a personal profile on LinkedIn. Only the company page is "
            "used here. Open the page as an administrator, choose Analytics and export from "
            "there."
        ),
        "linkedin_only_new": _(
            "LinkedIn gives new followers per day. How many followers the page has in all "
            "does not stand in the file."
        ),
        "overview_without_title": _(
            "Above some of the figures there is no title that says what they are; the file "
            "is probably damaged. Download it again, and read it in without opening it in a "
            "spreadsheet first."
        ),
        "file_not_found": _("The file does not exist."),
        "archive_damaged": _("The zip archive or workbook is damaged. Download the file again."),
        "unknown_columns": _("Columns that we do not know: {columns}."),
    }
