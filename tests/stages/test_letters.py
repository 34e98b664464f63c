"""Names in other scripts stand on paper, in both panels; letters that no font has are told by their place, and crash nothing."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.factories import a_partner, a_source
from tests.stages.a_bundle import DAY, PARTNERS, TALKS, TEMPLATES, an_inspected_edition
from tests.stages.a_publication import a_publication, rounded_2026, suppressed_2025
from tests.templates import PUBLIC, THEME
from tweeluik.confidential.bundle.documents import Issue, render_documents
from tweeluik.confidential.bundle.dossier import compose_dossier
from tweeluik.confidential.bundle.letters import refuse_without_letters
from tweeluik.paper.letters import EMPTY, ORDINARY, can_print, key, pictures, shown
from tweeluik.paper.typesetting import has_letters_alone
from tweeluik.problems import SealingFailed
from tweeluik.public.annex import render_annex
from tweeluik.public.annex_content import annex_content
from tweeluik.public.templates import Templates
from tweeluik.selection.rules import select
from tweeluik.selection.tables import tabulate

NAMES = {
    "Chinese": "华人协会 Zandwijk",
    "traditional Chinese": "華人協會",
    "Japanese": "日本人の会",
    "Tifinagh": "ⵜⴰⵎⵙⵎⵓⵏⵜ Zandwijk",
    "Ethiopic": "ማኅበር Zandwijk",
    "Tamil": "சங்கம் Zandwijk",
    "Thai": "สมาคม",
    "Arabic": "جمعية النور",
    "Hebrew": "עמותה",
    "Cyrillic": "Общество",
    "Greek": "Ένωση",
    "Devanagari": "संस्था",
    "Bengali": "সমিতি",
    "Gurmukhi": "ਸਭਾ",
    "Armenian": "Միություն",
    "Georgian": "კავშირი",
    "Turkish": "I\u015f\u0131k Derne\u011fi",
    "Vietnamese": "Hội Người Việt",
}
NOBODYS = "한국 Zandwijk"
"""A script without a font here."""


@pytest.mark.parametrize("script", NAMES)
def test_a_paper_shows_a_name_in_its_own_letters(script: str) -> None:
    assert can_print(NAMES[script])


def test_every_ordinary_letter_is_in_the_fonts_that_every_paper_has() -> None:
    letters = [chr(number) for number in range(0x20, 0x3000) if ORDINARY.fullmatch(chr(number))]
    assert has_letters_alone(" ".join(letters))


def test_the_overview_of_the_bundle_holds_all_of_them(tmp_path: Path) -> None:
    partners = tuple(a_partner(f"p-{number}", name=name) for number, name in enumerate(NAMES.values()))
    source = replace(a_source((*PARTNERS, *partners), TALKS), editions=(an_inspected_edition(),))
    selection = select(source, source.editions[0])
    refuse_without_letters(selection)
    dossier = compose_dossier(source, selection, tabulate(source, selection))
    made = render_documents(dossier, mark="Exemplaar 1 van 1", issue=Issue(DAY), templates=TEMPLATES)
    program = need_program("pdftotext")
    text = subprocess.run(
        [program, "-", "-"], input=made["01-overzicht.pdf"], capture_output=True, check=True
    ).stdout.decode()
    for script in ("Chinese", "Tifinagh", "Ethiopic", "Cyrillic", "Armenian"):
        assert NAMES[script].split()[0] in text


def test_a_name_that_no_font_has_is_told_by_its_place_and_never_named() -> None:
    partners = (a_partner("p-1", name=NOBODYS), a_partner("p-2", name="Vereniging", aliases=("ភាសា",)))
    source = replace(a_source(partners, TALKS), editions=(an_inspected_edition(),))
    with pytest.raises(SealingFailed) as refused:
        refuse_without_letters(select(source, source.editions[0]))
    said = [str(each) for each in refused.value.problems]
    assert {each.path for each in refused.value.problems} == {"name", "aliases"}
    assert all("no font has all letters of this name" in each and NOBODYS not in each for each in said)


# --- the public annex, which may open no font -------------------------------------------------------------------------


def test_only_what_the_fonts_at_hand_cannot_show_is_drawn() -> None:
    drawn = pictures([*NAMES.values(), NOBODYS, "Stichting Gewoon"])
    assert {"Chinese", "Tifinagh", "Ethiopic", "Tamil", "Thai"} <= {
        script for script in NAMES if key(NAMES[script]) in drawn
    }
    assert not {key(NAMES["Turkish"]), key("Stichting Gewoon"), key(NOBODYS)} & set(drawn)
    assert drawn == pictures([NOBODYS, *NAMES.values()])
    assert shown(NOBODYS) == f"{EMPTY}{EMPTY} Zandwijk"


def test_the_annex_shows_every_name_with_its_text_for_who_listens() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    names = (*NAMES.values(), NOBODYS)
    templates = Templates(PUBLIC.folder, {**PUBLIC.texts, **pictures(names)})
    release = replace(rounded_2026(), named=names)
    made = render_annex(annex_content(a_publication(), release, suppressed_2025()), templates, THEME)
    with pikepdf.open(io.BytesIO(made)) as document:
        read = [str(each.Alt) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert {NAMES[script] for script in ("Chinese", "Tifinagh", "Ethiopic", "Tamil", "Thai")} <= set(read)
