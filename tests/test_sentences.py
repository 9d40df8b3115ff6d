"""What pages say in words: each sentence is about one population, and hides nothing."""

from __future__ import annotations

from metrics import Rate, RuleCounts, RuleState
from ui import rule_words


def _rule(rule: str, state: str, lead: Rate, **counts: int) -> RuleState:
    return RuleState(rule=rule, state=state, lead=lead, counts=RuleCounts(**counts))  # type: ignore[arg-type]


def test_what_came_and_what_waits_have_a_sentence_each() -> None:
    asked = {"need_items": 331, "need_answered": 312, "waiting": 188, "overdue": 176}
    said = rule_words.sentence(_rule("G6b", "stated", Rate(312, 331), **asked), 27_000)
    assert said == (
        "Av 331 henvendelser fra perioden som trengte svar, har 312 fått det, og 19 er uten svar. "
        "188 venter nå, uansett når de kom, 176 over fristen."
    )
    nothing = rule_words.sentence(_rule("G6b", "kept", Rate(0, 0)), 27_000)
    assert nothing.endswith("Ingen venter nå.")
