"""Whoever lost what was published is told so by whatever else knows of it, and publishes nothing as if it were not out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import need_program
from tests.desk import SimpleDesk, files_of
from tests.factories import a_source, an_edition
from tests.stages.some_approvals import a_subject
from tweeluik.pipeline.publishing import refuse_sent_before
from tweeluik.problems import RegisterNotWhole
from tweeluik.record.canonical import parse, serialise
from tweeluik.record.register import Published, read_published, record_file
from tweeluik.review.box import Box
from tweeluik.review.trail import Event, with_event
from tweeluik.review.witnesses import refuse_lost_register, refuse_other_past
from tweeluik.source.load import read_source
from tweeluik.source.records import Report

EDITION = "2025"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> SimpleDesk:
    """A desk of which an edition and its correction were published and put on the site."""
    desk = SimpleDesk(tmp_path_factory.mktemp("published"))
    assert desk.run("publish", EDITION) == 0
    with (desk.content / "editions" / f"{EDITION}.yaml").open("a", encoding="utf-8") as edition:
        edition.write("corrections:\n  - {version: 2, date: 2026-09-01, note: Een telling is hersteld.}\n")
    assert desk.run("publish", EDITION) == 0
    assert desk.run("build") == 0
    return desk


@pytest.fixture
def desk(published: SimpleDesk, tmp_path: Path) -> SimpleDesk:
    """The same; a test takes witnesses away, and then the register."""
    desk = SimpleDesk(tmp_path)
    for folder in (desk.content, desk.site):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(published.root / folder.name, folder)
    return desk


def lose(desk: SimpleDesk, *names: str) -> None:
    for name in names:
        path = desk.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def forget_corrections(desk: SimpleDesk) -> None:
    file = desk.content / "editions" / f"{EDITION}.yaml"
    file.write_text(file.read_text("utf-8").partition("corrections:")[0], "utf-8")


def told(desk: SimpleDesk) -> list[str]:
    """What is said of the register by what stands in the source, place first."""
    try:
        refuse_lost_register(desk.content, read_published(desk.content))
    except RegisterNotWhole as refused:
        return [str(each) for each in refused.problems]
    return []


GONE = "version {} of 2025 was published, and is not in the register"


def test_whoever_has_the_register_is_told_nothing(desk: SimpleDesk) -> None:
    assert told(desk) == []
    refuse_other_past(desk.site, read_published(desk.content))


# --- the trail --------------------------------------------------------------------------------------------------------


def test_the_trail_names_every_version_that_is_gone_by_its_line(desk: SimpleDesk) -> None:
    lose(desk, "content/published")
    first, second = told(desk)
    assert first.startswith(f"approvals/trail.jsonl:1:1: {GONE.format(1)}")
    assert second.startswith(f"approvals/trail.jsonl:2:1: {GONE.format(2)}")
    assert "restore the files that `publish` wrote, from a copy" in first


def test_a_register_of_an_earlier_day_lacks_the_last_version(desk: SimpleDesk) -> None:
    lose(desk, "content/published/2025/release-2.json", "content/published/2025/memory-2.json")
    log = desk.content / "published" / "log.jsonl"
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    (only,) = told(desk)
    assert only.startswith(f"approvals/trail.jsonl:2:1: {GONE.format(2)}")


def test_a_version_that_was_published_otherwise_is_another(desk: SimpleDesk) -> None:
    """As where somebody lost the register and published the edition once more."""
    event = Event("published", EDITION, 1, date(2026, 7, 3), "", "a" * 64)
    (desk.content / "approvals" / "trail.jsonl").write_bytes(with_event(Box({}), event).files["trail.jsonl"])
    (only,) = told(desk)
    assert only.startswith(f"approvals/trail.jsonl:1:1: {GONE.format(1)}")


@pytest.mark.parametrize(
    "damage", ["first line gone", "a line that is none", "marks of a merge", "a stranger beside it"]
)
def test_a_trail_that_is_not_whole_still_tells_what_stands_in_it(desk: SimpleDesk, damage: str) -> None:
    trail = desk.content / "approvals" / "trail.jsonl"
    first, second = trail.read_bytes().splitlines(keepends=True)
    if damage == "a stranger beside it":
        (desk.content / "approvals" / "lees mij.txt").write_text("Niet van ons.")
    else:
        trail.write_bytes({
            "first line gone": second,
            "a line that is none": b"kapot\n" + second,
            "marks of a merge": b"<<<<<<< HEAD\n" + first + b"=======\n" + second + b">>>>>>> anders\n",
        }[damage])  # fmt: skip
    lose(desk, "content/published")
    assert GONE.format(2) in told(desk)[-1]


@pytest.mark.parametrize(
    ("what", "version", "gone"), [("forgot", 1, 1), ("withdrawn", 2, 2), ("reviewed", 2, 1), ("built", 1, None)]
)
def test_what_was_forgotten_was_published_and_so_was_what_came_before_a_version_on_its_way(
    desk: SimpleDesk, what: str, version: int, gone: int | None
) -> None:
    event = Event(what, EDITION, version, date(2026, 9, 1), "", "a" * 64)  # type: ignore[arg-type]
    trail = desk.content / "approvals" / "trail.jsonl"
    trail.write_bytes(with_event(Box({}), event).files["trail.jsonl"])
    lose(desk, "content/published")
    assert [GONE.format(gone) in each for each in told(desk)] == ([] if gone is None else [True])


def test_a_register_from_before_the_log_is_asked_for_its_versions_alone(desk: SimpleDesk) -> None:
    """Its records have another form since it was adopted; but a version that came later is not in it."""
    for release in read_published(desk.content).register[EDITION]:
        older = replace(release, imprint=None, salts=(), struck=())
        (desk.content / "published" / record_file(EDITION, release.version)).write_bytes(serialise(older))
    lose(desk, "content/published/log.jsonl", *(f"content/published/2025/memory-{n}.json" for n in (1, 2)))
    assert read_published(desk.content).is_older_than_the_log
    assert told(desk) == []
    lose(desk, "content/published/2025/release-2.json")
    (only,) = told(desk)
    assert GONE.format(2) in only


# --- votes ------------------------------------------------------------------------------------------------------------


def test_a_vote_on_a_version_tells_of_the_one_before_it(desk: SimpleDesk) -> None:
    lose(desk, "content/published", "content/approvals")
    folder = desk.content / "approvals" / EDITION
    folder.mkdir(parents=True)
    (folder / f"vote-1-{'a' * 16}.sig").write_bytes(b"")
    assert told(desk) == []
    (folder / f"vote-2-{'a' * 16}.sig").write_bytes(b"")
    (only,) = told(desk)
    assert only.startswith(f"approvals/2025/vote-2-{'a' * 16}.sig: {GONE.format(1)}")


def test_what_people_looked_at_tells_of_the_other_editions_that_were_on_the_site_then(desk: SimpleDesk) -> None:
    lose(desk, "content/published", "content/approvals")
    subject = a_subject()
    files = {"edities/2025/release.json": "0" * 64, "edities/2024/release.json": "0" * 64, "index.html": "0" * 64}
    seen = type(subject)("2025", 1, "final", subject.day, subject.record, subject.report, files)
    folder = desk.content / "approvals" / EDITION
    folder.mkdir(parents=True)
    (folder / f"subject-1-{seen.digest[:16]}.json").write_bytes(seen.serialise())
    (only,) = told(desk)
    assert "version 1 of 2024 was published, and is not in the register" in only
    line = int(only.split(":")[1])
    assert "edities/2024/release.json" in seen.serialise().decode().splitlines()[line - 1]


# --- git --------------------------------------------------------------------------------------------------------------


def git(desk: SimpleDesk, *arguments: str) -> None:
    who = ("-c", "user.name=Redactie", "-c", "user.email=redactie@example.org", "-c", "commit.gpgsign=false")
    subprocess.run([need_program("git"), "-C", str(desk.root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(desk: SimpleDesk) -> SimpleDesk:
    """With all of it in a commit, and no witness but git."""
    lose(desk, "content/approvals", "site")
    git(desk, "init", "-q")
    git(desk, "add", "-A")
    git(desk, "commit", "-q", "-m", "Gepubliceerd.")
    return desk


def test_git_tells_of_a_register_that_is_not_there_any_more(committed: SimpleDesk) -> None:
    assert told(committed) == []
    lose(committed, "content/published")
    first, second = told(committed)
    assert first.startswith(f"published/log.jsonl:1:1: {GONE.format(1)}")
    assert second.startswith(f"published/log.jsonl:2:1: {GONE.format(2)}")
    assert "restore the folder `published` from git" in first


def another_key(desk: SimpleDesk) -> None:
    (desk.content / "protection.key").write_text(f"{'ab' * 32}\n")


def a_commit(desk: SimpleDesk) -> None:
    git(desk, "add", "-A")
    git(desk, "commit", "-q", "-m", "Een andere bron.")


@pytest.mark.parametrize("own", [another_key, a_commit], ids=["with another key", "in a commit of its own"])
def test_what_git_has_of_another_source_is_nobodys_witness(
    committed: SimpleDesk, own: Callable[[SimpleDesk], None]
) -> None:
    lose(committed, "content/published")
    own(committed)
    assert told(committed) == []


def test_a_key_that_is_gone_as_well_makes_no_other_source(committed: SimpleDesk) -> None:
    lose(committed, "content/published", "content/protection.key")
    assert len(told(committed)) == 2


# --- a site -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("log", ["stays", "is gone", "is spoilt"])
def test_the_site_tells_of_what_stands_on_it(desk: SimpleDesk, log: str) -> None:
    lose(desk, "content/published", "content/approvals")
    forget_corrections(desk)
    if log != "stays":
        (desk.site / "publicaties.json").write_text("{}") if log == "is spoilt" else lose(desk, "site/publicaties.json")
    with pytest.raises(RegisterNotWhole) as refused:
        refuse_other_past(desk.site, read_published(desk.content))
    found = [str(each) for each in refused.value.problems]
    if log == "stays":
        assert "published/log.jsonl:1:1" in found[0]
    else:
        assert [GONE.format(n) in each for n, each in zip((2, 1), found, strict=True)] == [True, True]
        assert f"{desk.site}/edities/2025/release.json" in found[0]
    assert "from another source, remove it first" in found[0]


def test_a_site_of_another_source_is_nobodys_witness(desk: SimpleDesk, tmp_path: Path) -> None:
    other = SimpleDesk(tmp_path / "ander")
    other.change("editions/2025.yaml", "Partneroverzicht 2025", "Een ander overzicht")
    assert other.run("publish", "2025") == 0
    published = read_published(other.content)
    for gone in ("", "publicaties.json"):
        if gone:
            lose(desk, f"site/{gone}")
        refuse_other_past(desk.site, published)


def refused(desk: SimpleDesk, report: Report) -> bool:
    try:
        refuse_other_past(desk.site, Published(), report)
    except RegisterNotWhole:
        return True
    return False


@pytest.mark.parametrize("log", ["", "publicaties.json"])
def test_where_nothing_is_published_a_site_is_of_another_source_by_its_publisher_and_title(
    desk: SimpleDesk, log: str
) -> None:
    """One of the two may have changed; and what does not tell whose it is may be this source's."""
    report = read_source(desk.content).report
    if log:
        lose(desk, f"site/{log}")
    title, publisher = "Een ander overzicht", "Een ander ministerie"
    assert refused(desk, report)
    assert refused(desk, replace(report, title=title))
    assert refused(desk, replace(report, publisher=publisher))
    assert not refused(desk, replace(report, title=title, publisher=publisher))


def test_a_log_on_a_site_without_records_may_be_of_this_source(desk: SimpleDesk) -> None:
    other = replace(read_source(desk.content).report, title="Een ander overzicht", publisher="Een ander ministerie")
    (record,) = desk.site.glob("edities/2025/release.json")
    older = replace(parse(record.read_bytes()), imprint=None, salts=(), struck=(), compared=None, next_due=None)
    lose(desk, "site/edities")
    assert refused(desk, other)
    record.parent.mkdir(parents=True)
    record.write_bytes(serialise(older))
    assert refused(desk, other)


# --- the days of other editions ---------------------------------------------------------------------------------------

JULY = date(2026, 7, 3)
SENT: dict[str, Any] = {"id": "2024", "status": "final", "sent": JULY}


def is_refused(
    *, day: date = date(2027, 7, 1), asked: str = "agenda-partners", published: Published | None = None, **other: Any
) -> bool:
    """Whether an edition may not go out on a day because of another one."""
    edition = an_edition(id="2026", status="final", sent=day, population=asked)
    source = replace(a_source(), editions=(edition, an_edition(**{**SENT, **other})))
    try:
        refuse_sent_before((edition,), source, published or Published(), None)
    except RegisterNotWhole as refused:
        return [each.path for each in refused.problems] == ["sent"]
    return False


def test_what_was_sent_before_the_day_of_a_publication_is_in_the_register_or_nothing_is_published() -> None:
    """Also where nobody is left who tells: a copy with the source alone."""
    assert is_refused()
    assert is_refused(day=JULY + timedelta(days=1))
    assert not is_refused(day=JULY)
    assert not is_refused(status="concept")
    assert not is_refused(sent=None)
    assert not is_refused(population="conversation-partners")
    assert not is_refused(published=Published({"2024": ()}))
    assert not is_refused(asked="conversation-partners")


def test_what_is_published_together_need_not_wait_for_itself() -> None:
    both = an_edition(**SENT), an_edition(id="2026", status="final", sent=date(2027, 7, 1))
    refuse_sent_before(both, replace(a_source(), editions=both), Published(), None)


def test_a_source_without_any_witness_publishes_no_later_edition_before_an_earlier_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = SimpleDesk(tmp_path)
    later = ("2026", "--provisional", "--day", "2026-12-01")
    for command in ("publish", "approve", "diff"):
        capsys.readouterr()
        assert desk.run(command, *later) == 15
        assert "editions/2025.yaml" in (shown := capsys.readouterr().err)
        assert "publish that edition first, if it did not go out yet" in shown
    assert desk.run("publish", "2025") == 0
    assert desk.run("publish", *later) == 0


# --- commands ---------------------------------------------------------------------------------------------------------

ASKED = ("publish", "approve", "review", "diff", "check", "build")


@pytest.mark.parametrize("witness", ["trail", "site"])
@pytest.mark.parametrize("command", ASKED)
def test_no_command_that_publishes_or_prepares_it_goes_on_as_if_nothing_were_out(
    desk: SimpleDesk, command: str, witness: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lose(desk, "content/published", *(("content/approvals",) if witness == "site" else ("site",)))
    forget_corrections(desk)
    before = files_of(desk.root)
    asked = {"check": (), "build": (), "review": (EDITION, "--report", str(desk.root / "rapport.html"))}
    capsys.readouterr()
    assert desk.run(command, *asked.get(command, (EDITION,))) == 15
    shown = capsys.readouterr().err
    assert ("approvals/trail.jsonl:1:1" if witness == "trail" else "published/log.jsonl:1:1") in shown
    assert files_of(desk.root) == before


def test_a_correction_without_a_register_asks_for_the_register(
    desk: SimpleDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says itself that a version came before it."""
    lose(desk, "content/published", "content/approvals", "site")
    capsys.readouterr()
    assert desk.run("publish", EDITION) == 10
    shown = capsys.readouterr().err
    assert "editions/2025.yaml" in shown
    assert "restore the folder `published` from a copy" in shown


def test_a_first_publication_meets_no_witness(tmp_path: Path) -> None:
    """In a repository with the whole source in it, beside no site, and after somebody looked at what is to come."""
    desk = SimpleDesk(tmp_path)
    git(desk, "init", "-q")
    git(desk, "add", "-A")
    git(desk, "commit", "-q", "-m", "De bron.")
    assert desk.run("check") == 0
    assert desk.run("build") == 0
    assert desk.run("review", EDITION, "--report", str(desk.root / "rapport.html"), "--by", "jurist") == 0
    assert desk.run("publish", EDITION, "--dry-run") == 0
    assert desk.run("publish", EDITION) == 0
    assert desk.run("build") == 0


def test_who_only_looks_is_not_asked_for_the_register(desk: SimpleDesk) -> None:
    """A preview goes nowhere."""
    from tests.everything import unchecked  # noqa: PLC0415
    from tests.golden.refresh import TEMPLATES  # noqa: PLC0415
    from tweeluik.pipeline.steps import make_preview  # noqa: PLC0415

    lose(desk, "content/published")
    forget_corrections(desk)
    with unchecked():
        assert "edities/2025/index.html" in make_preview(desk.content, TEMPLATES).files
