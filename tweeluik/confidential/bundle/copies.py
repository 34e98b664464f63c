"""How many sealed files there are, and to whom each is sealed: to one role and the archive, never to more."""

from __future__ import annotations

from dataclasses import dataclass

from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.recipients import ARCHIVE
from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.words.papers import PAPERS

MOST = 99
"""Copies in one bundle: their file names have two digits."""


def mark_of(number: int, copies: int) -> str:
    """What is visible on every page of a copy; number 0 is the archive's."""
    return PAPERS.fill("copy.numbered", number=number, copies=copies) if number else PAPERS.text("copy.archive")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy to seal; number 0 is the archive's."""

    number: int
    copies: int
    recipients: tuple[Recipient, ...]

    @property
    def mark(self) -> str:
        """What is visible on every page."""
        return mark_of(self.number, self.copies)

    @property
    def roles(self) -> str:
        """Who can open it, in words."""
        return ", ".join(dict.fromkeys(each.role for each in self.recipients))

    @property
    def name(self) -> str:
        """The neutral name of the sealed file."""
        return f"exemplaar-{self.number:02}-van-{self.copies:02}.age" if self.number else "archief.age"


def deal(recipients: tuple[Recipient, ...], copies: int) -> tuple[Copy, ...]:
    """Numbered copies, dealt to the roles in turn and each sealed to {its role, archive}; the archive's own copy last.

    In the simple form there are no roles: every copy is sealed to everyone.
    """
    archive = tuple(each for each in recipients if each.role == ARCHIVE)
    names = dict.fromkeys(each.role for each in recipients if each.role != ARCHIVE)
    roles = tuple(tuple(each for each in recipients if each.role == name) for name in names)
    if not 1 <= copies <= MOST:
        raise WrongUsage(Problem(Place("copies"), "", "the number of copies cannot be", f"expected 1 to {MOST}"))
    if not archive:
        return tuple(Copy(number, copies, recipients) for number in range(1, copies + 1))
    if copies < len(roles):
        hint = f"there are {len(roles)} roles besides the archive: make at least as many copies"
        raise WrongUsage(Problem(Place("copies"), "", "fewer copies than roles", hint))
    numbered = (Copy(number, copies, (*roles[(number - 1) % len(roles)], *archive)) for number in range(1, copies + 1))
    return (*numbered, Copy(0, copies, archive))
