"""docs/scaling.md: every result follows from the measured and the assumed."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Mapping

import pytest

from tests.support.paths import ROOT

GUIDE = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
VALUES = {
    name: float(value)
    for name, value in re.findall(r"^\| `(\w+)` \| ([\d._]+) \|", GUIDE, re.MULTILINE)
}
FORMULAS = re.findall(r"^\| ([^|]+) \| `([^`]+)` \| ([\d.]+) \|$", GUIDE, re.MULTILINE)
# A result with a name is a value for those below it.
VALUES |= {
    name[1]: float(result)
    for what, _formula, result in FORMULAS
    if (name := re.search(r"`(\w+)`", what))
}
SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
SIGNS[ast.Div] = operator.truediv


def worked_out(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        sign = SIGNS[type(node.op)]
        return float(sign(worked_out(node.left, values), worked_out(node.right, values)))
    if isinstance(node, ast.Name):
        return values[node.id]
    assert isinstance(node, ast.Constant)
    return float(str(node.value))


@pytest.mark.parametrize(("what", "formula", "result"), FORMULAS, ids=range(len(FORMULAS)))
def test_the_result_follows(what: str, formula: str, result: str) -> None:
    found = worked_out(ast.parse(formula, mode="eval").body, VALUES)
    assert float(result) == pytest.approx(found, rel=0.01), (what, found)


def test_every_value_is_used_and_every_formula_found() -> None:
    used = {
        name for _what, formula, _result in FORMULAS for name in re.findall(r"[a-z]\w+", formula)
    }
    assert used == set(VALUES)
    assert len(FORMULAS) == len(re.findall(r"^\| .*[*/] .*\|$", GUIDE, re.MULTILINE))
