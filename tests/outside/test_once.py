"""What a worker makes once for all tests is what each of them would have made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk as desks
from tests import once as outer
from tests.everything import make_everything
from tests.outside import once
from tests.stages.a_publication import a_publication
from tests.templates import PUBLIC
from tweeluik.checks.guard.secret import Secret
from tweeluik.pipeline import checking, scrutiny
from tweeluik.pipeline.border import render_outside
from tweeluik.problems import Place
from tweeluik.public.templates import Templates


def test_the_second_time_it_is_what_it_was_and_what_it_is_afresh(tmp_path: Path) -> None:
    content = desks.SimpleDesk(tmp_path).content
    first, second = make_everything(content), make_everything(content)
    with outer.put((*outer.AFRESH, *once.AFRESH)):
        afresh = make_everything(content)
    assert first.files == second.files == afresh.files
    assert first.certificate == second.certificate == afresh.certificate


def test_what_was_compiled_for_one_site_is_not_used_for_another_template() -> None:
    before, _ = render_outside(a_publication(), PUBLIC, {})
    other = Templates(PUBLIC.folder, {**PUBLIC.texts, "home.html": "Anders."})
    after, _ = render_outside(a_publication(), other, {})
    assert after["index.html"] == b"Anders."
    assert before == render_outside(a_publication(), PUBLIC, {})[0]


def test_a_file_that_was_searched_for_one_text_is_searched_for_another() -> None:
    files = {"a.txt": b"Zandkasteelbouwers"}
    secrets = [
        Secret("distinctive", "name", Place("partners/a.yaml"), text)
        for text in ("Bergbeklimmers", "Zandkasteelbouwers")
    ]
    assert scrutiny.find_new_leaks is once.search_once  # type: ignore[attr-defined]
    for _ in range(2):
        assert once.search_once(files, (secrets[0],), (), None) == ()
        assert len(once.search_once(files, tuple(secrets), (), None)) == 1


@pytest.mark.usefixtures("afresh")
def test_who_wants_it_afresh_has_the_functions_themselves(tmp_path: Path) -> None:
    assert checking.find_new_leaks is scrutiny.find_new_leaks  # type: ignore[attr-defined]
