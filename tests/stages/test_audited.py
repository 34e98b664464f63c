"""What an audit need not read again: pages that belong to no edition are read by themselves, all else by the whole of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.stages.test_audit import site
from tweeluik.checks.audit import auditor
from tweeluik.checks.audit.auditor import Audited, audit
from tweeluik.checks.audit.claims import Claims
from tweeluik.pipeline.checking import audited_widths
from tweeluik.pipeline.stages import Stages
from tweeluik.problems import UnsafeTables

LOOSE, OF_AN_EDITION = "over/index.html", "edities/2025/index.html"
WRONG = b'<p>In 2025 waren er <data value="123456">123456</data> partners.</p></main>'


@pytest.fixture
def stages() -> Stages:
    """Those of a build of the site as it is."""
    made = Stages()
    audited_widths(site(), Claims(), made)
    return made


def with_more(path: str, more: bytes) -> Mapping[str, bytes]:
    files = dict(site())
    assert b"</main>" in files[path]
    return {**files, path: files[path].replace(b"</main>", more, 1), "manifest.txt": b"other sums"}


def test_a_sentence_on_a_page_of_no_edition_does_not_ask_for_all_of_the_audit(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = audit(site(), Claims()).summary.widths
    monkeypatch.setattr(auditor, "audit", lambda *_: pytest.fail("audited once more"))
    assert audited_widths(with_more(LOOSE, b"<p>Een zin.</p></main>"), Claims(), stages) == whole


def test_a_sentence_on_the_page_of_an_edition_does(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    def noted(files: Mapping[str, bytes], claims: Claims) -> Audited:
        asked.append(1)
        return audit(files, claims)

    monkeypatch.setattr(auditor, "audit", noted)
    for _ in range(2):  # and what passed is not asked again
        audited_widths(with_more(OF_AN_EDITION, b"<p>Een zin.</p></main>"), Claims(), stages)
    assert asked == [1]


@pytest.mark.parametrize("path", [LOOSE, OF_AN_EDITION])
def test_a_wrong_figure_is_told_as_the_whole_audit_tells_it_and_again(stages: Stages, path: str) -> None:
    files = with_more(path, WRONG)
    problems = audit(files, Claims()).problems
    assert {each.place.file for each in problems} == {path}
    for _ in range(2):
        with pytest.raises(UnsafeTables) as refused:
            audited_widths(files, Claims(), stages)
        assert refused.value.problems == problems


def test_a_figure_that_a_record_does_not_have_any_more_is_wrong_on_a_page_that_did_not_change(stages: Stages) -> None:
    """What a page may say follows from the records: with others it is read again."""
    files = dict(site())
    assert b'<data value="' in b"".join(data for path, data in files.items() if path == "index.html")
    fewer = {path: data for path, data in files.items() if not path.startswith("edities/")}
    with pytest.raises(UnsafeTables):
        audited_widths(fewer, Claims(), stages)
