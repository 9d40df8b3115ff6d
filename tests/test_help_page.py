"""Help: the municipality's own guidelines, never as markup; limits, contacts, definitions."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from svarvakt import i18n
from tests.support.page_visits import straight_to
from tests.test_pages import municipality, words
from ui import guidelines


def visit(language: str = "nb") -> AppTest:
    i18n.use(language)
    return straight_to("hjelp", {"sprak": language})


def raw(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("nb", "Hva sier retningslinjene, og hvordan måles det?", "Faktafeil rettes alltid."),
        ("nn", "Kva seier retningslinjene, og korleis blir det målt?", "Faktafeil blir alltid"),
        ("en", "What do the guidelines say, and how is it measured?", "Factual errors are always"),
    ],
)
def test_without_a_file_a_neutral_summary_stands_and_where_to_put_ones_own(
    data_dir: Path, language: str, title: str, summary: str
) -> None:
    municipality(data_dir)
    app = visit(language)
    assert [each.value for each in app.title] == [title]
    assert summary in words(app)
    assert "data/register/guidelines.md" in words(app)
    assert len(app.subheader) >= 11
    assert not app.error


def test_the_municipalitys_own_words_stand_as_text_and_never_as_markup(data_dir: Path) -> None:
    municipality(data_dir)
    (data_dir / "register").mkdir()
    own = "Vi **svarer** <script>alert(1)</script>\n\n- en\n"
    text = f"# Tittel\nInnledning.\n\n## G6b Vi svarer\n{own}"
    (data_dir / "register" / "guidelines.md").write_text(text, encoding="utf-8")
    app = visit()
    assert "Vi **svarer** &lt;script&gt;" in raw(app)
    assert "<script>" not in raw(app)
    assert "<li>en</li>" in raw(app)
    assert "Innledning." in words(app)
    assert "Faktafeil rettes alltid." in words(app)  # the rules they did not write


def test_a_file_in_nynorsk_is_shown_in_nynorsk_only(data_dir: Path) -> None:
    municipality(data_dir)
    (data_dir / "register").mkdir()
    for name, text in (("guidelines.md", "bokmålstekst"), ("guidelines.nn.md", "nynorsktekst")):
        (data_dir / "register" / name).write_text(f"## G1\n{text}\n", encoding="utf-8")
    assert "nynorsktekst" in words(visit("nn"))
    assert "bokmålstekst" in words(visit("nb"))


def test_bytes_that_are_no_text_do_not_stop_the_page(data_dir: Path) -> None:
    municipality(data_dir)
    (data_dir / "register").mkdir()
    (data_dir / "register" / "guidelines.md").write_bytes(b"## G1\n\xff\xfe\x00 rar")
    assert not visit().error


def test_purpose_limits_and_contacts_come_from_the_settings(data_dir: Path) -> None:
    held = {"employees_discussed_on": "2026-10-01", "contact": "post@x.example"}
    municipality(data_dir, settings=held | {"long_wait_reference": "forvaltningsloven"})
    said = words(visit())
    assert "Drøftet med de tillitsvalgte 1. oktober 2026." in said
    assert "post@x.example" in said
    assert "forvaltningsloven" in said
    assert "Svarvakt er ikke et arkiv." in said
    assert "ingen tall, lister eller figurer er per person" in said.lower()


def test_definitions_are_searched(data_dir: Path) -> None:
    municipality(data_dir)
    app = visit()
    app.text_input(key="help-search").set_value("finnesikke").run()
    assert "Ingen definisjon har det ordet." in words(app)


def test_the_template_has_every_rule(root: Path) -> None:
    text = (root / "docs" / "guidelines" / "guidelines.md").read_text(encoding="utf-8")
    read = guidelines.read(text)
    assert list(read.sections) == [
        "G1", "G2", "G3", "G4", "G5", "G6a", "G6b", "G6c", "G7", "G8", "G9",
    ]  # fmt: skip
    assert all(section.title and section.text for section in read.sections.values())


def test_a_list_under_a_sentence_is_a_list() -> None:
    assert guidelines.as_html("Vi:\n- a\n- b\n  c") == "<p>Vi:</p><ul><li>a</li><li>b c</li></ul>"
