"""Links to the next page hold the access token (formats.md 7.1): it reaches no file and no line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from tests.support.graph_threads import Message, graph_json, write
from tests.support.lake_contents import everything, rows

TOKEN = "EAAsentinel0token"
PAGING = dict.fromkeys(
    ("next", "previous"), f"https://graph.facebook.com/v25.0/1?access_token={TOKEN}"
)


def paged(value: Any) -> Any:
    """The same with links to further pages beside every list called `data`."""
    if isinstance(value, dict):
        more = {"paging": PAGING} if isinstance(value.get("data"), list) else {}
        return {key: paged(inner) for key, inner in value.items()} | more
    return [paged(inner) for inner in value] if isinstance(value, list) else value


def test_no_token_of_any_shape_is_stored_or_printed(
    data_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = paged(graph_json([[Message(0, 0), Message(None, 5, 0)], [Message(1, 1)]]))
    post = whole["data"][0]
    comments = post["comments"]["data"]
    shapes: dict[str, Any] = {
        "a": whole,
        "b": post,
        "c": {"data": comments, "paging": PAGING},
        "d": {post["id"]: post},
        "d2": {post["id"]: {"data": comments, "paging": PAGING}},
        "f": [whole, {"data": [], "paging": PAGING}],
    }
    for name, shape in shapes.items():
        write(tmp_path, shape, f"{name}.json")
    lines = "\n".join(json.dumps(line) for line in (post, *comments))
    (tmp_path / "e.json").write_text(lines, encoding="utf-8")
    cut = json.dumps(whole)
    (tmp_path / "kuttet.json").write_text(cut[: cut.rindex(TOKEN) + 5], encoding="utf-8")
    (tmp_path / "ukjent.json").write_text(json.dumps({"x": PAGING}), encoding="utf-8")
    assert main(["load", "--json", str(tmp_path)]) == 1
    printed = capfd.readouterr()
    assert json.loads(printed.out)["totals"]["loaded"] == len(shapes) + 1
    assert rows(data_dir, "SELECT count(*) FROM items") == [(2,)]
    assert "EAAsentinel" not in everything(data_dir) + printed.out + printed.err
