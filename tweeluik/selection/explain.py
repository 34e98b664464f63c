"""Why an organisation is in an edition or left out, rule by rule. Confidential: for the editor's own screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.selection.rules import Facts, PartnerRule, select, unmet
from tweeluik.source.records import TRAITS, Edition, Partner, Source, Trait
from tweeluik.words.said import Said, commas, said, semicolons

WARNING = "confidential: this names organisations; do not copy it into a log, a ticket or a mail"


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """One organisation in one edition. `unmet`: the rules of the population that it does not meet, in order.

    `partner` is as it was on the reference date. `contributor`: the id of its umbrella then, or of the oldest that it
    continues, or its own; organisations with the same one count as one contributor when a number is judged safe or not.
    `conversations`: how many of its conversations the edition counts. `continued_by`: with whom it is counted, when it
    had ended. `changes`: which traits are otherwise now.
    """

    edition: Edition
    partner: Partner
    unmet: tuple[PartnerRule, ...]
    contributor: str
    conversations: int
    continued_by: tuple[str, ...]
    changes: tuple[Trait, ...]

    @property
    def is_in(self) -> bool:
        """Whether the edition is about this organisation."""
        return not self.unmet and not self.continued_by


def explain(source: Source, partner_id: str | None = None) -> tuple[Verdict, ...]:
    """A verdict per edition and organisation, of all organisations or of one.

    Raises:
        WrongUsage: no organisation has that id.
    """
    partners = tuple(each for each in source.partners if partner_id in (None, each.id))
    if not partners and partner_id is not None:
        raise WrongUsage(Problem(Place("partners"), "id", "no organisation has this id", "ids look like p-7f3a9c"))
    return tuple(verdict for edition in source.editions for verdict in _verdicts(source, edition, partners))


def _verdicts(source: Source, edition: Edition, partners: tuple[Partner, ...]) -> Iterator[Verdict]:
    facts, selection = Facts(source, edition), select(source, edition)
    counted = Counter(partner for each in selection.conversations for partner in set(each.partners))
    now = {partner.id: partner for partner in partners}
    for partner in (each for each in facts.reference.partners if each.id in now):
        heirs = selection.continued.get(partner.id, ())
        yield Verdict(
            edition,
            partner,
            unmet=tuple(unmet(facts, partner)),
            contributor=selection.holding[heirs[0] if heirs else partner.id],
            conversations=counted[partner.id],
            continued_by=heirs,
            changes=tuple(each for each in TRAITS if getattr(partner, each) != getattr(now[partner.id], each)),
        )


def as_lines(verdicts: tuple[Verdict, ...]) -> Iterator[Said]:
    """The verdicts as lines for a terminal, per edition; the organisations that are in come first."""
    for edition in dict.fromkeys(each.edition for each in verdicts):
        own = sorted((each for each in verdicts if each.edition is edition), key=lambda each: not each.is_in)
        yield said(
            "{edition} ({population}, {start} to {until}, as it was on {day})",
            edition=edition.id,
            population=edition.population,
            start=str(edition.period.start),
            until=str(edition.period.until),
            day=str(edition.reference_date),
        )
        yield from (_sentence(each).below() for each in own)
        within = sum(each.is_in for each in own)
        yield said("{within} in, {out} left out", within=within, out=len(own) - within).below()


def as_data(verdicts: tuple[Verdict, ...]) -> list[dict[str, object]]:
    """The verdicts for a program."""
    return [
        {
            "edition": each.edition.id,
            "id": each.partner.id,
            "in": each.is_in,
            "unmet": [rule.number for rule in each.unmet],
            "contributor": each.contributor,
            "conversations": each.conversations,
            "reference_date": each.edition.reference_date.isoformat(),
            "kind": each.partner.kind,
            "region": each.partner.region,
            "changed_since": list(each.changes),
            "continued_by": list(each.continued_by),
        }
        for each in verdicts
    ]


def _sentence(verdict: Verdict) -> Said:
    who = said("{id}  {name}", id=verdict.partner.id, name=verdict.partner.name)
    then = _since_then(verdict)
    if verdict.continued_by:
        what = "out  {who}: had ended, and is counted with {others}{then}"
        return said(what, who=who, others=", ".join(verdict.continued_by), then=then)
    if verdict.is_in:
        what = "in   {who}: meets every rule; {number} conversation(s) counted{together}{then}"
        return said(what, who=who, number=verdict.conversations, together=_together(verdict), then=then)
    rules = [_rule(each, verdict) for each in verdict.unmet]
    return said("out  {who}: does not meet {rules}{then}", who=who, rules=semicolons(rules), then=then)


def _since_then(verdict: Verdict) -> Said:
    if not verdict.changes:
        return said("")
    return said(" (since then otherwise: {traits})", traits=commas(map(said, verdict.changes)))


def _together(verdict: Verdict) -> Said:
    if verdict.contributor == verdict.partner.id:
        return said("")
    return said("; one contributor with {id}", id=verdict.contributor)


def _rule(rule: PartnerRule, verdict: Verdict) -> Said:
    return said("{number} {name}{why}", number=rule.number, name=said(rule.name), why=_why(rule, verdict))


def _why(rule: PartnerRule, verdict: Verdict) -> Said:
    """Of an endorsement that is not in force: since when, or from when."""
    day = verdict.edition.reference_date
    if rule.number != "L7" or not verdict.partner.endorsed:
        return said("")
    ended = [each.until for each in verdict.partner.endorsed if each.until is not None and each.until < day]
    if ended:
        return said(" (endorsed until {day})", day=str(max(ended)))
    return said(" (endorsed from {day})", day=str(min(each.start for each in verdict.partner.endorsed)))
