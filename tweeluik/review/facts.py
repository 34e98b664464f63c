"""What a reviewer has to know of a release beside its pages: what changed in the source, and what to look at.

Confidential. Everything here follows from the source and the register: no clock, no order of files. Its digest is a
part of what is approved, so that a change behind equal numbers takes the approvals back too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from tweeluik.record.cell import Rounded, Suppressed
from tweeluik.record.model import Entry, Release
from tweeluik.record.register import Published
from tweeluik.review.changes import Changes, find_changes
from tweeluik.selection.microdata import Microdata, Unit, microdata, unit_id
from tweeluik.selection.rules import Selection, is_named, select
from tweeluik.selection.secret import secret_of
from tweeluik.source.records import Approvals, Edition, Partner, Source
from tweeluik.words import dutch
from tweeluik.words.reviewing import REVIEW
from tweeluik.words.wording import DIMENSIONS


@dataclass(frozen=True, slots=True, repr=False)
class Moved:
    """An organisation that came, went or is counted otherwise since the version or edition that it is compared with.

    `what`: `erbij`, `eruit` or `anders`; `why` in words: the rule that it does not meet, or the divisions that differ.
    """

    id: str
    name: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the checklist: what is asked, what is found, and whether somebody must look (`aandacht`)."""

    asked: str
    found: str
    needs_attention: bool


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """All of it. `compared`: in words, with what the organisations were compared; empty when there was nothing."""

    changes: Changes
    compared: str
    moved: tuple[Moved, ...]
    checklist: tuple[Check, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over all that it says, the files apart: those are in the subject themselves."""
        raw = asdict(self)
        raw["changes"] = {name: value for name, value in asdict(self.changes).items() if name != "files"}
        return sha256(json.dumps(raw, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """A version on its way out, with what is needed to tell about it.

    `memory` is the microdata of what it is compared with: its own earlier version, or else the edition of before.
    """

    source: Source
    edition: Edition
    release: Release
    day: date
    before: Published
    memory: Microdata | None
    differences: tuple[str, ...] = ()
    exemptions: int = 0


def find_facts(proposed: Proposed) -> Facts:
    """What there is to know of a version that is proposed."""
    edition, release = proposed.edition, proposed.release
    versions = proposed.before.register.get(edition.id, ())
    selection = select(proposed.source, edition)
    memory = proposed.memory if _is_comparable(proposed) else None
    return Facts(
        find_changes(versions[-1] if versions else None, release),
        _compared(memory, edition),
        () if memory is None else tuple(_moved(proposed.source, memory, selection)),
        tuple(_checklist(proposed, selection)),
    )


# --- who came and who went --------------------------------------------------------------------------------------------


def _compared(memory: Microdata | None, edition: Edition) -> str:
    if memory is None:
        return ""
    same = memory.edition == edition.id
    if same:
        return REVIEW.text("moved.version", version=str(memory.version))
    return REVIEW.text("moved.edition", edition=memory.edition)


def _is_comparable(proposed: Proposed) -> bool:
    """Whether anybody in the memory is known in the source: with another key nobody would be."""
    key = secret_of(proposed.source)
    own = {unit_id(key, each.id) for each in proposed.source.partners}
    return proposed.memory is not None and any(unit.id in own for unit in proposed.memory.units)


def _moved(source: Source, memory: Microdata, selection: Selection) -> Iterator[Moved]:
    """In the order of the names; who is known in the memory only, and not in the source any more, has no name left."""
    key = secret_of(source)
    then = {unit.id: unit for unit in memory.units}
    now = {unit.id: unit for unit in microdata(source, selection, key).units}
    own = {unit_id(key, each.id): each for each in source.partners}
    rules = {each.partner.id: each.rule.number for each in selection.left_out}
    found = (_one(partner, then.get(unit), now.get(unit), rules.get(partner.id, "")) for unit, partner in own.items())
    yield from sorted((each for each in found if each is not None), key=lambda each: (each.name.casefold(), each.id))
    gone = len(then.keys() - own.keys())
    if gone:
        who = REVIEW.text(dutch.plural(gone, "moved.gone_one", "moved.gone"), count=str(gone))
        yield Moved("", who, REVIEW.text("moved.out"), REVIEW.text("moved.not_in_source"))


def _one(partner: Partner, then: Unit | None, now: Unit | None, rule: str) -> Moved | None:
    if then is None and now is not None:
        return Moved(partner.id, partner.name, REVIEW.text("moved.in"), REVIEW.text("moved.meets_all"))
    if then is not None and now is None:
        why = RULES.get(rule, REVIEW.text("moved.continues"))
        return Moved(partner.id, partner.name, REVIEW.text("moved.out"), why)
    other = () if then is None or now is None else tuple(_otherwise(then, now))
    return Moved(partner.id, partner.name, REVIEW.text("moved.otherwise"), ", ".join(other)) if other else None


def _otherwise(then: Unit, now: Unit) -> Iterator[str]:
    """In what an organisation is counted otherwise: of the divisions that both know."""
    sides = {name for name, _ in then.codes} & {name for name, _ in now.codes}
    for side in sorted(sides):
        if {code for name, code in then.codes if name == side} != {code for name, code in now.codes if name == side}:
            yield DIMENSIONS[side].inside.one
    if then.holding != now.holding:
        yield REVIEW.text("moved.umbrella")
    if then.named != now.named:
        yield REVIEW.text("moved.named")


RULES: Mapping[str, str] = {rule: REVIEW.text(f"rule.{rule}") for rule in REVIEW.section("rule")}
"""The rules of the letter in the words of a reviewer."""


# --- the checklist ----------------------------------------------------------------------------------------------------


def _checklist(proposed: Proposed, selection: Selection) -> Iterator[Check]:
    release = proposed.release
    for asked, found in (("leaks", "leaks_none"), ("attack", "attack_failed"), ("twice", "twice_answered")):
        yield _check(asked, _said(found), needs_attention=False)
    if release.withdrawal is not None:
        yield _check("withdrawn", _said("withdrawn_why", note=release.withdrawal.note), needs_attention=True)
    yield _numbers(release)
    yield _due(release, proposed.day)
    yield _parliament(release)
    yield _names(proposed.edition, selection, proposed.day)
    yield _approvals(proposed.source.policy.approvals, proposed.before.log)
    if proposed.exemptions:
        yield _check("exemptions", _said("exemptions_count", count=str(proposed.exemptions)), needs_attention=True)
    if release.status == "provisional":
        yield _check("over", _said("over_not"), needs_attention=True)
    for each in proposed.differences:
        yield _check("differs", each, needs_attention=True)


def _check(asked: str, found: str, *, needs_attention: bool) -> Check:
    return Check(_said(asked), found, needs_attention=needs_attention)


def _said(key: str, **given: str) -> str:
    return REVIEW.text(f"checklist.{key}", **given)


def _approvals(asked: Approvals, log: Sequence[Entry]) -> Check:
    """How many must approve: fewer than approved the publication before is for somebody to judge, and so is nobody.

    It is a line of what is approved, so that whoever asks fewer takes the votes back.
    """
    before = len(log[-1].approvals) if log else 0
    key = "approvals_others" if asked.not_by_author else "approvals_by_author"
    found = _said(key if asked.value else "approvals_none", count=str(asked.value))
    fewer = _said("approvals_before", count=str(before)) if asked.value < before else ""
    return _check("approvals", f"{found} {fewer}".strip(), needs_attention=asked.value < max(before, 1))


MUCH_HIDDEN = Fraction(2, 5)
"""Of all numbers: where more are not shown an edition says little, and another method may say more. Our own choice."""


def _numbers(release: Release) -> Check:
    cells = [content for table in release.tables for content in table.cells.values()]
    hidden = sum(isinstance(each, Suppressed) for each in cells)
    rounded = sum(isinstance(each, Rounded) for each in cells)
    if not cells:
        return _check("numbers", _said("numbers_none"), needs_attention=False)
    exact = len(cells) - hidden - rounded
    counts = {"all": len(cells), "exact": exact, "rounded": rounded, "hidden": hidden}
    found = _said("numbers_count", **{name: str(count) for name, count in counts.items()})
    return _check("numbers", found, needs_attention=hidden > MUCH_HIDDEN * len(cells))


def _due(release: Release, day: date) -> Check:
    """By the day on which it was sent; as long as it was not, by that of its publication."""
    if release.due is None:
        return _check("due", _said("due_none"), needs_attention=True)
    late = ((release.sent or day) - release.due).days
    if late <= 0:
        return _check("due", _said("due_kept", day=dutch.day(release.due)), needs_attention=False)
    why = _said("late_why", why=release.late) if release.late else _said("late_why_not")
    key = dutch.plural(late, "due_late_one", "due_late")
    return _check("due", _said(key, count=str(late), day=dutch.day(release.due), why=why), needs_attention=True)


def _parliament(release: Release) -> Check:
    is_there = release.parliament is not None
    return _check("paper", _said("paper_yes" if is_there else "paper_no"), needs_attention=not is_there)


def _names(edition: Edition, selection: Selection, day: date) -> Check:
    """Consents are of before the day of publication, or somebody must look."""
    named = [each for each in selection.partners if is_named(each, edition)]
    given = [one.consent for each in named for one in each.named_in if one.edition == edition.id]
    early = sum(each > day for each in given)
    key = ("named_early" if early else "named_all") if named else "named_none"
    return _check("named", _said(key, count=str(len(named)), early=str(early)), needs_attention=bool(early))
