"""What is waiting for you? (G6–G8; M7, M8, M11–M13, M20) The list to work through."""

from __future__ import annotations

from svarvakt.i18n import _
from ui import action_items, deciding, faults, frame, last_decided, other_replies, seen, work_list

view = frame.current()
scope = view.selection.scope
deciding.settle()
found = work_list.counts(scope)

frame.head(_("What is waiting for you?"), work_list.finding(found))
deciding.said()
if not found.count["open"]:  # what waits is there, whatever the chosen months hold
    frame.stop_without_figures()
work_list.show(scope, found)
faults.show(view.selection)
seen.show(view.selection)
other_replies.show(scope)
action_items.show()
last_decided.show()
frame.foot(
    ["waiting_now", "unanswered_negative", "factual_errors", "case_handling", "monitored"],
    _("What waits, the register, errors and cases are as they are now, whatever the period."),
)
