"""Why an organisation is in an edition or left out, rule by rule. Confidential: for the editor's own screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.selection.rules import Facts, PartnerRule, select, unmet
from tweeluik.source.records import Edition, Partner, Source

WARNING = "confidential: this names organisations; do not copy it into a log, a ticket or a mail"


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """One organisation in one edition. `unmet`: the rules of the population that it does not meet, in order.

    `contributor`: the id of its umbrella, or its own; organisations with the same one count as one contributor when a
    number is judged safe or not. `conversations`: how many of its conversations the edition counts.
    """

    edition: Edition
    partner: Partner
    unmet: tuple[PartnerRule, ...]
    contributor: str
    conversations: int

    @property
    def is_in(self) -> bool:
        """Whether the edition is about this organisation."""
        return not self.unmet


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
    asked = {partner.id for partner in partners}
    for partner in (each for each in facts.reference.partners if each.id in asked):
        rules, contributor = tuple(unmet(facts, partner)), selection.holding[partner.id]
        yield Verdict(edition, partner, rules, contributor, counted[partner.id])


def as_lines(verdicts: tuple[Verdict, ...]) -> Iterator[str]:
    """The verdicts as lines for a terminal, per edition; the organisations that are in come first."""
    for edition in dict.fromkeys(each.edition for each in verdicts):
        own = sorted((each for each in verdicts if each.edition is edition), key=lambda each: not each.is_in)
        yield f"{edition.id} ({edition.population}, {edition.period.start} to {edition.period.until})"
        yield from (f"  {_sentence(each)}" for each in own)
        yield f"  {sum(each.is_in for each in own)} in, {sum(not each.is_in for each in own)} left out"


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
        }
        for each in verdicts
    ]


def _sentence(verdict: Verdict) -> str:
    who = f"{verdict.partner.id}  {verdict.partner.name}"
    if verdict.is_in:
        together = f"; one contributor with {verdict.contributor}" if verdict.contributor != verdict.partner.id else ""
        return f"in   {who}: meets every rule; {verdict.conversations} conversation(s) counted{together}"
    rules = "; ".join(f"{rule.number} {rule.name}" for rule in verdict.unmet)
    return f"out  {who}: does not meet {rules}"
