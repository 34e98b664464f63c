"""Two chairs, from outside: nobody publishes alone, and what was looked at is what goes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests import desk as desks
from tests.conftest import need_program
from tests.desk import files_of, keep_simple_tables
from tests.factories import a_source
from tests.stages.some_approvals import a_key, a_line, a_subject
from tools.publish_example import approved_by_everybody
from tweeluik.pipeline.freezing import OF_THE_LOG, by_nobody
from tweeluik.problems import NotApproved, RegisterNotWhole
from tweeluik.record.register import read_published
from tweeluik.review.box import TRAIL, Box, read_box
from tweeluik.review.trail import Event, read_trail, with_event

EDITION = "2025"


class Desk(desks.Desk):
    """A copy of the small content in which two people approve; the jurist, the privacy officer and the head may."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.change("policy.yaml", "approvals: {value: 0,", "approvals: {value: 2,")
        self.sign("jurist", "privacy", "hoofd")

    def sign(self, *people: str, options: str = "") -> None:
        (self.content / "allowed_signers").write_text("".join(f"{a_line(each, options)}\n" for each in people))

    def approve(self, *people: str, edition: str = EDITION, options: tuple[str, ...] = ()) -> None:
        for each in people:
            assert self.run("approve", edition, "-i", str(a_key(each)), *options) == 0

    def refuses(self, *arguments: str) -> None:
        before = files_of(self.root)
        assert self.run(*arguments) == 16
        assert files_of(self.root) == before


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return with_simple_tables(Desk(tmp_path))


@pytest.fixture
def whole_desk(tmp_path: Path) -> Desk:
    """With all tables, of which much is hidden."""
    return Desk(tmp_path)


def with_simple_tables(desk: Desk) -> Desk:
    keep_simple_tables(desk.content)
    return desk


def test_nobody_publishes_alone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.refuses("publish", EDITION)
    assert "0 of 2 approvals are in" in capsys.readouterr().err
    desk.approve("jurist")
    desk.refuses("publish", EDITION)
    desk.approve("privacy")
    assert desk.run("publish", EDITION) == 0


def test_what_was_looked_at_goes_out_and_the_log_alone_knows_that_it_was_approved(desk: Desk) -> None:
    proof = desk.root / "proef"
    assert desk.run("build", "--candidates", EDITION, "--site", str(proof)) == 0
    desk.approve("jurist", "privacy")
    assert desk.run("publish", EDITION) == 0
    assert desk.run("build") == 0
    seen, out = files_of(proof), files_of(desk.site)
    assert {path for path in seen if seen[path] != out[path]} == set(OF_THE_LOG)
    assert seen.keys() == out.keys()
    (entry,) = read_published(desk.content).log
    assert len(entry.approvals) == 2
    public = out["publicaties.json"].decode()
    assert all(each in public for each in entry.approvals)
    assert "jurist" not in public
    assert "SHA256:" not in public


CONFIDENTIAL = (
    "partners", "conversations", "editions", "agenda.yaml", "vocabulary.yaml", "policy.yaml", "protection.key",
    "allowed_signers",
)  # fmt: skip


@pytest.mark.parametrize("box", ["stays", "goes"])
def test_with_everything_confidential_gone_an_approved_edition_has_the_same_bytes(desk: Desk, box: str) -> None:
    desk.approve("jurist", "privacy")
    assert desk.run("publish", EDITION) == 0
    assert desk.run("build") == 0
    before = files_of(desk.site)
    register = files_of(desk.content / "published")
    for name in (*CONFIDENTIAL, *(("approvals",) if box == "goes" else ())):
        path = desk.content / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for name in [each for each in register if "memory-" in each]:
        (desk.content / "published" / name).unlink()
    shutil.rmtree(desk.site)
    assert desk.run("build") == 0
    assert files_of(desk.site) == before
    (entry,) = read_published(desk.content).log
    assert len(entry.approvals) == 2
    assert all(each.encode() in before["publicaties.json"] for each in entry.approvals)


def test_what_somebody_voted_shows_in_no_output_before_all_are_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Yes and not yet give the same lines, data, report, trail and exit codes, but for digests of what was signed."""
    told = list[list[tuple[int, str, str]]]()
    remark = tmp_path / "opmerking.txt"
    remark.write_text("De inleiding noemt het verkeerde jaar.\n")
    for name, options in (("ja", ()), ("nog-niet", ("--not-yet", "--remark", str(remark)))):
        desk = with_simple_tables(Desk(tmp_path / name))
        capsys.readouterr()
        outputs = [blind(desk, capsys, "approve", EDITION, "-i", str(a_key("jurist")), *options)]
        asked = (
            ("approve", EDITION), ("approve", EDITION, "--json"), ("publish", EDITION), ("publish", EDITION, "--json"),
            ("publish", EDITION, "--dry-run"), ("approve", EDITION, "--answer", "jurist", "--remark", str(remark)),
            ("review", EDITION, "--trail"), ("review", EDITION, "--trail", "--json"), ("diff", EDITION),
            ("review", EDITION, "--report", str(desk.root / "rapport.html")),
        )  # fmt: skip
        outputs += [blind(desk, capsys, *each) for each in asked]
        outputs.append((0, (desk.root / "rapport.html").read_text("utf-8"), ""))
        told.append(outputs)
    for yes, not_yet in zip(*told, strict=True):
        assert yes == not_yet
    assert [code for code, _, _ in told[0]] == [0, 0, 0, 16, 16, 16, 2, 0, 0, 0, 0, 0]


def blind(desk: Desk, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """What a command says, without digests and the folder that it is about."""
    code = desk.run(*arguments)
    said = capsys.readouterr()
    out, err = (re.sub("[0-9a-f]{16,64}", "…", each.replace(str(desk.root), "")) for each in (said.out, said.err))
    return code, out, err


def test_a_changed_byte_takes_the_approvals_back_and_says_which_file(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.approve("jurist", "privacy")
    page = next((desk.content / "pages").glob("*.md"))
    page.write_text(f"{page.read_text('utf-8')}\nEn nog een zin.\n", "utf-8")
    desk.refuses("publish", EDITION)
    said = capsys.readouterr().err
    assert said.count("this approval is about other bytes; changed since: ") == 2
    assert f"{page.stem}/index.html" in said
    desk.approve("jurist", "privacy")
    assert desk.run("publish", EDITION) == 0


def test_whoever_asks_fewer_to_approve_takes_the_approvals_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that readers see is otherwise; but one vote of two that were asked is not the one that is asked now."""
    desk.approve("jurist")
    desk.change("policy.yaml", "approvals: {value: 2,", "approvals: {value: 1,")
    desk.refuses("publish", EDITION)
    assert "this approval is about other bytes; changed since: the change report" in capsys.readouterr().err


def test_another_day_is_another_publication(desk: Desk) -> None:
    desk.approve("jurist", "privacy", options=("--day", "2026-08-01"))
    desk.refuses("publish", EDITION)
    assert desk.run("publish", EDITION, "--day", "2026-08-01") == 0


def test_not_yet_holds_it_up_until_that_person_says_otherwise(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    remark = desk.root / "opmerking.txt"
    remark.write_text("De inleiding noemt het verkeerde jaar.\n")
    desk.approve("jurist", options=("--not-yet", "--remark", str(remark)))
    assert "verkeerde jaar" not in capsys.readouterr().out
    desk.approve("privacy")
    assert "verkeerde jaar" in capsys.readouterr().out
    desk.refuses("publish", EDITION)
    assert "somebody says: not yet" in capsys.readouterr().err
    answer = desk.root / "antwoord.txt"
    answer.write_text("Dat is het jaar van de brief.\n")
    assert desk.run("approve", EDITION, "--answer", "jurist", "--remark", str(answer)) == 0
    assert "answer: Dat is het jaar van de brief." in capsys.readouterr().out
    desk.refuses("publish", EDITION)
    desk.approve("jurist")
    assert desk.run("publish", EDITION) == 0


def test_a_key_that_is_not_listed_or_not_today_cannot_approve(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.refuses("approve", EDITION, "-i", str(a_key("vreemde")))
    assert "your key is on no line" in capsys.readouterr().err
    desk.sign("jurist", options='valid-before="20200101"')
    desk.refuses("approve", EDITION, "-i", str(a_key("jurist")))
    assert "allowed_signers:1:1: your key may not be used today" in capsys.readouterr().err


def test_a_key_that_is_taken_off_the_list_afterwards_no_longer_counts(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.approve("jurist", "privacy")
    desk.sign("jurist", "hoofd")
    desk.refuses("publish", EDITION)
    assert "in no line of allowed_signers" in capsys.readouterr().err


def test_it_is_too_late_for_what_has_been_published(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.approve("jurist", "privacy")
    assert desk.run("publish", EDITION) == 0
    desk.refuses("approve", EDITION, "-i", str(a_key("hoofd")))
    assert "too late" in capsys.readouterr().err


def test_only_what_was_read_is_signed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("approve", EDITION, "--json") == 0
    digest = json.loads(capsys.readouterr().out)["digest"]
    desk.refuses("approve", EDITION, "-i", str(a_key("jurist")), "--of", "0" * 64)
    desk.refuses("approve", EDITION, "-i", str(a_key("jurist")), "--of", digest[:7])
    desk.approve("jurist", options=("--of", digest[:12].upper()))


def test_what_approve_did_not_write_stops_it_by_its_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.approve("jurist", "privacy")
    (desk.content / "approvals" / EDITION / "notities.txt").write_text("x")
    desk.refuses("publish", EDITION)
    assert "approvals/2025/notities.txt: not a file that `approve` writes" in capsys.readouterr().err


def test_a_vote_that_nobody_here_could_read_is_not_kept(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """In a source with editors votes are sealed to them: who brings no identity is told so, and has not voted."""
    identity = desk.root / "redactie.identity"
    assert desk.run("keygen", "-o", str(identity)) == 0
    editors = desk.content / "recipients" / "source"
    editors.mkdir(parents=True)
    (editors / "redactie.txt").write_text(f"# holder: redactie\n{capsys.readouterr().out.strip()}\n")
    desk.refuses("approve", EDITION, "-i", str(a_key("jurist")))
    assert "name the identity of one of its editors" in capsys.readouterr().err
    desk.approve("jurist", options=("--identity", str(identity)))
    assert read_box(desk.content).signatures(EDITION)


def test_approvals_are_for_their_owner_only(desk: Desk) -> None:
    desk.approve("jurist")
    modes = {each.stat().st_mode & 0o777 for each in (desk.content / "approvals").rglob("*") if each.is_file()}
    assert modes == {0o600}


def test_a_concept_goes_out_on_purpose_with_as_many_approvals(desk: Desk) -> None:
    desk.change("editions/2025.yaml", "sent: 2026-07-03\n", "")
    options = ("--provisional", "--day", "2026-11-15")
    desk.refuses("publish", "2026", *options)
    desk.approve("jurist", "hoofd", edition="2026", options=options)
    assert desk.run("publish", "2026", *options) == 0


def test_a_dry_run_shows_what_would_be_frozen_and_then_asks_for_approvals(
    whole_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    whole_desk.approve("jurist")
    capsys.readouterr()
    whole_desk.refuses("publish", EDITION, "--dry-run", "--lang", "nl")
    said = capsys.readouterr()
    assert said.out.startswith("als dit geen proef was:\nversie 1 van 2025, definitief, ")
    assert "voor iedereen: getallen in tabellen (3):" in said.out
    assert "goedkeuringen in het logboek: 0" in said.out
    assert "deze editie is niet goedgekeurd (goedkeuringen binnen: 1 van 2)" in said.err
    assert "dat is geprobeerd en toont 6 van de 19 getallen, nu 4 van de 21" in said.err
    assert said.err.endswith("1 probleem; er is niets veranderd\n")
    whole_desk.refuses("publish", EDITION, "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told["warnings"]].count("W107") == 3
    assert (told["exit"], len(told["problems"]), told["tables"], told["approvals"]) == (16, 1, 3, [])


# --- who wrote the last change ------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str, who: str = "jurist") -> None:
    names = {f"GIT_{role}_{what}": who for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(
        [need_program("git"), "-C", str(folder), *arguments], check=True, capture_output=True, env=environment
    )


@pytest.fixture
def kept(desk: Desk) -> Desk:
    desk.change("policy.yaml", "approvals: {value: 2,", "approvals: {value: 2, not_by_author: true,")
    git(desk.content, "init", "-q")
    git(desk.content, "add", ".")
    git(desk.content, "commit", "-q", "-m", "begin")
    return desk


def test_who_wrote_the_last_change_does_not_approve_it(kept: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    kept.refuses("approve", EDITION, "-i", str(a_key("jurist")))
    assert "you wrote the last change of the source yourself" in capsys.readouterr().err
    kept.approve("privacy", "hoofd")
    assert kept.run("publish", EDITION) == 0


def test_by_the_key_of_the_commit_as_well(kept: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    kept.change("report.yaml", "title:", "title: ")
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={a_key('privacy')}")
    git(kept.content, *signing, "commit", "-q", "-S", "-am", "later", who="iemand anders")
    kept.refuses("approve", EDITION, "-i", str(a_key("privacy")))
    kept.approve("jurist")
    capsys.readouterr()


def test_a_change_that_nobody_committed_is_nobodys(kept: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    kept.approve("privacy", "hoofd")
    kept.change("report.yaml", "title:", "title: ")
    kept.refuses("publish", EDITION)
    assert "the last change is not committed" in capsys.readouterr().err


def test_without_git_nobody_knows(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.change("policy.yaml", "approvals: {value: 2,", "approvals: {value: 2, not_by_author: true,")
    desk.refuses("approve", EDITION, "-i", str(a_key("privacy")))
    assert "in no git repository" in capsys.readouterr().err


# --- the trail ----------------------------------------------------------------------------------------------------------


def test_the_trail_tells_who_voted_and_not_what_and_a_changed_line_ends_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.approve("jurist", "privacy", "jurist")  # who says the same again on the same day said it once
    trail = desk.content / "approvals" / "trail.jsonl"
    events = read_trail(read_box(desk.content))
    assert [each.what for each in events] == ["voted", "voted"]
    assert len({each.who for each in events}) == 2
    assert b"yes" not in trail.read_bytes()
    trail.write_bytes(trail.read_bytes().split(b"\n")[0] + b"\n")
    desk.approve("privacy")  # who is missing, because git kept the trail of another branch, approves again
    assert read_trail(read_box(desk.content)) == events
    trail.write_bytes(trail.read_bytes().replace(b'"voted"', b'"answered"', 1))
    before = files_of(desk.root)
    assert desk.run("approve", EDITION, "-i", str(a_key("hoofd"))) == 15
    assert files_of(desk.root) == before
    assert "approvals/trail.jsonl:2:1" in capsys.readouterr().err


def test_a_trail_that_lost_its_end_lacks_what_the_box_and_the_log_hold(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is whole in itself; without it the votes are there still, and afterwards the log knows of them."""

    def unsaid() -> int:
        capsys.readouterr()
        assert desk.run("review", EDITION, "--trail", "--json") == 0
        return int(json.loads(capsys.readouterr().out)["unsaid"])

    desk.approve("jurist", "privacy")
    trail = desk.content / "approvals" / "trail.jsonl"
    voted = trail.read_bytes()
    assert desk.run("publish", EDITION) == 0
    whole, found = trail.read_bytes(), []
    for kept in (whole, voted, voted[: voted.index(b"\n") + 1], b""):
        trail.write_bytes(kept)
        found.append(unsaid())
    assert found == [0, 1, 2, 3]
    for each in trail.parent.glob(f"{EDITION}/vote-*"):
        each.unlink()
    assert unsaid() == 3
    assert desk.run("review", EDITION, "--trail", "--lang", "en") == 0
    assert "the trail lacks votes or publications that are there: 3" in capsys.readouterr().out


def test_a_copy_without_its_register_publishes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """It would protect what comes next as if nothing were known yet."""
    desk.approve("jurist", "privacy")
    assert desk.run("publish", EDITION) == 0
    (desk.content / "published").rename(desk.root / "elders")
    before = files_of(desk.root)
    for more in ((), ("--dry-run",)):
        capsys.readouterr()
        assert desk.run("publish", EDITION, *more) == 15
        told = capsys.readouterr().err
        assert "approvals/trail.jsonl:3:1" in told
        assert f"version 1 of {EDITION} was published, and is not in the register" in told
    assert files_of(desk.root) == before


def test_the_trail_goes_on_through_publishing_and_forgetting(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.change("policy.yaml", "approvals: {value: 2,", "approvals: {value: 0,")
    assert desk.run("publish", EDITION, "--by", "hoofd-redactie") == 0
    assert desk.run("publish", EDITION) == 0
    assert desk.run("forget", EDITION, "--by", "archief") == 0
    capsys.readouterr()
    assert desk.run("review", EDITION, "--trail", "--json") == 0
    events = json.loads(capsys.readouterr().out)["events"]
    (entry,) = read_published(desk.content).log
    assert [(each["what"], each["who"], each["about"]) for each in events] == [
        ("published", "hoofd-redactie", entry.record),
        ("forgot", "archief", entry.record),
    ]
    assert events[0]["day"] == "2026-07-03"


def test_the_trail_tells_who_made_looked_at_approved_and_took_back_a_release(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = str(desk.root / "proef")
    assert desk.run("build", "--candidates", EDITION, "--site", proof, "--by", "redactie") == 0
    desk.site = desk.root / "site"
    assert desk.run("review", EDITION, "--report", str(desk.root / "rapport.html"), "--by", "privacy") == 0
    desk.approve("jurist", "hoofd")
    assert desk.run("publish", EDITION, "--by", "hoofd-redactie") == 0
    with (desk.content / "editions" / f"{EDITION}.yaml").open("a", encoding="utf-8") as file:
        file.write("corrections:\n  - {version: 2, date: 2026-12-01, note: Dubbel geteld., withdraws: true}\n")
    desk.approve("jurist", "hoofd")
    assert desk.run("publish", EDITION, "--by", "hoofd-redactie") == 0
    capsys.readouterr()
    assert desk.run("review", EDITION, "--trail", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    voted = [(what, who) for what, who in ((each["what"], each["who"]) for each in told["events"]) if what == "voted"]
    assert [(each["what"], each["version"]) for each in told["events"]] == [
        ("built", 1), ("reviewed", 1), ("voted", 1), ("voted", 1), ("published", 1), ("voted", 2), ("voted", 2),
        ("withdrawn", 2),
    ]  # fmt: skip
    assert [each["who"] for each in told["events"] if each["what"] != "voted"] == [
        "redactie", "privacy", "hoofd-redactie", "hoofd-redactie",
    ]  # fmt: skip
    assert len(set(voted)) == 2
    before = "0" * 64
    for line in told["trail"]:
        assert json.loads(line)["before"] == before
        before = sha256(line.encode()).hexdigest()
    assert told["head"] == before


def test_who_does_not_say_who_they_are_leaves_nothing_by_looking(desk: Desk) -> None:
    before = files_of(desk.content)
    assert desk.run("build", "--candidates", EDITION, "--site", str(desk.root / "proef")) == 0
    assert desk.run("review", EDITION, "--report", str(desk.root / "rapport.html")) == 0
    assert files_of(desk.content) == before


def test_a_dry_run_tells_what_is_frozen_for_whom_on_which_grounds_and_when(
    whole_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    whole_desk.approve("jurist", "privacy")
    before = files_of(whole_desk.root)
    capsys.readouterr()
    assert whole_desk.run("publish", EDITION, "--dry-run", "--lang", "nl") == 0
    said = capsys.readouterr().out
    assert "als dit geen proef was:\nversie 1 van 2025, definitief, " in said
    assert "voor iedereen: getallen in tabellen (3):" in said
    assert "voor iedereen: organisaties met naam: 1" in said
    assert "grond: goedkeuringen 2 (" in said
    assert "goedkeuringen in het logboek: 2" in said
    assert "kalender: uiterlijk 2026-07-01, verstuurd 2026-07-03, gepubliceerd 2026-07-03" in said
    assert "kalender: te laat, in dagen: 2; Het tellen van de gesprekken duurde twee dagen langer." in said
    assert "vertrouwelijk geheugen: published/2025/memory-1.json" in said
    assert files_of(whole_desk.root) == before
    assert whole_desk.run("publish", EDITION, "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told["warnings"]].count("W107") == 3
    assert (told["named"], told["due"], told["sent"], len(told["approvals"])) == (1, "2026-07-01", "2026-07-03", 2)
    assert told["exact"] + told["rounded"] + told["hidden"] > told["tables"] == 3


def test_a_dry_run_of_a_list_for_inspection_tells_who_may_see_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.approve("jurist", "privacy", edition="gesprekspartners")
    assert desk.run("publish", "gesprekspartners", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "for everybody: a notice that the list is not public, and why" in said
    assert "for inspection: " in said


def test_a_trail_that_is_broken_does_not_undo_what_was_published(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.change("policy.yaml", "approvals: {value: 2,", "approvals: {value: 0,")
    (desk.content / "approvals").mkdir()
    (desk.content / "approvals" / "trail.jsonl").write_text("{}\n")
    assert desk.run("publish", EDITION) == 0
    assert "done, but not kept in the trail: approvals/trail.jsonl:1:1" in capsys.readouterr().err
    assert desk.run("review", EDITION, "--trail") == 15


def test_a_trail_of_two_branches_tells_what_to_keep_and_who_approves_again() -> None:
    trail = with_event(Box(), Event("voted", EDITION, 1, date(2026, 5, 1), "jurist", "0" * 64)).files[TRAIL]
    both = b"<<<<<<< HEAD\n" + trail + b"=======\n" + trail + b">>>>>>> andere\n"
    with pytest.raises(RegisterNotWhole) as refused:
        read_trail(Box({TRAIL: both}))
    (told,) = map(str, refused.value.problems)
    assert told == (
        "approvals/trail.jsonl:1:1: marks that git left when it merged two versions"
        " (keep one of the versions; who is missing in it then, approves again)"
    )


@pytest.mark.parametrize(
    "name", ["trail.jsonl", "2025/vote-1-0123456789abcdef.json", "2025/vote-1-0123456789abcdef.sig"]
)
def test_line_ends_that_git_changed_on_windows_are_told_as_that_and_not_as_a_forgery(tmp_path: Path, name: str) -> None:
    for each, data in ((name, b"{}\r\n"), ("2025/vote-1-0123456789abcdef.json.age", b"age\r\n")):
        (tmp_path / "approvals" / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "approvals" / each).write_bytes(data)
    with pytest.raises(NotApproved) as refused:
        read_box(tmp_path)
    (told,) = map(str, refused.value.problems)
    assert told.startswith(f"approvals/{name}: line ends that are not those of the file as it was written")


def test_who_did_it_is_a_function_and_not_a_name(desk: Desk) -> None:
    with pytest.raises(SystemExit):
        desk.run("publish", EDITION, "--by", "Een Naam")


def test_a_program_that_hears_no_approvals_publishes_only_where_none_are_asked() -> None:
    source = a_source(())
    with pytest.raises(NotApproved) as refused:
        by_nobody(a_subject(), source)
    assert "0 of 2 approvals are in" in str(refused.value.problems[0])
    none = replace(source.policy, approvals=replace(source.policy.approvals, value=0))
    assert by_nobody(a_subject(), replace(source, policy=none)) == ()


# --- the example --------------------------------------------------------------------------------------------------------


def test_the_invented_people_of_the_example_approve_it_with_the_same_bytes_each_time() -> None:
    source = a_source(())
    found = {tuple(approved_by_everybody(a_subject(), source)) for _ in range(2)}
    assert [len(each) for each in found] == [2]
    assert source.policy.approvals.value == 2
