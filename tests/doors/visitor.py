"""Somebody at the server without a browser: signs in, asks for addresses, speaks to its websocket.

The websocket client says what Streamlit's page says, and also what that page never would: pages of
other roles, widgets that are not shown, fragments, messages of a developer.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx

from bench.client import Line, Reader, trigger

__all__ = ["Line", "Visitor", "trigger"]


class Visitor(Reader):
    """One reader who may sign in and hand in files."""

    def sign_in(self, who: str) -> httpx.Response:
        """As the button does: out to the provider, a person is picked, and back."""
        with Line(self) as line:
            line.run()
            line.run(widgets=[trigger(line.widget("sign-in"))])
            way = next(m.auth_redirect.url for m in line.heard if m.HasField("auth_redirect"))
        chooser = self.web.get(way).next_request
        assert chooser is not None
        asked = parse_qs(urlsplit(str(chooser.url)).query)
        flat = {name: values[0] for name, values in asked.items()}
        provider = f"{chooser.url.scheme}://{chooser.url.netloc.decode()}"
        back = httpx.get(f"{provider}/picked", params=flat | {"who": who}, trust_env=False)
        return self.web.get(back.headers["location"])

    def upload(self, session: str, content: bytes, name: str = "fil.csv", **headers: str) -> int:
        """Hands in a file as the place to drop files does; the answer's status."""
        sent = {"X-Xsrftoken": self.token} | headers
        answer = self.web.put(
            f"/_stcore/upload_file/{session}/en-fil", files={"file": (name, content)}, headers=sent
        )
        return answer.status_code
