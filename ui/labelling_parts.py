"""«Merk 20» as the reader meets it: one comment, three questions, every answer a key away."""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _, ngettext, number
from svarvakt.metrics import ToRead
from ui import assessment, decided, labelling
from ui.data import ask
from ui.labelling import Answer, Run
from ui.markup import escape, link, note, paragraph
from ui.words import platform

TONES = ("negative", "neutral", "positive")
_KEYS = "labelling-keys"


def show() -> bool:
    """The start, the comment that is shown now, or what was done; True while one is shown."""
    run = labelling.run()
    if run is None:
        _start()
        return False
    item = _current(run)
    if item is None:
        _summary(run)
        return False
    _progress(run)
    _comment(item)
    _questions(run.answer)
    _ways(run)
    return True


def _start() -> None:
    paragraph(
        _(
            "You get 20 comments, one at a time: ten drawn at random and ten that the machine is "
            "unsure of. It takes some minutes. What the machine says is shown when you have "
            "answered. Your answers count as decided by a person, and can be taken back."
        )
    )
    st.button(
        _("Start"), key="label-start", type="primary", on_click=labelling.want, args=("start",)
    )


def _current(run: Run) -> ToRead | None:
    """The item to show; one that is gone in a newer file is passed by."""
    while run.current is not None:
        found = ask(metrics.to_read, decided.ANY_TIME, run.current.item_id)
        if found is not None:
            return found
        run.picks.remove(run.current)
    return None


def _progress(run: Run) -> None:
    at, of = len(run.done), len(run.picks)
    place = _("{n} of {total}").format(n=at + 1, total=of)
    st.html(f'<p class="sv-chosen" role="status">{escape(place)}</p>')
    st.progress(at / of)
    if run.problem:
        note(run.problem, "warning")
    elif run.done:
        _last(run)


def _last(run: Run) -> None:
    """What the machine had said of the one before: never before the reader has answered."""
    last = run.done[-1]
    if not last.made:
        paragraph(_("The one before was skipped."), "sv-muted")
        return
    you, machine = assessment.tone_word(last.tone), assessment.tone_word(last.tone_found)
    text = (
        _("Saved. The one before: you and the machine both said {tone}.")
        if last.tone == last.tone_found
        else _("Saved. The one before: you said {tone}, the machine had said {other}.")
    )
    note(text.format(tone=you, other=machine), "done")


def _comment(item: ToRead) -> None:
    where = f"{item.account_name} ({platform(item.platform)})"
    parts = [f'<p class="sv-where">{escape(where)}</p>']
    if item.post_text:
        parts.append(_quiet(_("The post: {text}"), item.post_text))
    for said in item.before:
        who = _("The account: {text}") if said.is_ours else _("Earlier in the thread: {text}")
        parts.append(_quiet(who, said.text or _("The text is not stored.")))
    parts.append(f"<blockquote>{escape(item.text)}</blockquote>")
    if item.permalink:
        opened = _("Open on {platform}").format(platform=platform(item.platform))
        parts.append(f"<p>{link(opened, item.permalink)}</p>")
    with st.container(border=True, key="label-comment"):
        st.html(f'<div class="sv-item">{"".join(parts)}</div>')


def _quiet(words: str, text: str) -> str:
    short = text if len(text) <= 300 else text[:300].rstrip() + " …"
    return f'<p class="sv-muted">{escape(words.format(text=short))}</p>'


def _questions(answer: Answer) -> None:
    paragraph(_("What is the tone?"), "sv-question")
    with st.container(horizontal=True, key="label-tone"):
        for key, tone in enumerate(TONES, 1):
            words = assessment.tone_word(tone).capitalize()
            _choice(words, key, answer.tone == tone, ("tone", tone))
    paragraph(_("Does it need a reply?"), "sv-question")
    with st.container(horizontal=True, key="label-need"):
        _choice(_("Yes"), 4, answer.needs_reply is True, ("needs_reply", True))
        _choice(_("No"), 5, answer.needs_reply is False, ("needs_reply", False))
    paragraph(_("Does any of this fit? (none, one or several)"), "sv-question")
    with st.container(horizontal=True, key="label-flags"):
        for key, (flag, words) in enumerate(assessment.flag_words().items(), 6):
            _choice(words.capitalize(), key, flag in answer.flags, ("flag", flag))


def _choice(words: str, key: int, is_chosen: bool, wanted: tuple[str, object]) -> None:
    st.button(
        words,
        key=f"label-key-{key}",
        type="primary" if is_chosen else "secondary",
        icon=":material/check:" if is_chosen else None,
        shortcut=_shortcut(str(key)),
        on_click=labelling.want,
        args=wanted,
        wrap=True,
    )


def _ways(run: Run) -> None:
    with st.container(horizontal=True, key="label-ways"):
        for words, what, shortcut, is_off in (
            (_("Save and next"), "save", "Right", not run.answer.is_whole),
            (_("Skip"), "skip", "0", False),
            (_("Undo the one before"), "undo", "Left", not run.done),
            (_("Stop here"), "stop", None, False),
        ):
            st.button(
                words,
                key=f"label-{what}",
                type="primary" if what == "save" else "secondary",
                disabled=is_off,
                shortcut=_shortcut(shortcut) if shortcut else None,
                on_click=labelling.want,
                args=(what,),
                wrap=True,
            )
    # WCAG 2.1.4: keys without a modifier can be turned off.
    st.toggle(_("Answer with the keys that stand on the buttons"), value=True, key=_KEYS)


def _shortcut(key: str) -> str | None:
    return key if st.session_state.get(_KEYS, True) else None


def _summary(run: Run) -> None:
    """What was done, and how often the machine agreed on the random ones."""
    count, skipped = len(run.labelled), len(run.done) - len(run.labelled)
    if not run.picks:
        note(_("There is no comment left that nobody has labelled."))
    else:
        said = ngettext("Done: {n} comment labelled", "Done: {n} comments labelled", count)
        said += ", " + ngettext("{n} skipped.", "{n} skipped.", skipped)
        note(f"{said} {_agreed(run)}".strip(), "done")
    with st.container(horizontal=True):
        st.button(_("Label 20 more"), key="label-start", on_click=labelling.want, args=("start",))
        if run.done:
            st.button(
                _("Undo the one before"), key="label-undo", on_click=labelling.want, args=("undo",)
            )


def _agreed(run: Run) -> str:
    drawn = [one for one in run.labelled if one.picked.served_as == "random"]
    if not drawn:
        return ""
    same = sum(one.tone == one.tone_found for one in drawn)
    return _("Of those drawn at random the machine had the same tone in {n} of {total}.").format(
        n=number(same), total=number(len(drawn))
    )
