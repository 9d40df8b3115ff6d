"""Which model reads comments: learning from the labels, earlier versions and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from etl.text_analysis import weights
from etl.text_analysis.training import local_model
from svarvakt import settings
from svarvakt.decisions.model_versions import ReadingModel
from svarvakt.i18n import _, day_and_time, ngettext, percent
from ui import decided, refresh, viewer
from ui.data import NotAllowed
from ui.markup import note, paragraph
from ui.settings_parts import role_word

_SAID = "reading-model-said"


def show() -> None:
    """What is in use, what can be learnt, and every earlier version."""
    st.header(_("The model in use"), anchor=False)
    if told := st.session_state.pop(_SAID, ""):
        note(told, "done")
    where = settings.active_data_dir()
    used = local_model.versions(where)
    paragraph(_in_use(used[-1] if used else None))
    _learn(len(local_model.labels(where)))
    if used:
        _earlier(used)


def _in_use(newest: ReadingModel | None) -> str:
    if newest is None or newest.weights is None:
        return _("The model that comes with the program: {version}.").format(
            version=weights.shipped("head").version
        )
    return (
        _("The municipality's own: {version}, in use since {time}. {quality}")
        .format(
            version=newest.version, time=day_and_time(newest.made_at), quality=_told(newest.quality)
        )
        .strip()
    )


def _told(quality: Mapping[str, Any]) -> str:
    """What was measured when it was put in use."""
    if quality.get("before") is None or quality.get("after") is None:
        return ""
    return _("On the random comments it went from {before} to {after} (mean F1).").format(
        before=percent(quality["before"]), after=percent(quality["after"])
    )


def _learn(labels: int) -> None:
    paragraph(
        _(
            "The machine can learn from the labels. A new model is put in use only if it reads "
            "the comments drawn at random at least as well as the one that comes with the "
            "program; each of them is then read by a model that has not seen it. You can always "
            "go back."
        )
    )
    missing = local_model.ENOUGH - labels
    if missing > 0:
        text = ngettext(
            "{n} more label is needed before it can learn.",
            "{n} more labels are needed before it can learn.",
            missing,
        )
        paragraph(text, "sv-muted")
    if st.button(_("Learn from the labels"), key="reading-learn", disabled=missing > 0):
        with st.spinner(_("Learning. This takes up to a minute.")):
            learn()
        st.rerun()


def learn() -> None:
    """Fits a model on the labels; what came of it is said in the next run."""
    role = _keeper()
    done = local_model.fit_and_promote(settings.active_data_dir(), role)
    decided.store().log(role, "reading_model", str(done.get("version", "")))
    if done["promoted"]:
        refresh.soon()
        said = _("A new model is in use. {quality} The figures follow in a moment.")
    elif done["after"] is None:
        said = _("Nothing was learnt: too few labels, or none of them drawn at random.")
    else:
        said = _("The new model was not put in use: it read worse. {quality}")
    st.session_state[_SAID] = said.format(quality=_told(done))


def _earlier(used: list[ReadingModel]) -> None:
    """Every time a model was put in use, the newest first; the shipped one last."""
    st.subheader(_("Earlier versions"), anchor=False)
    seen = {used[-1].version}
    for one in reversed(used):
        if one.version not in seen and one.weights is not None:
            seen.add(one.version)
            when = f"{day_and_time(one.made_at)}, {role_word(one.role)}"
            _line(one.version, f"{one.version} · {when}. {_told(one.quality)}")
    if used[-1].weights is not None:
        _line(None, _("The model that comes with the program"))


def _line(version: str | None, words: str) -> None:
    told, way = st.columns([3.6, 1], vertical_alignment="center")
    with told:
        paragraph(words)
    if way.button(_("Go back to this"), key=f"reading-back-{version}", width="stretch"):
        go_back(version)
        st.rerun()


def go_back(version: str | None) -> None:
    """Puts an earlier version in use again; None = the one that comes with the program."""
    role = _keeper()
    local_model.revert(settings.active_data_dir(), role, version)
    decided.store().log(role, "reading_model", version or weights.shipped("head").version)
    refresh.soon()
    st.session_state[_SAID] = _("The earlier model is in use again. The figures follow.")


def _keeper() -> str:
    """The reader's role. Raises NotAllowed for all but the communications department."""
    who = viewer.current()
    if not who.may_keep_register:
        raise NotAllowed(f"{who.role}: reading model")
    return who.role
