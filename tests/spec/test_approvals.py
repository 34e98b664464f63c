"""When an edition may go out: who may approve, what takes an approval back, and that all of it is blind until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from itertools import product
from pathlib import Path

import pytest

from tests.stages.some_approvals import DAY, a_line, a_subject, a_vote
from tweeluik.problems import NotApproved
from tweeluik.review.box import Box, short
from tweeluik.review.judging import Author, Rules, judge
from tweeluik.review.signers import fingerprint_of, parse_signers
from tweeluik.review.standing import Judged, Standing, State, Worth
from tweeluik.review.telling import refuse_closed, standing_as_data, tell_standing
from tweeluik.review.votes import Answer, Signed

WHO = ("jurist", "privacy", "hoofd")


is_by = cache(Signed.is_by)
Files = frozenset[tuple[str, bytes]]


@pytest.fixture(autouse=True)
def _each_signature_is_verified_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is asked for every signature that is new; thousands of sequences have the same few."""
    monkeypatch.setattr(Signed, "is_by", is_by)


def rules(needed: int = 2, *lines: str, today: date = DAY, author: Author | None = None) -> Rules:
    signers = parse_signers("\n".join(lines or map(a_line, WHO)))
    return Rules(needed, signers, today, author or Author())


def a_box(*cast: Signed, page: str = "a") -> Box:
    box = Box()
    for each in cast:
        box = box.with_vote(a_subject(page), each, None)
    return box


def worths(box: Box, by: Rules, page: str = "a") -> list[Worth]:
    return sorted(each.worth for each in judge(box, a_subject(page), by).votes)


def state(box: Box, by: Rules, page: str = "a") -> State:
    return judge(box, a_subject(page), by).state


@cache
def judged(files: Files, page: str, version: int, by: Callable[[], Rules]) -> Standing:
    """As `judge`: many ways lead to the same few boxes, and what it says follows from what it is given."""
    return judge(Box(dict(files)), a_subject(page, version=version), by())


# --- every state, by every way ----------------------------------------------------------------------------------------

EVENTS: tuple[tuple[str, ...], ...] = (
    *((who, answer) for who in WHO for answer in ("yes", "not-yet")),
    ("the bytes change",),
    ("the key of jurist ends",),
)


@dataclass(frozen=True)
class Told:
    """What happened, read in the simplest way: the box, the bytes, and who last said what about which bytes."""

    box: Box = field(default_factory=Box)
    page: str = "a"
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    has_ended: bool = False

    def after(self, event: tuple[str, ...]) -> Told:
        match event:
            case (who, "yes" | "not-yet" as answer):
                box = self.box.with_vote(a_subject(self.page), a_vote(who, answer, self.page), None)
                return replace(self, box=box, said={**self.said, who: (answer, self.page)})
            case ("the bytes change",):
                return replace(self, page="b" if self.page == "a" else "a")
            case _:
                return replace(self, has_ended=True)

    @property
    def fresh(self) -> list[str]:
        by = {who: each for who, each in self.said.items() if not (self.has_ended and who == "jurist")}
        return [answer for answer, about in by.values() if about == self.page]


@pytest.mark.parametrize(
    ("needed", "longest"), [(0, 2), (1, 3), (2, 3), (3, 4), pytest.param(2, 4, marks=pytest.mark.long)]
)
def test_after_any_events_a_release_is_open_when_and_only_when_enough_people_want_these_bytes(
    needed: int, longest: int
) -> None:
    """Told apart by a second, simpler reading."""
    lines = a_line("jurist", 'valid-before="20260703"'), *map(a_line, WHO[1:])
    whole, ended = partial(rules, needed), partial(rules, needed, *lines)

    def walk(told: Told, events: tuple[tuple[str, ...], ...]) -> int:
        by, fresh = ended if told.has_ended else whole, told.fresh
        standing = judged(frozenset(told.box.files.items()), told.page, 1, by)
        assert standing.is_open == (needed == 0 or (len(fresh) >= needed and set(fresh) == {"yes"})), events
        assert len(standing.digests) == (len(fresh) if needed and standing.is_open else 0), events
        more = EVENTS if len(events) < longest else ()
        return 1 + sum(walk(told.after(event), (*events, event)) for event in more)

    assert walk(Told(), ()) == sum(len(EVENTS) ** length for length in range(longest + 1))


# --- every way in which something may go wrong between -----------------------------------------------------------------

AUTHOR, STRANGER, SECOND = "jurist wrote the last change", "a stranger votes", "jurist votes with a second key"
FORGED, CLEARED, NEXT = (
    "somebody forges a vote of privacy",
    "what was no vote is removed",
    "it goes out; a correction comes",
)
ENDED, CHANGED = "the key of jurist ends", "the bytes change"
OCCURRENCES: tuple[str | tuple[str, str], ...] = (
    ("jurist", "yes"), ("jurist", "not-yet"), ("privacy", "yes"), ("privacy", "not-yet"), ("hoofd", "yes"),
    AUTHOR, STRANGER, SECOND, FORGED, CLEARED, NEXT, ENDED, CHANGED,
)  # fmt: skip


class Release:
    """A release as the program keeps it, and beside it who last said what, in plain words."""

    def __init__(self) -> None:
        self.box, self.page, self.version = Box(), "a", 1
        self.said = dict[tuple[int, str], tuple[str, str]]()
        self.tampered = dict[tuple[int, str], str]()
        self.is_author = self.is_ended = False

    def occur(self, what: str | tuple[str, str]) -> None:
        match what:
            case (who, "yes" | "not-yet" as answer):
                self.vote(who, answer)
            case "jurist votes with a second key":
                self.vote("tweede", "yes")
            case "a stranger votes":
                self.put(a_vote("vreemde", "yes", self.page, version=self.version))
                self.tampered[self.version, "vreemde"] = STRANGER
            case "somebody forges a vote of privacy":
                real, other = (a_vote("privacy", each, self.page, version=self.version) for each in ("yes", "not-yet"))
                self.put(Signed(real.vote, other.signature))
                self.tampered[self.version, "privacy"] = FORGED
                self.said.pop((self.version, "privacy"), None)
            case "what was no vote is removed":
                keys = {short(a_vote(who).key or b"") for _, who in self.tampered}
                files = {name: data for name, data in self.box.files.items() if not any(key in name for key in keys)}
                self.said = {
                    about: said
                    for about, said in self.said.items()
                    if about[1] not in {who for _, who in self.tampered}
                }
                self.box, self.tampered = Box(files), {}
            case "it goes out; a correction comes":
                self.version += 1
            case "jurist wrote the last change":
                self.is_author = True
            case "the key of jurist ends":
                self.is_ended = True
            case _:
                self.page = "b" if self.page == "a" else "a"

    def vote(self, who: str, answer: Answer) -> None:
        self.put(a_vote(who, answer, self.page, version=self.version))
        self.said[self.version, who] = (answer, self.page)
        self.tampered.pop((self.version, who), None)

    def put(self, signed: Signed) -> None:
        self.box = self.box.with_vote(a_subject(self.page, version=self.version), signed, None)

    def after(self, what: str | tuple[str, str]) -> Release:
        later = copy(self)
        later.said, later.tampered = dict(self.said), dict(self.tampered)
        later.occur(what)
        return later

    def standing(self, needed: int) -> Standing:
        files = frozenset(self.box.files.items())
        return judged(files, self.page, self.version, rules_by(needed, self.is_ended, self.is_author))

    def is_open(self, needed: int) -> bool:
        """By a second, simpler reading."""
        answers = dict[str, set[str]]()
        for (version, who), (answer, page) in self.said.items():
            person = "jurist" if who == "tweede" else who
            lapsed = (who == "jurist" and self.is_ended) or (person == "jurist" and self.is_author)
            if (version, page) == (self.version, self.page) and not lapsed:
                answers.setdefault(person, set()).add(answer)
        is_clean = not any(version == self.version for version, _ in self.tampered)
        return is_clean and len(answers) >= needed and all(each == {"yes"} for each in answers.values())


@cache
def rules_by(needed: int, is_ended: bool, is_author: bool) -> Callable[[], Rules]:
    jurist = a_line("jurist", 'valid-before="20260703"' if is_ended else "")
    second = a_line("tweede").replace("tweede", "jurist", 1)
    author = Author(names=frozenset({"jurist"})) if is_author else None
    return partial(rules, needed, jurist, second, *map(a_line, WHO[1:]), author=author)


@cache
def sequences(longest: int) -> Mapping[tuple[object, ...], Release]:
    """Every sequence of occurrences, and the release after it."""
    if longest == 0:
        return {(): Release()}
    shorter = sequences(longest - 1)
    begun = {events: release for events, release in shorter.items() if len(events) == longest - 1}
    return {
        **shorter,
        **{(*events, event): release.after(event) for events, release in begun.items() for event in OCCURRENCES},
    }


@pytest.mark.parametrize("needed", [1, 2])
def test_no_sequence_of_what_may_go_wrong_lets_a_release_out_that_not_enough_people_want(needed: int) -> None:
    standings = {events: (each.standing(needed).is_open, each) for events, each in sequences(3).items()}
    assert len(standings) == sum(len(OCCURRENCES) ** length for length in range(4))
    assert [events for events, (is_open, each) in standings.items() if is_open != each.is_open(needed)] == []
    assert sum(is_open for is_open, _ in standings.values()) > 50


TAMPERED = {"unknown", "forged", "unreadable"}
WORTHS: tuple[Worth, ...] = ("counts", "stale", "unknown", "expired", "forged", "unreadable", "own", "repeated")


@pytest.mark.parametrize("needed", range(4))
def test_the_state_of_any_three_votes(needed: int) -> None:
    one: list[tuple[Worth, Answer]] = list(product(WORTHS, ("yes", "not-yet")))
    for three in product(one, repeat=3):
        standing = Standing(
            needed, tuple(Judged(str(n), worth, answer=answer) for n, (worth, answer) in enumerate(three))
        )
        counting = [answer for worth, answer in three if worth == "counts"]
        if not needed:
            expected: State = "not-needed"
        elif any(worth in TAMPERED for worth, _ in three):
            expected = "refused"
        elif len(counting) < needed:
            expected = "waiting"
        else:
            expected = "held" if "not-yet" in counting else "approved"
        assert standing.state == expected, three
        assert standing.is_open == (expected in {"approved", "not-needed"})


# --- what a vote is worth ---------------------------------------------------------------------------------------------


def test_two_people_who_say_yes_are_enough_where_two_are_asked_and_one_is_not() -> None:
    assert state(a_box(a_vote("jurist")), rules(2)) == "waiting"
    assert state(a_box(a_vote("jurist"), a_vote("privacy")), rules(2)) == "approved"


def test_one_person_with_two_keys_is_one_person() -> None:
    by = rules(2, a_line("jurist"), a_line("tweede").replace("tweede", "jurist", 1))
    box = a_box(a_vote("jurist"), a_vote("tweede"))
    assert worths(box, by) == ["counts", "repeated"]
    assert state(box, by) == "waiting"


def test_who_says_yes_with_one_key_and_not_yet_with_another_says_not_yet() -> None:
    by = rules(1, a_line("jurist"), a_line("tweede").replace("tweede", "jurist", 1))
    assert state(a_box(a_vote("jurist"), a_vote("tweede", "not-yet")), by) == "held"


def test_a_key_on_no_line_is_nobodys_and_stops_everything() -> None:
    box = a_box(a_vote("jurist"), a_vote("privacy"), a_vote("vreemde"))
    assert worths(box, rules(2)) == ["counts", "counts", "unknown"]
    assert state(box, rules(2)) == "refused"


@pytest.mark.parametrize(
    ("today", "worth"),
    [
        (date(2026, 7, 2), "expired"),
        (date(2026, 7, 3), "counts"),
        (date(2026, 12, 31), "counts"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_period_has_a_first_day_and_ends_before_its_last(today: date, worth: Worth) -> None:
    line = a_line("jurist", 'valid-after="20260703",valid-before="20270101"')
    assert worths(a_box(a_vote("jurist")), rules(1, line, today=today)) == [worth]


def test_a_second_line_goes_on_where_the_period_of_the_first_ended() -> None:
    lines = (a_line("jurist", 'valid-before="20260101"'), a_line("jurist", 'valid-after="20260601"'))
    assert worths(a_box(a_vote("jurist")), rules(1, *lines)) == ["counts"]


@pytest.mark.parametrize(
    ("ends", "worth"),
    [("20260702", "expired"), ("20260703", "expired"), ("20260704", "counts"), ("20260703 20260801", "counts")],
)
@pytest.mark.parametrize("clock", [date(2025, 7, 3), date(2026, 7, 2)])
def test_a_clock_that_is_set_back_gives_no_key_its_period_back(ends: str, worth: Worth, clock: date) -> None:
    """Of a publication on 3 July 2026: the key must hold on that day too, be it by a second line."""
    lines = [a_line("jurist", f'valid-before="{day}"') for day in ends.split()]
    assert worths(a_box(a_vote("jurist")), rules(1, *lines, today=clock)) == [worth]


def test_a_key_that_is_to_hold_from_the_day_of_publication_does_not_hold_before_it() -> None:
    line = a_line("jurist", 'valid-after="20260703"')
    assert worths(a_box(a_vote("jurist")), rules(1, line, today=date(2026, 7, 2))) == ["expired"]


def test_a_changed_byte_takes_the_vote_back_and_says_which_file() -> None:
    (vote,) = judge(a_box(a_vote("jurist")), a_subject("b"), rules(1)).votes
    assert (vote.worth, vote.changed) == ("stale", ("index.html",))


def test_another_day_record_or_report_takes_it_back_too() -> None:
    box, now = a_box(a_vote("jurist")), a_subject()
    other = replace(now, day=date(2026, 7, 4), record="4" * 64, report="5" * 64)
    (vote,) = judge(box, other, rules(1)).votes
    assert vote.changed == ("the day of publication", "the public record", "the change report")


def test_bytes_that_are_what_they_were_make_the_vote_good_again() -> None:
    box = a_box(a_vote("jurist"))
    assert [state(box, rules(1), page) for page in "aba"] == ["approved", "waiting", "approved"]


def test_the_signature_of_one_vote_is_none_over_another() -> None:
    yes, no = a_vote("jurist"), a_vote("jurist", "not-yet")
    assert worths(a_box(Signed(yes.vote, no.signature)), rules(1)) == ["forged"]


def test_a_vote_on_another_edition_or_version_is_none_on_this() -> None:
    box = a_box(a_vote("jurist"))
    moved = Box({name.replace("vote-1-", "vote-2-"): data for name, data in box.files.items()})
    (vote,) = judge(moved, a_subject(version=2), rules(1)).votes
    assert vote.worth == "forged"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda files, name: {**files, name: b"{}"},
        lambda files, name: {**files, name: files[name] + b"\n"},
        lambda files, name: {**files, name.replace(".json", ".sig"): b"geen handtekening"},
        lambda files, name: {each: data for each, data in files.items() if each != name.replace(".json", ".sig")},
        lambda files, name: {each: data for each, data in files.items() if each != name},
    ],
    ids=["empty", "longer", "another signature", "no signature", "no vote"],
)  # fmt: skip
def test_half_a_vote_is_no_vote(spoil: Callable[[dict[str, bytes], str], dict[str, bytes]]) -> None:
    box = a_box(a_vote("jurist"))
    name = f"2025/vote-1-{short(a_vote('jurist').key or b'')}.json"
    assert worths(Box(spoil(dict(box.files), name)), rules(1)) == ["unreadable"]


@pytest.mark.parametrize("by_key", [True, False])
def test_who_wrote_the_last_change_does_not_count_by_name_or_by_key(*, by_key: bool) -> None:
    key = frozenset({fingerprint_of(a_vote("jurist").key or b"")})
    author = Author(fingerprints=key) if by_key else Author(names=frozenset({"jurist"}))
    box = a_box(a_vote("jurist"), a_vote("privacy"))
    assert worths(box, rules(2, author=author)) == ["counts", "own"]


def test_keys_that_are_not_ed25519_count_as_well() -> None:
    line = a_line("oud", kind="ecdsa")
    assert worths(a_box(a_vote("oud", kind="ecdsa")), rules(1, line)) == ["counts"]


# --- blind ------------------------------------------------------------------------------------------------------------


def test_before_all_are_in_everybody_sees_that_somebody_voted_and_not_what() -> None:
    standing = judge(a_box(a_vote("jurist", "not-yet")), a_subject(), rules(2))
    told = "\n".join(each.shown("en") for each in tell_standing(standing))
    assert "jurist" in told
    assert "has voted" in told
    assert "not yet" not in told
    assert "klopt niet" not in told
    assert [each["answer"] for each in standing_as_data(standing)["votes"]] == [None]  # type: ignore[attr-defined]
    with pytest.raises(NotApproved) as refused:
        refuse_closed(standing)
    assert "not yet" not in " ".join(map(str, refused.value.problems))


def test_when_all_are_in_the_remark_is_told_and_its_answer() -> None:
    vote = a_vote("jurist", "not-yet")
    box = a_box(vote, a_vote("privacy")).with_reply("2025", 1, short(vote.key or b""), vote, "Die zin is weg.", None)
    standing = judge(box, a_subject(), rules(2))
    told = "\n".join(each.shown("en") for each in tell_standing(standing))
    assert standing.state == "held"
    assert "remark: Een zin klopt niet." in told
    assert "answer: Die zin is weg." in told


def test_an_answer_belongs_to_one_vote_and_goes_with_it() -> None:
    vote = a_vote("jurist", "not-yet")
    box = a_box(vote).with_reply("2025", 1, short(vote.key or b""), vote, "Die zin is weg.", None)
    again = box.with_vote(a_subject("b"), a_vote("jurist", "not-yet", "b"), None)
    (judged,) = judge(again, a_subject("b"), rules(1)).votes
    assert (judged.worth, judged.reply) == ("counts", "")
    assert [each for each in again.files if "reply" in each] == []


def test_who_votes_the_same_once_more_keeps_the_answer() -> None:
    vote = a_vote("jurist", "not-yet")
    box = a_box(vote).with_reply("2025", 1, short(vote.key or b""), vote, "Die zin is weg.", None)
    assert box.with_vote(a_subject(), vote, None) == box


def test_after_a_change_the_remarks_stay_readable_though_they_do_not_count() -> None:
    box = a_box(a_vote("jurist", "not-yet"), a_vote("privacy"))
    standing = judge(box, a_subject("b"), rules(2))
    assert standing.state == "waiting"
    assert "remark: Een zin klopt niet." in "\n".join(each.shown("en") for each in tell_standing(standing))


def test_a_change_does_not_tell_what_one_alone_had_voted() -> None:
    standing = judge(a_box(a_vote("jurist", "not-yet")), a_subject("b"), rules(2))
    told = "\n".join(each.shown("en") for each in tell_standing(standing))
    assert "has voted; this approval is about other bytes" in told
    assert "klopt niet" not in told


# --- allowed_signers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (a_line("jurist").removeprefix("jurist "), "a key without the name of who signs with it"),
        (f"jurist,privacy {a_line('jurist').removeprefix('jurist ')}", "one line is one person"),
        (f"*@voorbeeld {a_line('jurist').removeprefix('jurist ')}", "one line is one person"),
        (a_line("jurist", 'namespaces="git"'), "this key is not for approvals"),
        (a_line("jurist", "cert-authority"), "an option that is not read"),
        (a_line("jurist", 'valid-before="20270230"'), "a day that does not exist"),
        (a_line("jurist", 'valid-before="morgen"'), "a day that does not exist"),
        (a_line("jurist", 'valid-before="20270101'), "quotes that do not close"),
        ("jurist ssh-dss AAAA", "a kind of key that is not known"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key stands where a public one belongs"),
        ("jurist ssh-ed25519 AAAA", "of another kind than its line says"),
        ("jurist ssh-ed25519 geen!", "the key is not whole"),
        ("jurist", "a key without the name of who signs with it"),
        (f"Anna {a_line('Klaver')}", "one line is one person"),
        (a_line("jurist", "namespaces=\u201cgoedkeuring@tweeluik\u201d"), "curly quotes"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----", "a private key stands"),
        (f'{a_line("jurist")} valid-before="20270101"', "an option behind the key, where nobody reads it"),
        (f"{a_line('jurist')} jurist, Valid-Before = 20270101", "an option behind the key, where nobody reads it"),
        (f"jurist@example.org {a_line('jurist').removeprefix('jurist ')}", "an address, or a sign behind the name"),
        (f"jurist: {a_line('jurist').removeprefix('jurist ')}", "an address, or a sign behind the name"),
        (f"<<<<<<< HEAD\n{a_line('jurist')}\n=======", "marks that git left"),
    ],
    ids=[
        "no name", "two names", "a pattern", "another namespace", "an authority", "no such day", "a word for a day",
        "open quotes", "an old kind of key", "a private key", "another kind of key", "half a key", "a name alone",
        "a name of two words", "curly quotes", "all of a private key",
        "an end behind the key", "an end in a comment", "an address", "a colon", "a merge",
    ],
)  # fmt: skip
def test_a_line_that_is_not_one_of_a_signer_is_told_with_its_number(line: str, what: str) -> None:
    with pytest.raises(NotApproved) as refused:
        parse_signers(f"# wie mag goedkeuren\n\n{line}\n")
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.place.line) == ("allowed_signers", 3)
    assert what in problem.what


def test_below_a_private_key_lines_are_read_again() -> None:
    private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----"
    with pytest.raises(NotApproved) as refused:
        parse_signers(f"{private}\njurist\n")
    assert [each.place.line for each in refused.value.problems] == [1, 4]


def test_one_key_is_never_that_of_two_people() -> None:
    with pytest.raises(NotApproved) as refused:
        parse_signers(f"{a_line('jurist')}\n{a_line('jurist').replace('jurist', 'privacy', 1)}")
    assert refused.value.problems[0].place.line == 2


@pytest.mark.parametrize("other", ["Jurist", "jur-ist", "jurist.", "\uff2a\uff35RIST"])
def test_one_person_is_not_two_by_the_way_a_name_is_written(other: str) -> None:
    with pytest.raises(NotApproved) as refused:
        parse_signers(f"{a_line('jurist')}\n{a_line('privacy').replace('privacy', other, 1)}")
    (problem,) = refused.value.problems
    assert (problem.place.line, problem.what) == (2, "this name is that on an earlier line, written otherwise")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r"])
def test_no_sign_within_a_comment_begins_a_line_with_a_key(sign: str) -> None:
    """An editor shows it as one line of a comment, and so does OpenSSH read it."""
    text = f"{a_line('jurist')}\n# vroeger{sign}{a_line('privacy')}\n"
    assert [each.person for each in parse_signers(text)] == ["jurist"]


def test_who_may_stand_between_quotes_and_options_may_hold_spaces() -> None:
    line = a_line("jurist", 'namespaces="goedkeuring@tweeluik",valid-after="20260101"').replace("jurist", '"jurist"', 1)
    (signer,) = parse_signers(line)
    assert (signer.person, signer.after, signer.before) == ("jurist", date(2026, 1, 1), None)


def test_ssh_keygen_itself_verifies_a_vote(tmp_path: Path) -> None:
    """As anybody would by hand, years later."""
    import subprocess  # noqa: PLC0415

    vote = a_vote("jurist")
    (tmp_path / "allowed_signers").write_text(a_line("jurist", 'namespaces="goedkeuring@tweeluik"'))
    (tmp_path / "vote.sig").write_bytes(vote.signature)
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        "allowed_signers",
        "-I",
        "jurist",
        "-n",
        "goedkeuring@tweeluik",
        "-s",
        "vote.sig",
    ]
    assert subprocess.run(command, input=vote.vote, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    command[9] = "git"
    assert subprocess.run(command, input=vote.vote, cwd=tmp_path, check=False, capture_output=True).returncode != 0
