"""A small OpenID provider for the tests: discovery, a page to pick a person on, PKCE, RS256.

`python -m tests.support.oidc_provider PORT PEOPLE.json` serves `{name: claims}` until stopped. A
claim `iat_ago` moves the token's time of issue that many seconds back; `signed_with` forges the
token: «none», «another key», or «client secret».
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "svarvakt-test"
SECRET = "only-a-test"
KEY = RSAKey.generate_key(2048, parameters={"kid": "one"}, private=True)
OTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "one"}, private=True)


class Provider:
    """Everything that one provider remembers."""

    def __init__(self, address: str, people: dict[str, dict[str, Any]]) -> None:
        self.address = address
        self.people = people
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/authorize", self.authorize),
                Route("/picked", self.picked),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        """One link per person."""
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return Response("wrong client or no PKCE", status_code=400)
        links = [
            f'<li><a href="/picked?{html.escape(urlencode(asked | {"who": who}))}">{who}</a></li>'
            for who in self.people
        ]
        return HTMLResponse(f"<h1>Velg</h1><ul>{''.join(links)}</ul>")

    async def picked(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = (asked["who"], asked)
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

    async def token(self, request: Request) -> Response:
        """The ID token, once per code, for whoever knows the verifier."""
        form = await request.form()
        who, asked = self.codes.pop(str(form["code"]))
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        claims = dict(self.people[who])
        issued = int(time.time()) - int(claims.pop("iat_ago", 0))
        forged = str(claims.pop("signed_with", ""))
        standard = {"iss": self.address, "aud": CLIENT, "sub": who, "nonce": asked["nonce"]}
        times = {"iat": issued, "exp": int(time.time()) + 3600}
        signed = _signed(standard | times | claims, forged)
        answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 3600}
        return JSONResponse(answer | {"id_token": signed})

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})


def _signed(claims: dict[str, Any], forged: str) -> str:
    """The token as it should be, or as somebody would make it who has not the key."""
    if forged == "none":
        head, body = json.dumps({"alg": "none"}).encode(), json.dumps(claims).encode()
        return ".".join(
            base64.urlsafe_b64encode(p).rstrip(b"=").decode() for p in (head, body, b"")
        )
    if forged == "client secret":
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET.ljust(32, "\0")))
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER_KEY if forged else KEY)


def main(port: int, people: Path) -> None:
    provider = Provider(f"http://localhost:{port}", json.loads(people.read_text(encoding="utf-8")))
    uvicorn.run(provider.app(), host="localhost", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
