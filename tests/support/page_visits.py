"""A page of the dashboard as an address leads to it, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.support.paths import ROOT

# Every AppTest has Streamlit look through all installed packages for components; once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
DASHBOARD = ROOT / "dashboard.py"


def straight_to(
    page: str, parameters: Mapping[str, str], user: Mapping[str, Any] | None = None
) -> AppTest:
    """The page at this address, run; without one, where the front door leads.

    `AppTest.switch_page` wants the front page run before, which takes the longest of all.
    """
    app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
    if user is not None:
        app.user = dict(user)
    for key, value in parameters.items():
        app.query_params[key] = value
    if page:
        app._page_hash = calc_hash(page)  # what st.Page makes of its url_path
    return app.run()
