"""A legal form is taken off a name in front, behind and in brackets; what merely looks like one stays."""

from __future__ import annotations

import pytest

from tests.factories import a_partner, a_source
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.door.withheld import withheld
from tweeluik.source.organisations import known
from tweeluik.words.known import Known
from tweeluik.words.legal_forms import FORMS, is_form, part
from tweeluik.words.matching import Verdict, compare

WRITTEN = (
    "Stichting Klaverzoom", "STICHTING KLAVERZOOM", "Stg. Klaverzoom", "St. Klaverzoom", "Vereniging Klaverzoom", "Ver. Klaverzoom",
    "Coöperatie Klaverzoom", "Cooperatie Klaverzoom", "Coöperatieve Vereniging Klaverzoom U.A.", "Klaverzoom B.V.", "Klaverzoom bv",
    "Klaverzoom N.V.", "VOF Klaverzoom", "V.O.F. Klaverzoom", "Maatschap Klaverzoom", "Bond Klaverzoom", "Federatie Klaverzoom",
    "Kerkgenootschap Klaverzoom", "Klaverzoom UA", "Klaverzoom u.a.", "Klaverzoom i.o.", "Stichting Klaverzoom in oprichting",
    "Foundation Klaverzoom", "Klaverzoom Foundation", "Klaverzoom Association", "Klaverzoom e.V.", "Klaverzoom e. V.",
    "Klaverzoom gGmbH", "Klaverzoom GmbH & Co. KG", "Klaverzoom vzw", "Klaverzoom v.z.w.", "Klaverzoom asbl", "Klaverzoom A.S.B.L.",
    "Klaverzoom SA", "Klaverzoom Ltd.", "Klaverzoom (Stichting)", "Klaverzoom, Stichting", "Klaverzoom (federatie)",
    "De Stichting Klaverzoom", "Besloten Vennootschap Klaverzoom", "Vereniging zonder winstoogmerk Klaverzoom",
)  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_a_name_is_bared_of_its_legal_form(name: str) -> None:
    bare, forms = part(name)
    assert bare.casefold() == "klaverzoom"
    assert forms


def test_letters_that_stand_apart_are_a_name_and_no_form() -> None:
    assert part("K B V") == ("K B V", ())
    assert part("Klaver B. V.") == ("Klaver", ("B. V.",))


def test_an_article_before_a_form_goes_with_it_and_is_none() -> None:
    assert part("De Stichting Klaver") == ("Klaver", ("Stichting",))


@pytest.mark.parametrize("name", WRITTEN)
def test_guard_and_matcher_both_know_the_bare_name(name: str) -> None:
    """Two lists of forms had drifted apart: the guard let names pass that the exclusion list caught, and the reverse."""
    partner = a_partner("p-1", name=name, aliases=())
    page = b"<p>We spraken met Klaverzoom over werk.</p>"
    assert any(find_leaks({"over/index.html": page}, withheld(a_source((partner,)), ())))
    assert compare(known(partner), Known(("Klaverzoom",))).verdict is Verdict.SAME


@pytest.mark.parametrize(
    "name",
    [
        "Klaverzoom",
        "Ver van Huis",
        "De Bond",
        "Nieuwe Bond",
        "Stichting",
        "B.V.",
        "Samen Sas",
        "Zaal Ag",
        "Unie",
        "Stichtingen Samen",
        "",
    ],
)
def test_what_is_no_form_stays(name: str) -> None:
    assert part(name) == (name, ())


@pytest.mark.parametrize(
    ("text", "expected"), [("Stichting", True), ("e.V.", True), ("in oprichting", True), ("Samen", False), ("", False)]
)
def test_a_form_alone_is_told_from_a_name(text: str, expected: bool) -> None:
    assert is_form(text) is expected


def test_no_form_is_a_part_of_the_house_twice() -> None:
    assert len(FORMS) > 60
    assert all(form == form.lower() and form.isalnum() for form in FORMS)
