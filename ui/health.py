"""`/healthz`: whether figures can be read, for a watchdog or a container. Tells no secret."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from svarvakt import settings
from ui import data

ADDRESS = "/healthz"
OK, NONE, UNREADABLE = "ok", "no figures yet", "figures cannot be read"


def state() -> dict[str, Any]:
    """`status`, and of readable figures their version, age in seconds and whether they are real."""
    try:
        warehouse = data.current()
        if warehouse is None:
            return {"status": NONE}
        with duckdb.connect(str(warehouse.path), read_only=True) as con:
            row = con.execute("SELECT value FROM build_info WHERE key = 'built_at'").fetchone()
        built_at = datetime.fromisoformat(str(row[0] if row else ""))
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error):
        return {"status": UNREADABLE}
    return {
        "status": OK,
        "version": warehouse.version,
        "built_at": built_at.isoformat(timespec="seconds"),
        "age_seconds": max(0, round((datetime.now(UTC) - built_at).total_seconds())),
        "is_demonstration": settings.active_data_dir() == settings.demo_dir(),
    }


async def _serve(_request: Request) -> Response:
    """200 with the state of the figures, 503 where there are none to read."""
    found = await run_in_threadpool(state)
    status = 200 if found["status"] == OK else 503
    return JSONResponse(found, status_code=status, headers={"Cache-Control": "no-store"})


ROUTE = Route(ADDRESS, _serve, methods=["GET"])
