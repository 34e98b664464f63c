"""What is made of kept stages is what is made of nothing, byte for byte, whatever was changed last: only sooner.

The draft of a preview keeps them in memory, a build in a file.
"""

from __future__ import annotations

import hashlib
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from tests.desk import keep_simple_tables
from tests.everything import publish
from tests.golden.refresh import CONTENT, TEMPLATES
from tweeluik.checks.audit import auditor
from tweeluik.checks.guard import digests
from tweeluik.checks.guard.encoded import runs_in
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret
from tweeluik.checks.guard.sums import Sums
from tweeluik.pipeline import border, checking, rendering
from tweeluik.pipeline.border import Asked, render_groups_outside
from tweeluik.pipeline.content import read_content
from tweeluik.pipeline.drafting import AROUND, Drafting, new_lines
from tweeluik.pipeline.made import silent
from tweeluik.pipeline.making import make_of
from tweeluik.pipeline.stages import Stages
from tweeluik.pipeline.steps import make_preview, make_site
from tweeluik.problems import BuildFailed, Place, Problem
from tweeluik.public.groups import Groups
from tweeluik.public.templates import Templates
from tweeluik.record.model import Publication
from tweeluik.record.publication import serialise_publication

MARK = b"a program"


class Desk:
    """A copy of the small source and of the templates; 2025 is published, 2026 a concept."""

    def __init__(self, root: Path) -> None:
        self.content, self.templates = root / "content", root / "templates"
        shutil.copytree(CONTENT, self.content)
        keep_simple_tables(self.content)
        shutil.copytree(TEMPLATES, self.templates)
        publish(self.content, "2025")
        self.stages = Drafting(self.content, self.templates)
        self.packed = b""

    def build(self) -> Mapping[str, bytes]:
        """With every check, of the stages that the build before left in its file."""
        stages = Stages(b"key")
        stages.take(self.packed, MARK)
        making = make_of(read_content(self.content), self.templates, silent, stages)
        try:
            return making.everything().files
        finally:
            self.packed = stages.packed(MARK)

    def change(self, file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text, file
        file.write_text(text.replace(old, new, 1), "utf-8")

    def page(self, name: str = "over") -> Path:
        return self.content / "pages" / f"{name}.md"

    def public(self, name: str) -> Path:
        return self.templates / "public" / name


def new_page(desk: Desk, turn: int) -> None:
    desk.page(f"bladzijde-{turn}").write_text(
        f"---\ntitle: Bladzijde {turn}\norder: {90 + turn}\n---\nTekst.\n", "utf-8"
    )


def remove_a_page(desk: Desk, _turn: int) -> None:
    for page in sorted((desk.content / "pages").glob("bladzijde-*.md"))[:1]:
        page.unlink()


def swap(path: Callable[[Desk], Path], one: str, other: str) -> Callable[[Desk, int], None]:
    """There and back again."""

    def edit(desk: Desk, _turn: int) -> None:
        text = path(desk).read_text("utf-8")
        desk.change(path(desk), *((one, other) if other not in text else (other, one)))

    return edit


def more(path: Callable[[Desk], Path], text: str) -> Callable[[Desk, int], None]:
    def edit(desk: Desk, turn: int) -> None:
        with path(desk).open("a", encoding="utf-8") as file:
            file.write(text.format(turn=turn))

    return edit


EDITS: Mapping[str, Callable[[Desk, int], None]] = {
    "a sentence more": more(Desk.page, "\nZin {turn}.\n"),
    "another title of a page": swap(Desk.page, "title: ", "title: Nog eens "),
    "a page more": new_page,
    "a page less": remove_a_page,
    "a style": more(lambda desk: desk.public("style.css"), "\n.x{turn} {{ color: red; }}\n"),
    "a colour": more(lambda desk: desk.public("theme/theme.toml"), "\n# {turn}\n"),
    "a template": swap(lambda desk: desk.public("home.html"), "<h1>", '<h1 id="a">'),
    "the frame of all pages": swap(lambda desk: desk.public("base.html"), "<main", '<main data-a="b"'),
    "the annex": more(lambda desk: desk.public("annex.typ"), "\n// {turn}\n"),
    "a script": more(lambda desk: desk.public("tables.js"), "\n// {turn}\n"),
    "a name": swap(lambda desk: desk.content / "partners" / "partners.yaml", "name: Taalpunt", "name: Letterpunt"),
    "a region": swap(lambda desk: desk.content / "partners" / "partners.yaml", "region: NL31", "region: NL32"),
    "the title of a concept": swap(lambda desk: desk.content / "editions" / "2026.yaml", "title: ", "title: Nieuw "),
    "the title of the site": swap(lambda desk: desk.content / "report.yaml", "title: ", "title: Ons "),
    "a mistake": swap(lambda desk: desk.content / "editions" / "2026.yaml", "status:", "statuz:"),
    "a mistake in a template": swap(lambda desk: desk.public("method.html"), "<h1>", "{{ niets.hier }}<h1>"),
}


def outcome(make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes] | tuple[str, ...]:
    try:
        return dict(make())
    except BuildFailed as failure:
        return tuple(map(str, failure.problems))


def test_after_any_edits_the_draft_and_a_build_of_stages_are_the_whole_preview(tmp_path: Path) -> None:
    desk, dice = Desk(tmp_path), Random(7)
    order = [*EDITS, *dice.choices(list(EDITS), k=4)]
    dice.shuffle(order)
    for turn, edit in enumerate(order):
        EDITS[edit](desk, turn)
        whole = outcome(lambda: make_preview(desk.content, desk.templates).files)
        assert outcome(desk.stages.draft) == whole, (turn, order[: turn + 1])
        assert outcome(desk.build) == whole, (turn, order[: turn + 1])


@pytest.fixture
def unsearched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is new is made and not searched: of tests that look at what is made."""
    monkeypatch.setattr(Drafting, "_search", lambda *_, **__: None)


def groups_asked_for(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The groups of files of every request to the renderer from now on."""
    asked, real = list[tuple[str, ...]](), render_groups_outside

    def noted(
        shown: Publication, templates: Templates, proofs: Mapping[str, bytes], request: Asked
    ) -> tuple[Groups, tuple[str, ...]]:
        asked.append(request.groups)
        return real(shown, templates, proofs, request)

    monkeypatch.setattr(rendering, "render_groups_outside", noted)
    return asked


@pytest.mark.parametrize(
    ("edit", "made"),
    [
        ("a sentence more", ("text over",)),
        ("a style", ("assets",)),
        ("a name", ()),
        ("the annex", ("downloads", "editions", "fixed", "machines")),
        ("a template", ("fixed",)),
        ("the frame of all pages", ("editions", "fixed", "knowable", "assets", "text over")),
    ],
)
@pytest.mark.usefixtures("unsearched")
def test_only_what_follows_from_a_change_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str, made: tuple[str, ...]
) -> None:
    desk = Desk(tmp_path)
    desk.stages.draft()
    asked = groups_asked_for(monkeypatch)
    EDITS[edit](desk, 1)
    desk.stages.draft()
    assert asked == ([made] if made else [])


@pytest.mark.usefixtures("unsearched")
def test_of_many_pages_only_the_one_with_a_sentence_more_is_handed_over_and_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, told = Desk(tmp_path), list[dict[str, str]]()
    for turn in range(7):
        new_page(desk, turn)
    desk.stages.draft()

    def handed(shown: Publication) -> bytes:
        told.append({each.slug: each.text for each in shown.pages})
        return serialise_publication(shown)

    monkeypatch.setattr(border, "serialise_publication", handed)
    asked = groups_asked_for(monkeypatch)
    more(lambda desk: desk.page("bladzijde-6"), "\nZin.\n")(desk, 1)
    files = desk.stages.draft()
    assert asked == [("text bladzijde-6",)]
    assert {slug for slug, text in told[0].items() if text} == {"bladzijde-6"}
    assert files == make_preview(desk.content, desk.templates).files
    assert b"bladzijde-6" in files["bladzijden/index.html"]


def test_a_build_of_what_changed_proves_searches_and_renders_that_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, stages, did = Desk(tmp_path), Stages(), dict[tuple[str, object], None]()
    make_site(desk.content, desk.templates, stages=stages)

    def note(name: str, module: ModuleType, what: Callable[..., object]) -> None:
        real: Callable[..., object] = getattr(module, name)

        def noted(*given: object, **by_name: object) -> object:
            if asked := what(*given):
                did[name, asked] = None
            return real(*given, **by_name)

        monkeypatch.setattr(module, name, noted)

    note("render_groups_outside", rendering, lambda *given: given[3].groups)
    note("find_leaks", checking, lambda files, *_: tuple(sorted(files)))
    note("prove_outside", checking, tuple)
    note("find_wrong_figures", checking, lambda files, _: tuple(files))
    note("audit", auditor, lambda files, _: len(files))
    make_site(desk.content, desk.templates, stages=stages)
    assert did == {}
    EDITS["a sentence more"](desk, 1)
    make_site(desk.content, desk.templates, stages=stages)
    names = [name for name, _ in did]
    assert names == ["render_groups_outside", "find_leaks", "find_wrong_figures"]
    assert ("render_groups_outside", ("text over",)) in did
    assert ("find_leaks", ("manifest.txt", "over/index.html")) in did
    assert ("find_wrong_figures", ("over/index.html",)) in did
    did.clear()
    EDITS["the frame of all pages"](desk, 1)
    make_site(desk.content, desk.templates, stages=stages)
    assert [name for name, _ in did] == ["render_groups_outside", "find_leaks", "audit"]


def test_a_leak_that_is_new_is_told_as_a_search_of_everything_tells_it(tmp_path: Path) -> None:
    desk, stages = Desk(tmp_path), Stages()
    make_site(desk.content, desk.templates, stages=stages)
    with desk.page().open("a", encoding="utf-8") as file:
        file.write("\nWij spraken met Samen Verder Averlicht.\n")
    whole = outcome(lambda: make_site(desk.content, desk.templates).files)
    assert isinstance(whole, tuple), "the control: it is a leak"
    for _ in range(2):
        assert outcome(lambda: make_site(desk.content, desk.templates, stages=stages).files) == whole


@pytest.mark.parametrize("mark", [b"", b"another!!"])
def test_what_another_program_left_is_not_taken(mark: bytes) -> None:
    before, after = Stages(), Stages()
    before.remember("site texts", before.digest(b"cause"), b"made")
    after.take(before.packed(mark), MARK)
    assert after.is_empty


def test_stages_go_through_a_file_and_what_was_not_needed_stays_behind() -> None:
    first, second, third = Stages(b"key"), Stages(b"key"), Stages(b"other")
    cause = first.digest(b"cause")
    first.remember("one", cause, b"made\0of bytes")
    first.remember("two", cause)
    second.take(first.packed(MARK), MARK)
    assert second.recall("one", cause) == b"made\0of bytes"
    assert second.recall("one", first.digest(b"ca", b"use")) is None
    third.take(second.packed(MARK), MARK)
    assert third.recall("two", cause) is None
    assert third.digest(b"cause") != cause


def test_that_a_sum_is_no_find_is_not_remembered_of_the_file_that_holds_it() -> None:
    other, stages = b"Een zin.", Stages()
    digits = sha256(other).hexdigest()
    secret = Secret("distinctive", "registration", Place("partners/a.yaml", 3, 3), digits[20:32])
    files = {"a.txt": other, "sommen.txt": f"{digits}  a.txt\n".encode()}
    assert checking.find_new_leaks(files, (secret,), (), stages) == ()
    files["a.txt"] = b"Een andere zin."
    (found,) = checking.find_new_leaks(files, (secret,), (), stages)
    assert found.place.file == "sommen.txt"


def test_a_digest_of_two_texts_is_found_in_a_new_file_and_is_not_looked_for_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [Secret("distinctive", "id", Place(f"partners/{each}.yaml"), each, digested=True) for each in ("aap", "noot")]
    secrets, stages, tried = tuple(ids), Stages(), list[int]()
    real = digests._twos

    def noted(given: list[Secret]) -> Iterator[tuple[Secret, list[bytes]]]:
        tried.append(len(given))
        return real(given)

    monkeypatch.setattr(digests, "_twos", noted)
    files = {"a.txt": sha256(b"iets anders").hexdigest().encode()}
    assert checking.find_new_leaks(files, secrets, (), stages) == ()
    files["b.txt"] = b"weer: " + files["a.txt"]
    assert checking.find_new_leaks(files, secrets, (), stages) == ()
    assert tried == [2]
    assert list(find_leaks(files, secrets, tried=checking.tried_before(secrets, stages))) == []
    assert tried == [2]  # nor beside the site, of the same texts
    assert checking.tried_before(secrets[:1], stages) == {}
    files["c.txt"] = sha256(b"noot|aap").hexdigest().encode()
    for _ in range(2):
        (found,) = checking.find_new_leaks(files, secrets, (), stages)
        assert found.place.file == "c.txt"
    del files["c.txt"]
    files["a.txt"] = hashlib.md5(b"noot|aap", usedforsecurity=False).hexdigest().encode()
    assert checking.find_new_leaks(files, secrets, (), stages)


def test_a_line_more_at_the_head_of_a_source_has_nothing_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def named(line: int) -> tuple[Secret, ...]:
        places = (Place("partners/a.yaml", line, 3), Place("partners/a.yaml", line + 4, 3))
        names = zip(places, ("Kwaakzwaluw", "Wiebelwouw"), strict=True)
        return tuple(Secret("distinctive", "name", place, name, digested=True) for place, name in names)

    stages, searched = Stages(), list[str]()

    def noted(files: Mapping[str, bytes], *given: Any) -> Iterator[Problem]:
        searched.extend(files)
        return find_leaks(files, *given)

    monkeypatch.setattr(checking, "find_leaks", noted)
    for line in (3, 3, 4):
        assert checking.find_new_leaks({"a.txt": b"Een zin."}, named(line), (), stages) == ()
    assert searched == ["a.txt"]
    leak = {"a.txt": b"Een zin over Wiebelwouw."}
    (found,) = checking.find_new_leaks(leak, named(9), (), stages)
    assert "partners/a.yaml:13:3" in found.hint


@pytest.mark.parametrize("field", ["id", "name"])
def test_texts_that_become_one_organisation_s_are_tried_together_again(field: str) -> None:
    """Of two organisations the ids alone are tried together: as the names of one they are."""
    one, two = Place("partners/a.yaml", 3, 3), Place("partners/a.yaml", 7, 3)
    files, stages = {"a.txt": sha256(b"aap-noot").hexdigest().encode()}, Stages()

    def secrets(second: Place, what: str) -> tuple[Secret, ...]:
        texts = ((one, "aap"), (second, "noot"))
        return tuple(Secret("distinctive", what, place, text, digested=True) for place, text in texts)

    assert checking.find_new_leaks(files, secrets(two, "name"), (), stages) == ()
    assert checking.find_new_leaks(files, secrets(one if field == "name" else two, field), (), stages)


def test_a_digest_of_two_texts_that_may_stand_in_one_file_may_not_in_the_next() -> None:
    places = (Place("partners/aap.yaml"), Place("partners/noot.yaml"))
    ids = [Secret("distinctive", "id", each, each.file[9:-5], allowed=("mag/",), digested=True) for each in places]
    stages, files = Stages(), {"mag/a.txt": sha256(b"aapnoot").hexdigest().encode()}
    assert checking.find_new_leaks(files, tuple(ids), (), stages) == ()
    files["b.txt"] = files["mag/a.txt"] + b" "
    (found,) = checking.find_new_leaks(files, tuple(ids), (), stages)
    assert found.place.file == "b.txt"


# --- what a draft searches --------------------------------------------------------------------------------------------

TEXT = [b"regel %d\n" % number for number in range(400)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (slice(0, 400), slice(0, 400)),
        (slice(0, 399), slice(0, 400)),
        (slice(1, 400), slice(0, 400)),
        (slice(0, 400), slice(0, 200)),
        (slice(0, 0), slice(0, 400)),
        (slice(0, 400), slice(0, 0)),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 200, 399])
def test_every_new_line_is_searched_with_those_around_it_and_no_line_far_from_it(
    old: slice, new: slice, at: int
) -> None:
    after = TEXT[new]
    if at < len(after):
        after[at] = b"een nieuwe regel\n"
    found = new_lines(b"".join(TEXT[old]), b"".join(after)).splitlines(keepends=True)
    assert set(after) - set(TEXT[old]) <= set(found)
    assert b"".join(found) in b"".join(after)
    if at < len(after):
        assert set(after[max(0, at - AROUND) : at + AROUND]) <= set(found)
    if old == new:
        assert len(found) <= 2 * AROUND + 1


def test_a_line_more_of_many_that_are_alike_is_searched() -> None:
    """A line of before stands for one line of after: those in front of it and those behind it may not both have it."""
    many = 10 * AROUND
    assert new_lines(b"regel\n" * many, b"regel\n" * (many + 1)) == b"regel\n" * (AROUND + 1)


def test_of_what_is_no_text_all_is_searched() -> None:
    assert new_lines(b"%PDF\xff\na", b"%PDF\xff\nb") == b"%PDF\xff\nb"


NAME = "Samen Verder Averlicht"


@pytest.mark.parametrize("hidden", [NAME, NAME.replace(" ", "\n"), sha256(NAME.encode()).hexdigest()])
def test_a_draft_of_one_changed_line_tells_a_leak_in_it_as_a_whole_preview_does(tmp_path: Path, hidden: str) -> None:
    """Also where half of it stood in the page already."""
    desk = Desk(tmp_path)
    first, _, rest = hidden.partition("\n")
    desk.change(desk.public("home.html"), "<h1>", f"<!-- {first if rest else ''} -->\n<h1>")
    desk.stages.draft()
    desk.change(desk.public("home.html"), " -->", f" \n{rest or first} -->")
    whole = outcome(lambda: make_preview(desk.content, desk.templates).files)
    assert isinstance(whole, tuple), "the control: it is a leak"
    for _ in range(2):
        assert outcome(desk.stages.draft) == whole
    desk.change(desk.public("home.html"), f" \n{rest or first} -->", " -->")
    assert isinstance(outcome(desk.stages.draft), dict)


def test_a_draft_looks_for_the_names_of_today_in_what_is_new(tmp_path: Path) -> None:
    desk, said = Desk(tmp_path), "<!-- Kanaalkring Zuiderhoek -->\n<h1>"
    desk.change(desk.public("home.html"), "<h1>", said)
    assert isinstance(outcome(desk.stages.draft), dict), "the control: nobody is called so"
    desk.change(desk.public("home.html"), said, f"\n{said}")
    partners = desk.content / "partners" / "partners.yaml"
    desk.change(partners, "name: Taalpunt Vlierhaven", "name: Kanaalkring Zuiderhoek")
    found = outcome(desk.stages.draft)
    assert isinstance(found, tuple)
    assert found == outcome(lambda: make_preview(desk.content, desk.templates).files)


def test_the_sum_of_a_file_in_a_policy_is_read_past_and_another_is_not() -> None:
    def asked(data: bytes) -> tuple[str, ...]:
        policy = f"style-src 'sha256-{b64encode(sha256(data).digest()).decode()}'"
        return tuple(each for each in Sums([b"body {}"]).others(runs_in(policy)).base64 if len(each) > 40)

    assert asked(b"body {}") == ()
    assert len(asked(NAME.encode())) == 1
