"""Who may write what in the register, and that nobody's change is lost to another's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from svarvakt import access
from svarvakt.access import Viewer
from svarvakt.decisions import edits_between, open_store, register_lines
from ui import refresh, registering, viewer
from ui.data import NotAllowed

LEADER = Viewer("enhetsleder", ("kultur",), (), is_signed_in=True)
UNITS = """unit_id;name;kind;parent_id;valid_from
kultur;Kultur;fagavdeling;;2020-01-01
bibliotek;Biblioteket;enhet;kultur;2020-01-01
skole;Skolen;enhet;;2020-01-01
"""
ACCOUNTS = """account_id;platform;url;name;kind;unit_id;status
facebook:bib;facebook;https://www.facebook.com/bib;Biblioteket;unit;bibliotek;aktiv
facebook:skole;facebook;https://www.facebook.com/skole;Skolen;unit;skole;aktiv
facebook:fjordvik;facebook;https://www.facebook.com/fjordvik;Fjordvik;official;kultur;aktiv
"""
ADMINISTRATORS = """account_id;person_ref;role;valid_from
facebook:bib;anne@fjordvik.example;administrator;2026-01-01
facebook:skole;ola@fjordvik.example;administrator;2026-01-01
"""


@pytest.fixture(autouse=True)
def _register(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = data_dir / "register"
    folder.mkdir()
    for name, text in (
        ("units", UNITS),
        ("accounts", ACCOUNTS),
        ("administrators", ADMINISTRATORS),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(refresh, "soon", lambda: None)  # no build: nothing is imported here
    viewer.use(access.LOCAL)
    yield
    viewer.use(access.LOCAL)


def account(account_id: str) -> dict[str, str]:
    found = registering.lines("accounts")
    return next(line for line in found if line["account_id"] == account_id)


def change(before: dict[str, str], **changed: str) -> list[str]:
    name = "accounts" if "account_id" in before else "units"
    return [p.message for p in registering.save(name, [before], [{**before, **changed}])]


def test_a_saved_line_shows_at_once_and_is_logged(data_dir: Path) -> None:
    assert change(account("facebook:bib"), editor_role="biblioteksjef") == []
    assert account("facebook:bib")["editor_role"] == "biblioteksjef"
    (logged,) = open_store(data_dir).audit()
    assert (logged.role, logged.event, logged.object) == (
        "kommunikasjon",
        "register",
        "facebook:bib",
    )


def test_a_wrong_cell_stores_nothing_and_says_why(data_dir: Path) -> None:
    (said,) = change(account("facebook:bib"), opened_on="i fjor")
    assert "en dato som" in said
    assert open_store(data_dir).register_edits() == []


def test_the_same_slip_in_another_line_is_still_a_slip(data_dir: Path) -> None:
    folder = data_dir / "register"
    text = ACCOUNTS.replace("status", "status;opened_on").replace(
        "skole;aktiv", "skole;aktiv;i fjor"
    )
    (folder / "accounts.csv").write_text(text, encoding="utf-8")
    assert change(account("facebook:skole"), editor_role="rektor") == []  # was wrong before
    (said,) = change(account("facebook:bib"), opened_on="i fjor")
    assert "«i fjor»" in said


def test_two_new_lines_for_the_same_account_are_found() -> None:
    line = {
        "account_id": "x:ny",
        "platform": "x",
        "url": "https://x.com/ny",
        "kind": "unit",
        "name": "Ny",
    }
    edits = edits_between("accounts", [], [line, {**line, "account_id": "x:@ny"}])
    assert any("er også brukt" in p.message for p in registering.save_all(edits))


def test_what_somebody_else_changed_meanwhile_is_shown_and_kept() -> None:
    read_early = account("facebook:bib")
    assert change(read_early, name="Fjordvik bibliotek") == []
    (said,) = change(read_early, name="Biblioteket vårt")
    assert "nå står det «Fjordvik bibliotek», og du har «Biblioteket vårt»" in said
    assert account("facebook:bib")["name"] == "Fjordvik bibliotek"
    assert change(account("facebook:bib"), name="Biblioteket vårt") == []


def test_a_line_that_somebody_else_removed_or_made_is_said() -> None:
    line = account("facebook:fjordvik")
    assert registering.save("accounts", [line], []) == []
    (gone,) = change(line, name="Nytt")
    assert "fjernet linjen" in gone
    assert registering.save("accounts", [], [line]) == []
    (there,) = registering.save("accounts", [], [{**line, "name": "Nytt"}])
    assert "alt lagt inn" in there.message


def test_an_account_with_administrators_is_not_removed_behind_their_backs() -> None:
    (said,) = registering.save("accounts", [account("facebook:bib")], [])
    assert "Kontoen finnes ikke" in said.message
    assert account("facebook:bib")


def test_no_person_stands_in_what_is_said_of_a_conflict() -> None:
    (line,) = (x for x in registering.lines("administrators") if x["account_id"] == "facebook:bib")
    ended = {**line, "valid_to": "2026-06-30"}
    assert registering.save("administrators", [line], [ended]) == []
    (said,) = registering.save("administrators", [line], [{**line, "valid_to": "2026-05-31"}])
    assert "anne" not in f"{said}"
    assert "2026" not in said.message


@pytest.mark.parametrize("role", ["administrator", "ledelse"])
def test_other_roles_neither_read_nor_write(role: access.Role) -> None:
    line = account("facebook:bib")
    viewer.use(Viewer(role, ("kultur",), ("facebook:bib",), is_signed_in=True))
    assert registering.lines("accounts") == []
    with pytest.raises(NotAllowed):
        registering.known()
    with pytest.raises(NotAllowed):
        change(line, name="x")


def test_a_unit_leader_sees_and_keeps_the_accounts_of_own_units_and_those_below() -> None:
    skole = account("facebook:skole")
    viewer.use(LEADER)
    assert {x["unit_id"] for x in registering.lines("units")} == {"kultur", "bibliotek"}
    assert {x["account_id"] for x in registering.lines("accounts")} == {
        "facebook:bib",
        "facebook:fjordvik",
    }
    assert [x["account_id"] for x in registering.lines("administrators")] == ["facebook:bib"]
    assert registering.lines("access") == []
    with pytest.raises(NotAllowed):
        registering.known()
    assert change(account("facebook:bib"), editor_role="biblioteksjef") == []
    with pytest.raises(NotAllowed):
        change(skole, editor_role="rektor")


@pytest.mark.parametrize(
    "changed",
    [{"unit_id": "skole"}, {"unit_id": ""}, {"kind": "official"}],
)
def test_a_unit_leader_cannot_hand_over_an_account_or_make_it_official(
    changed: dict[str, str],
) -> None:
    viewer.use(LEADER)
    with pytest.raises(NotAllowed):
        change(account("facebook:bib"), **changed)


def test_a_unit_leader_cannot_take_or_remove_an_account() -> None:
    skole = account("facebook:skole")
    viewer.use(LEADER)
    with pytest.raises(NotAllowed):
        change(skole, unit_id="kultur")
    with pytest.raises(NotAllowed):
        registering.save("accounts", [account("facebook:bib")], [])


def test_a_unit_leader_tells_of_a_new_account_of_an_own_unit() -> None:
    new = {
        "account_id": "instagram:bib",
        "platform": "instagram",
        "url": "https://www.instagram.com/bib/",
        "kind": "unit",
        "unit_id": "bibliotek",
        "status": "meldt",
    }
    viewer.use(LEADER)
    for wrong in ({"status": "aktiv"}, {"unit_id": "skole"}, {"kind": "official"}):
        with pytest.raises(NotAllowed):
            registering.save("accounts", [], [{**new, **wrong}])
    # A line that says the names of another unit's account does not get them.
    taken = {**new, "account_id": "facebook:ny", "platform": "facebook", "handle": "skole"}
    said = [each.message for each in registering.save("accounts", [], [taken])]
    assert any("er også brukt" in message for message in said)
    assert registering.save("accounts", [], [new]) == []
    assert account("instagram:bib")["status"] == "meldt"


def test_a_unit_leader_appoints_administrators_of_own_accounts_only() -> None:
    viewer.use(LEADER)
    new = {
        "account_id": "facebook:bib",
        "person_ref": "per@fjordvik.example",
        "role": "reserve",
        "valid_from": "2026-02-01",
    }
    assert registering.save("administrators", [], [new]) == []
    with pytest.raises(NotAllowed):
        registering.save("administrators", [], [{**new, "account_id": "facebook:skole"}])


def test_a_unit_leader_sets_the_channel_choice_of_own_units_and_nothing_else(
    data_dir: Path,
) -> None:
    units = {line["unit_id"]: line for line in register_lines(data_dir, "units")}
    viewer.use(LEADER)
    assert change(units["bibliotek"], channel_choice="ingen") == []
    with pytest.raises(NotAllowed):
        change(units["skole"], channel_choice="ingen")
    with pytest.raises(NotAllowed):
        change(units["kultur"], channel_choice="ingen", name="Nytt navn")
    with pytest.raises(NotAllowed):
        registering.save("units", [], [{**units["bibliotek"], "valid_from": "2027-01-01"}])


def test_a_unit_leader_never_writes_access_or_settings() -> None:
    viewer.use(LEADER)
    line = {"subject": "leder@fjordvik.example", "role": "kommunikasjon"}
    for name, cells in (("access", line), ("municipality", {"key": "name", "value": "x"})):
        with pytest.raises(NotAllowed):
            registering.save(name, [], [cells])
