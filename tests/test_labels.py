"""No list of choices has two equal labels: Streamlit would take the last of them in silence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarvakt import metrics
from svarvakt.charts import Chart
from svarvakt.metrics import Scope, reference_data
from tests.support.paths import ROOT
from tests.support.warehouse_factory import make_warehouse
from ui import answer_charts, labels

LISTS = {"selectbox", "multiselect", "pills", "radio", "segmented_control"}
# Lists of fixed words of our own, of months, of the columns or words of one file: nobody outside
# the project names what is in them.
FIXED = {
    "choices.py": {"{key}-rule"},
    "deciding.py": {"key"},
    "export_guide.py": {"GUIDE"},
    "filters.py": {"LANGUAGE", "key"},  # `_pick` is given labels of units and accounts
    "import_questions.py": {
        "import-order-{file.sha256}", "_key('platform', file, only)", "import-zone-{file.sha256}",
        "import-partner-{file.sha256}-{partner.account}",
    },
    "import_mapping.py": {
        "wizard-holds-{key}", "wizard-own-{key}-{chosen['direction']}", "wizard-network-{key}",
        "wizard-times-{key}", "wizard-zone-{key}",
    },
    "kontoregister.py": {"register-part"},
    "action_items.py": {"{key}-rule"},
    "my_unit_channels.py": {"channels-picked-{chosen}"},
    "my_unit_report.py": {"new-platform", "report-what"},
    "negative_list.py": {"negative-flags", "negative-kind"},
    "register_accounts.py": {"register-lacks", "register-platform"},
    "register_bulk.py": {"bulk-{key}-{register_draft.generation()}"},
    "register_fields.py": {"key"},
    "report_parts.py": {"compare-one", "compare-other", "report-month"},
    "settings_access.py": {"access-role"},
    "settings_hours.py": {"special-kind"},
    "settings_targets.py": {"target-metric", "target-unit-{metric}"},
    "settings_words.py": {"word-weight"},
    "work_list.py": {"work-kind"},
}  # fmt: skip
UNITS = [
    {"unit_id": "100", "name": "Oppvekst"},
    {"unit_id": "200", "name": "Helse"},
    {"unit_id": "134", "name": "Administrasjon", "parent_id": "100", "sector": "Oppvekst"},
    {"unit_id": "135", "name": "Administrasjon", "parent_id": "200", "sector": "Helse"},
]
ACCOUNTS = [
    {"account_id": "facebook:bib1", "handle": "bib1", "unit_id": "134"},
    {"account_id": "facebook:bib2", "handle": "bib2", "unit_id": "135"},
]
YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))


@given(
    names=st.dictionaries(st.text("ab12", min_size=1, max_size=2), st.sampled_from("AB")),
    hint=st.sampled_from(({}, {"a": "X", "b": "Y"}, {"a": "X", "b": "X"})),
)
def test_no_two_labels_are_equal(names: dict[str, str], hint: dict[str, str]) -> None:
    found = labels.unique(names, hint)
    assert list(found) == list(names)
    assert len(set(found.values())) == len(names)
    assert all(found[key].startswith(name) for key, name in names.items())


def test_a_hint_is_said_only_where_it_is_needed() -> None:
    names = {"1": "Skole", "2": "Skole", "3": "Kino"}
    assert labels.unique(names, {"1": "Nord", "2": "Sør", "3": "Øst"}) == {
        "1": "Skole (Nord)", "2": "Skole (Sør)", "3": "Kino",
    }  # fmt: skip
    assert labels.unique(names, {"1": "Nord", "2": "Nord"})["1"] == "Skole (1)"
    assert labels.of(names)("unknown") == "unknown"


def test_two_units_and_two_accounts_of_one_name_can_each_be_chosen() -> None:
    con = make_warehouse(accounts=ACCOUNTS, units=UNITS)
    units = labels.units(reference_data.unit_choices(con, YEAR))
    assert units["134"] == "Administrasjon (Oppvekst)" and units["135"] == "Administrasjon (Helse)"
    assert sorted(each.name for each in metrics.units(con, YEAR))[:2] == [
        "Administrasjon (Helse)",
        "Administrasjon (Oppvekst)",
    ]
    accounts = labels.accounts(reference_data.account_choices(con, YEAR))
    assert accounts["facebook:bib1"] == "Fjordvik kommune (Facebook) (bib1)"


def test_a_chart_draws_two_units_of_one_name() -> None:
    items = [{"account_id": f"facebook:bib{1 + n % 2}", "working_seconds": 60} for n in range(12)]
    con = make_warehouse(items, accounts=ACCOUNTS, units=UNITS)
    chart: Chart = answer_charts.units_side_by_side(metrics.response_by_unit(con, YEAR))
    assert chart.labels == ("Administrasjon (Helse)", "Administrasjon (Oppvekst)")


def _lists() -> Iterator[tuple[str, int, str, bool]]:
    """File, line, key and whether the labels are made unique, of every list of choices."""
    for path in [
        *(ROOT / "ui").rglob("*.py"),
        *(ROOT / "pages").rglob("*.py"),
        ROOT / "dashboard.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in LISTS:
                named = {each.arg: ast.unparse(each.value) for each in node.keywords}
                words = named.get("format_func", "")
                is_unique = words.startswith(("labels.of(", "my_unit.account_labels("))
                yield path.name, node.lineno, named.get("key", "").strip("f'\""), is_unique


def test_every_list_of_choices_makes_its_labels_unique() -> None:
    found = list(_lists())
    assert len(found) > 40
    bare: dict[str, set[str]] = {}
    for name, _line, key, is_unique in found:
        if not is_unique:
            bare.setdefault(name, set()).add(key)
    assert bare == FIXED


@pytest.mark.parametrize("words", [{"a": "x", "b": "x"}])
def test_the_key_tells_apart_what_nothing_else_does(words: dict[str, str]) -> None:
    assert labels.unique(words) == {"a": "x (a)", "b": "x (b)"}
