"""What is wrong with a column mapping, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from svarvakt.i18n import N_

# By code the sentence with its named values.
COLUMN_MAPPINGS: Mapping[str, str] = {
    "mapping_unknown_reason": N_("«{name}» is no sentence that we know."),
    "template_too_large": N_(
        "The mapping has too many or too long column names. Choose fewer columns."
    ),
    "mapping_unknown_key": N_("The mapping has a field that we do not know: «{key}»."),
    "mapping_lacks_key": N_("The mapping lacks «{key}»."),
    "mapping_not_text": N_("«{key}» must be text."),
    "mapping_not_switch": N_("«{key}» must be true or false."),
    "mapping_not_list": N_("«{key}» must be a list of texts."),
    "mapping_not_table": N_("«{key}» must have a list of names for each field."),
    "mapping_two_orders": N_(
        "The dates cannot have both the day first and the month first. Choose one order."
    ),
    "mapping_no_zone": N_("There is no time zone «{zone}». Write for example «Europe/Oslo»."),
    "mapping_unknown_field": N_(
        "«{field}» is not a field that we can read. Choose among: {fields}."
    ),
    "mapping_field_unnamed": N_("The field «{field}» lacks the name of its column."),
    "mapping_required_absent": N_("«{field}» is required, but has no column."),
    "mapping_nothing_required": N_("The mapping must say which columns are required."),
    "mapping_column_twice": N_("The column «{column}» is used for both «{first}» and «{second}»."),
    "mapping_not_among": N_("«{key}» must be one of {choices}."),
    "mapping_unknown_platform": N_(
        "The platform «{platform}» is none that we know. Choose among: {platforms}."
    ),
    "mapping_finds_no_columns": N_(
        "The columns are not in this file, or the row of names is further down than row 10."
    ),
    "mapping_no_time": N_("Say which column holds the time."),
    "mapping_no_text": N_("Say which column holds the text."),
    "mapping_no_post": N_("Say which column holds the post's id or link."),
    "mapping_no_kind": N_("Say how posts are told from comments: a column for it, or an id."),
    "mapping_unknown_meaning": N_(
        "«{meaning}» is nothing that a word can mean. Choose among: {meanings}."
    ),
    "mapping_words_without_column": N_("The words for «{meaning}» need a column for «{field}»."),
    "mapping_no_own_words": N_("Say which words mean that the account itself wrote."),
    "mapping_no_visibility": N_("Say which words mean that the message is public or private."),
    "mapping_pattern": N_(
        "The date format «{pattern}» cannot be used. Write for example «%d.%m.%Y %H:%M»."
    ),
}
