"""No reader meets a traceback: it goes to the log, the page says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from svarvakt.i18n import _
from ui import gate
from ui.data import NotAllowed
from ui.markup import mark

_LOG = logging.getLogger("svarvakt")


def guard(run: Callable[[], None]) -> None:
    """Runs the frame; whatever goes wrong is said in plain words."""
    try:
        run()
    except NotAllowed as error:
        _LOG.warning("Not allowed: %s", error)
        gate.no_such_page()
        mark("page-is-ready")
    except Exception as error:  # noqa: BLE001 -- the outermost frame: nothing may reach the reader raw
        _LOG.exception("The page stopped")
        explain(error)


def explain(error: Exception) -> None:
    """What happened, what is kept, what to do."""
    st.error(
        _(
            "Something went wrong while the page was made. Nothing is lost: the files and the "
            "figures are as they were. Reload the page; if it happens again, build the figures "
            "anew with «python -m etl build» and look in the window where Svarvakt runs."
        ),
        icon=":material/error:",
    )
    st.caption(_("Kind of error: {kind}").format(kind=type(error).__name__))
    mark("page-has-failed")
