"""Where the files come from, platform by platform, and what none of them gives (R42)."""

from __future__ import annotations

import streamlit as st

from svarvakt.i18n import _
from ui import export_guide

export_guide.head()
st.header(_("What do you want to show?"), anchor="vise")
with st.container(key="guide-questions"):
    export_guide.questions()
st.header(_("Step by step"), anchor="steg")
export_guide.show(export_guide.choose())
st.header(_("What can each source show?"), anchor="kilder")
export_guide.matrix()
st.header(_("What does no platform give?"), anchor="aldri")
export_guide.never()
export_guide.foot()
