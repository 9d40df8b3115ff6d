"""What people can decide. A new kind of decision is one line in `KINDS`.

Of decisions with the same subject and slot the newest one that nobody took back is in force.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Kind:
    """`about` is what a subject must be; `details` are the fields it may carry."""

    name: str
    slot: str
    about: tuple[str, ...] = ("item",)
    needs_reason: bool = False
    details: tuple[str, ...] = ()


KINDS = {
    kind.name: kind
    for kind in (
        # M3: answers that no export shows. `answered_on` (ISO day) where it is another day.
        Kind("answered_now", "answer"),
        Kind("answered_elsewhere", "answer", needs_reason=True, details=("answered_on",)),
        Kind("dialogue_closed", "dialogue", needs_reason=True),
        # «This reply answers this comment», where no rule finds it: a later reply of the account.
        Kind("joined", "joined", details=("reply_id",)),
        # M12, G8. Handled only with a case number and when the citizen was told in the thread.
        Kind("referred", "case", details=("case_number", "is_citizen_told")),
        # M2: `reply_class` is must, content or none. Hidden with a reason gives class none.
        Kind("class", "class", needs_reason=True, details=("reply_class",)),
        Kind("hidden", "hidden", needs_reason=True),
        Kind("tone", "tone", details=("tone",)),
        # M2: one of is_question, claims_error, is_case_enquiry, is_sensitive is true or false.
        Kind("flag", "flag", details=("flag", "value")),
        # «Merk 20»: how the item was picked (random or uncertain), what a person said of it, and
        # what the machine had said by then: `needs_reply` and `flags` as the tone.
        Kind(
            "reading_check",
            "reading_check",
            details=(
                *("served_as", "tone", "needs_reply", "flags"),
                *("machine_tone", "machine_needs_reply", "machine_flags"),
            ),
        ),
        # M11, G7. Subjects: an item, or a post of the municipality's own.
        Kind("error_found", "error", about=("item", "post"), details=("found_on",)),
        Kind("error_corrected", "error", about=("item", "post"), details=("corrected_on",)),
        Kind("not_an_error", "error", about=("item", "post")),
        # M13: somebody looked and there was nothing new. `week` is its Monday (ISO day).
        Kind("seen", "seen", about=("account",), details=("week",)),
        # R50, R51: what the archive must have, and that it has it.
        Kind("archive_candidate", "archive"),
        Kind("archived", "archive"),
        # G5: what a unit leader tells the communications department of an account.
        Kind("notice", "notice", about=("account",), details=("change",)),
        Kind("notice_read", "notice", about=("account",)),
        Kind("advice", "advice", about=("account",), needs_reason=True),
        Kind("closing_step", "closing", about=("account",), details=("step",)),
        # What is done about a rule. The newest line of a measure is the measure.
        Kind(
            "measure",
            "measure",
            about=("measure",),
            details=("rule", "unit_id", "text", "responsible_role", "deadline", "done_on"),
        ),
        # The three sentences of a month's report as somebody edited them, in one language.
        Kind("report_text", "report_text", about=("report",), details=("sentences", "language")),
        # What a person said of files of one kind that do not say it themselves, for next time.
        Kind(
            "import_answer",
            "answer",
            about=("import",),
            details=("account", "is_day_first", "time_zone"),
        ),
        # How the columns of a table that no format knows are to be read (a column template).
        Kind("column_template", "template", about=("import",), details=("mapping",)),
        Kind("undo", "undo", about=("item", "post", "account", "measure")),
    )
}
# Several of these stand beside each other: the slot is the decision's own.
STACKABLE_SLOTS = frozenset({"seen", "advice", "closing", "undo", "flag"})
