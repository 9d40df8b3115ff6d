"""«Sterkere lesing»: a second reader, off by default, its cost told before it starts."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import streamlit as st

import settings
from etl import stronger
from etl.analysis.second_readers import PACKAGE, Unavailable
from i18n import _, ngettext, number
from ui import decided, elsewhere, refresh, viewer
from ui.data import NotAllowed
from ui.markup import note, paragraph
from ui.settings_parts import complain

_COST = "stronger-cost-told"


def show() -> None:
    """What it is, the switch, and what is left to read."""
    paragraph(
        _(
            "A larger language model can read what the usual reading is unsure of once more. It "
            "runs on this machine, without the internet, and takes time. Nothing of it is left "
            "when you switch it off."
        )
    )
    if elsewhere.is_copy():
        return
    if stronger.source(settings.active_data_dir()) is None:
        _on()
    else:
        _used()


def _on() -> None:
    folder = st.text_input(
        _("A folder with a model of your own (leave empty for the small one)"),
        key="stronger-folder",
    )
    pressed = st.button(_("Switch on stronger reading"), key="stronger-on")
    place = st.empty()
    if not pressed:
        return
    _permit()
    try:
        stronger.switch_on(settings.active_data_dir(), folder.strip() or PACKAGE)
    except Unavailable as error:
        complain(place, str(error))
        return
    decided.store().log(viewer.current().role, "stronger_reading", "on")
    st.rerun()


def _used() -> None:
    paragraph(_("Stronger reading is on."))
    data = settings.active_data_dir()
    if st.button(_("Tell me what it costs"), key="stronger-cost"):
        st.session_state[_COST] = stronger.cost(data)
    if cost := st.session_state.get(_COST):
        _told(cost)
    if st.button(_("Switch off stronger reading"), key="stronger-off"):
        _permit()
        stronger.switch_off(data)
        st.session_state.pop(_COST, None)
        decided.store().log(viewer.current().role, "stronger_reading", "off")
        refresh.soon()
        st.rerun()


def _told(cost: stronger.Cost) -> None:
    text = ngettext(
        "{n} comment is left to read; it takes about {seconds} seconds.",
        "{n} comments are left to read; it takes about {seconds} seconds.",
        cost.texts,
    )
    paragraph(text.format(n=number(cost.texts), seconds=number(max(round(cost.seconds), 1))))
    if cost.texts and st.button(_("Start reading"), key="stronger-run"):
        _permit()
        _start()
        note(_("It reads in the background. The figures follow when it is done."), "good")


def _permit() -> None:
    """Raises NotAllowed for all but the communications department."""
    who = viewer.current()
    if not who.may_keep_register or elsewhere.is_copy():
        raise NotAllowed(f"{who.role}: stronger reading")


def _start() -> None:
    data = settings.active_data_dir()
    threading.Thread(target=_read, args=(data,), daemon=True).start()


def _read(data: Path) -> None:
    """Reads what is left, then builds, each in a process of its own."""
    for module in (["etl.stronger", "run"], ["etl", "build"]):
        subprocess.run(
            [sys.executable, "-m", *module],
            cwd=settings.PROJECT,
            env=settings.environment(data),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
