"""What became of a file, and what its reader should know, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from svarvakt.i18n import N_

# By code the sentence with its named values.
FILES: Mapping[str, str] = {
    "saved_in_spreadsheet": N_("The file was opened and saved in Excel; some letters may be lost."),
    "letters_lost": N_("Some letters of the file are damaged and replaced by �."),
    "row_in_one_cell": N_(
        "The file was saved by a spreadsheet with each row in one cell. The rows are "
        "unpacked again, but letters and line breaks of the texts may be lost. Better "
        "read in the file as it was downloaded."
    ),
    "unclosed_quotation_mark": N_(
        "The file is damaged: a quotation mark is not closed (line {lines}). The rows "
        "below are read one by one. Better download the file again."
    ),
    "file_is_cut": N_(
        "The end of the content is missing: the file is broken, and the last row is not "
        "used. Download it again."
    ),
    "json_key_repeated": N_(
        "In {count} places of the file the same field stands twice; the last one is used."
    ),
    "account_of_other_platform": N_(
        "The title in the file says {platform}, but the account that was given is on "
        "{said}. Give the account on {platform}."
    ),
    "overview_without_platform": N_(
        "The file does not say whether the figures are about Facebook or Instagram, nor "
        "which account. Give the account, or put the file in a folder such as "
        "«facebook/<account>»."
    ),
    "account_unknown": N_(
        "The file does not say which account it is about. Put it in a folder "
        "«{platform}/<account>», or give the account."
    ),
    "partner_posts": N_(
        "{count} posts were published by an account that is not known as the "
        "municipality's, and are kept out. If the account is the municipality's, put it "
        "in the register or answer yes when you upload."
    ),
    "error_from_meta": N_(
        "This is an error message from Meta, not data: the request was refused. Correct "
        "the key or the fields asked for, and fetch again."
    ),
    "error_from_interface": N_(
        "This is an error message from the platform, not data: the request was refused. "
        "Correct what it asks for, and fetch again."
    ),
    "profile_download": N_(
        "These are the posts of «Download your information» for a profile. They have no "
        "ids, and a person's profile is never read in. Get the page's posts in Meta "
        "Business Suite: Insights → Content → Export data."
    ),
    "youtube_table_of_others": N_(
        "This is YouTube Studio's table per «{column}», not per video. Choose the tab "
        "Content before you download, and read in «Table data.csv»."
    ),
    "table_of_audience": N_(
        "The file shows who the followers or viewers are, in shares and by place, age or "
        "gender. That is not used here. Read in the figures per day instead, for example "
        "«Reach.csv» or «Views.csv»."
    ),
    "comments_without_ids": N_(
        "The comments have neither id nor time, so that no answer can be tied to them. "
        "Export again with all fields (All fields)."
    ),
    "no_figures_read": N_(
        "The posts were recognised, but no figures were read; switch the platform to "
        "English and export again."
    ),
    "title_not_used": N_(
        "The figures under the title «{title}» are not used here. We use Reach, Views, "
        "Content interactions, Follows, Visits and Link clicks: download one of them "
        "instead."
    ),
    "title_unknown": N_(
        "We do not know what the figures under the title «{title}» are. Switch Meta "
        "Business Suite to English and export again. We use Reach, Views, Content "
        "interactions, Follows, Visits and Link clicks."
    ),
    "dated_ahead": N_("The file is dated ahead in time. It counts as downloaded now."),
    "no_time_zone": N_(
        "The file does not say which time zone its times are written in. They are read as "
        "Norwegian time."
    ),
    "known_by_words": N_(
        "The file has no ids for {count} of the comments. They are recognised by account, "
        "post, time and text, so a corrected text becomes a new comment."
    ),
    "hidden_sheets": N_("Hidden sheets of the workbook are not read: {names}."),
    "all_ids_lost": N_(
        "The id was destroyed by the spreadsheet in every row: it holds only 15 digits. "
        "Download the file again, and import the columns with ids as text (Data → From "
        "Text/CSV → Text) before you save."
    ),
    "unreadable_numbers": N_(
        "{count} numbers cannot be read and are left empty: columns {columns}, line {lines}."
    ),
    "our_fault": N_(
        "The file cannot be read because of a fault in Svarvakt, not in the file. The "
        "rest has been read in. Tell whoever runs Svarvakt; the fault stands in the log."
    ),
    "no_rows": N_(
        "The file has no rows. That does not say that the account has no posts or "
        "comments: check the period and the account that you chose in the export."
    ),
    "no_usable_rows": N_(
        "None of the rows in the file could be used. See the reasons under rejected rows."
    ),
    "dates_turned": N_(
        "The dates in the file were changed by a spreadsheet, and day and month cannot "
        "be told apart for certain. Download the file again, and read it in without "
        "opening it in a spreadsheet first."
    ),
    "dates_two_ways": N_(
        "The dates in the file can be read in two ways: day first or month first. Say "
        "which is right, or download the file again and read it in without opening it in "
        "a spreadsheet first."
    ),
    "format_untried": N_(
        "The format was made from descriptions and has not been tried with a real file. "
        "Check the figures against what you see on the platform."
    ),
    "no_visibility": N_(
        "The file does not say which messages are public comments and which are private. "
        "Private messages are never read in. Export again with the column for the type "
        "of message."
    ),
    "file_without_platform": N_(
        "The file does not say which platform it is from. Give the account, or put the "
        "file in a folder «<platform>/<account>»."
    ),
    "no_thread_links": N_(
        "The file does not say which comment an answer belongs to. The answers are "
        "counted, but we cannot say which comments were answered."
    ),
    "no_authors": N_(
        "The file does not say who wrote the comments. Then the account's own answers "
        "cannot be told from those of others."
    ),
    "x_without_comments": N_(
        "Comments from others stand in no export from X. Response rate and response time "
        "cannot be worked out."
    ),
    "linkedin_without_comments": N_(
        "LinkedIn gives only the number of comments, not the texts. What was answered "
        "cannot be shown."
    ),
    "linkedin_competitors": N_(
        "This is LinkedIn's comparison with other pages. It is not used here. Read in "
        "the files from Content, Followers and Visitors instead."
    ),
    "linkedin_profile": N_(
        "These are figures of a personal profile on LinkedIn. Only the company page is "
        "used here. Open the page as an administrator, choose Analytics and export from "
        "there."
    ),
    "linkedin_only_new": N_(
        "LinkedIn gives new followers per day. How many followers the page has in all "
        "does not stand in the file."
    ),
    "overview_without_title": N_(
        "Above some of the figures there is no title that says what they are; the file "
        "is probably damaged. Download it again, and read it in without opening it in a "
        "spreadsheet first."
    ),
    "file_not_found": N_("The file does not exist."),
    "archive_damaged": N_("The zip archive or workbook is damaged. Download the file again."),
    "unknown_columns": N_("Columns that we do not know: {columns}."),
    "workbook_locked": N_(
        "The workbook is locked with a password. Remove the password in Excel and read it in again."
    ),
    "workbook_damaged": N_("The workbook is damaged and cannot be opened. Download it again."),
    "workbook_bomb": N_("The workbook unpacks to far too much data and is not read."),
    "workbook_of_other_kind": N_(
        "The workbook is saved in another format than «.xlsx». Save it as «.xlsx» in "
        "Excel and read it in again."
    ),
    "workbook_too_wide": N_(
        "A sheet of the workbook stretches over far too many rows and columns, probably"
        " because something stands in a cell far outside the table. Save the table "
        "alone in a new workbook, or as CSV."
    ),
    "several_formats": N_("The file fits several formats ({names}), and we do not guess."),
    "file_went_away": N_(
        "The file went away while it was being read. Put it back and read it in again."
    ),
    "zip_in_zip": N_(
        "The zip archive lies inside another one. Unpack it, and read in the files that it holds."
    ),
    "no_ordinary_file": N_("This is no ordinary file."),
    "file_too_large": N_(
        "The file has {size} MB, and we read at most {most} MB at a time. Export a shorter period."
    ),
    "zip_member_damaged": N_("The file in the zip archive is damaged or locked."),
    "zip_of_too_many": N_("The zip archive has {count} files; we take at most {most}."),
    "zip_bomb": N_("The zip archive unpacks to far too much data and is not read."),
    "no_rows_and_columns": N_(
        "The file cannot be cut into rows and columns. Download it from the platform "
        "again, and read it in without opening and saving it in a spreadsheet first."
    ),
    "json_damaged": N_("The file is damaged: the JSON text in it cannot be read. Fetch it again."),
    "json_of_other_shape": N_(
        "The file has another shape than expected: found {found} where there should be {expected}."
    ),
    "json_text_for_number": N_(
        "The file has another shape than expected: found text where there should be a number."
    ),
    "json_cut": N_(
        "The file is not whole: the JSON text breaks off at character {where}. Fetch it again."
    ),
    "json_of_no_known_shape": N_(
        "The file cannot be read as JSON of the shape that this format has."
    ),
    "comments_of_several_accounts": N_(
        "The file has comments by more than one account, and cannot be used."
    ),
    "download_names_no_account": N_(
        "The file does not say which account it is of. It must have been downloaded for"
        " the municipality’s own account, never for an employee’s profile. Put it in a "
        "folder «<platform>/<account>», or give the account."
    ),
    "own_answers_only": N_(
        "The file has only the replies that the account itself wrote, without what they"
        " answer. They are counted per day. If the same replies are read in from "
        "another source too, they count twice."
    ),
    "insights_without_ids": N_(
        "The file has figures of posts without the posts’ ids, so they can be tied to "
        "no post. Use the export of content from Meta Business Suite."
    ),
    "chart_beside_videos": N_(
        "Not used: these are the figures behind the chart in YouTube Studio. The videos"
        " are read from the table in the same folder."
    ),
    "videos_cut_at_500": N_(
        "The list is incomplete: YouTube Studio gives at most 500 videos. Choose a "
        "shorter period, or download it in several parts."
    ),
    "period_not_in_folder": N_(
        "The name of the folder does not say which period the figures are of. Read in "
        "the folder or the zip file as it was downloaded."
    ),
    "measures_not_ticked": N_(
        "Likes, comments or shares are missing. Tick Likes, Comments added and Shares "
        "in YouTube Studio before you download."
    ),
    "untried_names_youtube": N_(
        "Some columns have names that have not been tried on a real file. Check the "
        "figures, or download it again with English as the language in YouTube."
    ),
    "rows_per_day": N_(
        "The file has a row per post and day. Choose «Lifetime» in place of «Daily» "
        "when you export, so that each post stands on one row."
    ),
    "shifted_columns": N_(
        "The figures stand in the wrong columns: reactions, comments and shares do not "
        "add up, or text stands where a number should. That happens when several "
        "exports are pasted together in a spreadsheet. Read in each export by itself, "
        "as it came from Meta."
    ),
    "found_by_position_meta": N_(
        "The columns have names that we do not know, and are found by their place. "
        "Check the figures, or export again with English as the language in Meta "
        "Business Suite."
    ),
    "ids_broken_rescued": N_(
        "A spreadsheet has broken the ids of {count} posts. They are known by their "
        "links, and cannot be joined with comments of other files."
    ),
    "views_empty": N_(
        "Views are empty for every post, though they reached people. They are left out."
        " Export again with the standard columns to have them."
    ),
    "clicks_left_out": N_("The clicks are left out: the parts do not add up."),
    "untried_names_norwegian": N_(
        "The columns have Norwegian names that have not been tried on a real file. "
        "Check the figures."
    ),
    "unknown_json_damaged": N_("Unknown format: the JSON file is damaged. Fetch it again."),
    "unknown_json": N_(
        "Unknown format: JSON with the fields {fields}. We can read JSON from the "
        "platforms' own interfaces and archives. «How to get the files» shows what each"
        " platform gives."
    ),
    "unknown_json_without_fields": N_(
        "Unknown format: JSON without a field that we know. «How to get the files» "
        "shows what each platform gives."
    ),
    "unknown_text": N_(
        "Unknown format: text whose first line is «{line}». If it is a table of posts "
        "or comments, you can tell what its columns are on the page «Import and data»."
    ),
    "unknown_workbook": N_(
        "Unknown format: a workbook with the sheets {sheets}. If it is a table of posts"
        " or comments, save the sheet as CSV and tell what its columns are on the page "
        "«Import and data»."
    ),
    "unknown_empty": N_("The file is empty."),
    "unknown_other": N_(
        "Unknown format: neither text, JSON nor a workbook. Expected an export as CSV, "
        "Excel or JSON from the platform."
    ),
    "looks_like_format": N_(
        "The file looks like «{format}», but cannot be read. Download it again as the "
        "platform gives it; «How to get the files» shows how."
    ),
    "file_unreadable": N_("The file cannot be read ({cause})."),
    "found_by_position_linkedin": N_(
        "The columns have names that we do not know, and are found by their place. "
        "Check the figures, or change LinkedIn's language to English and export again."
    ),
    "linkedin_page_views": N_(
        "Visits are page views. Unique visitors per day cannot be added up and are left out."
    ),
    "own_comments_only": N_(
        "The file holds only what the account itself wrote, also under others' videos. "
        "Comments by others are missing, so what is unanswered cannot be found with "
        "this file alone."
    ),
    "threads_not_told": N_("The file does not say which thread each comment belongs to."),
    "post_not_told": N_(
        "The file does not say which post the comments stand under, so they cannot be "
        "shown with it."
    ),
    "archive_of_own_posts": N_(
        "The archive holds only what the account itself wrote. Replies to others can be"
        " counted, but not linked to what they answer; fetch «context» for the posts as"
        " well."
    ),
    "estimated_times": N_(
        "YouTube shows only «3 weeks ago», so the times in the file are estimates. "
        "Response time and month would be wrong. Fetch the comments with YouTube's Data"
        " API instead."
    ),
    "tiktok_audience": N_(
        "Not used: the file describes who the followers are, not what the account has done."
    ),
    "tiktok_audience_alone": N_(
        "Not used: the file describes who the followers are, not what the account has "
        "done. Read in «Overview» or «FollowerHistory» instead."
    ),
    "tiktok_year_guessed": N_(
        "TikTok writes days without a year. The year is worked out from when the file "
        "was made: {day}. If that is wrong, give the time of the export."
    ),
    "sheets_not_read": N_("These sheets are not read: {sheets}."),
    "download_private_messages": N_(
        "The file is from «Download your information» and holds private messages. Such "
        "are not read in: only what was written openly on the account."
    ),
    "download_group_posts": N_(
        "The file is from «Download your information» and holds posts in groups. Such "
        "are not read in: only what was written openly on the account."
    ),
    "download_group_comments": N_(
        "The file is from «Download your information» and holds comments in groups. "
        "Such are not read in: only what was written openly on the account."
    ),
    "download_groups": N_(
        "The file is from «Download your information» and holds groups that the account"
        " is in. Such are not read in: only what was written openly on the account."
    ),
    "facebook_inbox": N_(
        "The file holds private messages of the inbox. Such are not read in: fetch "
        "posts and comments («posts» with «comments»), never «conversations»."
    ),
    "facebook_group": N_(
        "The file is from a group. Groups are not read in: they may be closed, and the "
        "file does not say so. Fetch posts and comments of the municipality's own page."
    ),
    "exportcomments_without_ids": N_(
        "The comments' ids are missing: they stand only in the links of the workbook "
        "from ExportComments. The comments cannot be recognised in other files. Better "
        "read in the workbook as it came."
    ),
    "exportcomments_without_post": N_(
        "The address in the file is not a post. The comments are read in, but belong to no post."
    ),
    "time_zone_unknown": N_(
        "The file says that its times are in the time zone «{zone}», which we do not "
        "know. Choose UTC when you export."
    ),
    "meta_audience": N_(
        "The file holds percentages of the audience (age, gender, cities and "
        "countries), not figures per day. It is of no use here. Read in for example "
        "«Reach.csv» or «Views.csv» instead."
    ),
    "title_untried": N_(
        "The title «{title}» is understood without having been tried on a real file. "
        "Check the figures."
    ),
    "title_from_file_name": N_(
        "We do not know the title «{title}». What the figures are about is read from "
        "the file's name. Check the figures."
    ),
    "mastodon_thread_of_others": N_(
        "The thread was started by somebody else, and the account has not replied in "
        "it. Fetch «context» for the account's own posts."
    ),
    "mastodon_own_only": N_(
        "The file holds only what the account itself wrote. Fetch «context» for the "
        "posts as well, and the comments come along."
    ),
    "youtube_chart_days": N_(
        "These are the figures per day behind the chart in YouTube Studio, not the "
        "videos. Read in «Table data.csv» from the same folder."
    ),
    "youtube_api_other_kind": N_(
        "The file is from YouTube's Data API, but is «{kind}», not comments. Fetch "
        "«commentThreads» for the channel."
    ),
    "facebook_insights_page_level": N_(
        "These are figures per day of the whole page from the old Facebook Insights, "
        "not the posts. They are of no use here. Read in «Facebook Insights Data Export"
        " (Post Level)» instead."
    ),
    "reactions_sheet_missing": N_(
        "Reactions, comments and shares are missing: the file lacks the sheet «Lifetime"
        " Post Stories by action type»."
    ),
    "reactions_empty": N_(
        "Some posts have empty fields for reactions, comments or shares. Empty is read "
        "as unknown, not as 0."
    ),
    "tiktok_dates_rewritten": N_(
        "The dates in the file were changed by a spreadsheet. Download the file again "
        "from TikTok Studio, and read it in without opening and saving it in a "
        "spreadsheet first."
    ),
    "x_own_replies": N_(
        "Rows that begin with «@»: {count}. They are taken as own replies, and their "
        "figures are kept out of the posts. The file does not say whom they answer."
    ),
    "x_ids_rescued": N_(
        "A spreadsheet destroyed the id of {count} of the rows. It is taken from the link."
    ),
    "bluesky_thread_of_others": N_(
        "The thread was started by somebody else, and the account has not replied in "
        "it. Fetch the threads under the account's own posts."
    ),
    "bluesky_own_only": N_(
        "The file holds what the account itself wrote, and what it answers. Comments "
        "without an answer are not in it; fetch «getPostThread» for the posts as well."
    ),
    "tiktok_not_all_videos": N_(
        "TikTok does not always list all videos. Other exports of the same account may hold more."
    ),
    "instagram_insights_alone": N_(
        "The file holds only figures (insights) of one post, without the post. Fetch "
        "the posts with «insights» as one of the fields, or use the export from Meta "
        "Business Suite."
    ),
    "zeeschuimer_account": N_(
        "The file holds messages of many accounts and does not say which is the "
        "municipality's. Put it in a folder «threads/<account>», or give the account."
    ),
    "zeeschuimer_no_parents": N_(
        "Zeeschuimer keeps what stood on the screen, and not what a reply answers. The "
        "replies can be counted, but not linked to comments."
    ),
    "facepager_column_missing": N_(
        "The column «{column}» is missing in the file from Facepager. Tick message, "
        "created_time, from.id, from.name, parent.id and is_hidden before you export."
    ),
    "yt_dlp_comments": N_("Comments that were not read: {count}."),
    "apify_ordered_length": N_(
        "The list is as long as it was ordered from apify. Comments beyond the limit are not in it."
    ),
    "apify_instagram_replies": N_(
        "Replies are in it only when the file was downloaded as JSON and replies were "
        "ordered from apify."
    ),
    "apify_instagram_links": N_(
        "The file knows the post by its link. The comments cannot be linked to the post's figures."
    ),
    "apify_tiktok_replies": N_(
        "Replies are in it only when they were ordered from apify. The list is as long "
        "as it was ordered."
    ),
    "chatwoot_public_only": N_(
        "Messages are read in only where the column for the channel says that the "
        "conversation is a public comment."
    ),
    "video_not_told": N_("The file does not say which video the comments belong to."),
}
