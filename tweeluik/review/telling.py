"""What a standing says to people: problems with a cure where it may not go out, lines where somebody asks how it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tweeluik.problems import NotApproved, Place, Problem
from tweeluik.review.box import FOLDER
from tweeluik.review.standing import Judged, Standing, Worth
from tweeluik.words.said import Said, message, said

_TOLD = 5
"""So many changed files are named."""

_WHAT: Mapping[Worth, tuple[str, str]] = {
    "stale": ("this approval is about other bytes", "look again, and approve again"),
    "unknown": (
        "the key of this approval is in no line of allowed_signers",
        "add the line if it is right, or remove it",
    ),
    "expired": (
        "the key of this approval may not be used today, or not any more on the day of publication",
        "see valid-after and valid-before in allowed_signers",
    ),
    "forged": ("the signature is not over this approval by its key", "remove the file, and find out who put it there"),
    "unreadable": ("not an approval with its signature", "remove the file, and let that person approve again"),
    "own": ("this approval is by who wrote the last change", "let somebody else approve"),
    "repeated": ("this person has approved already, with another key", "let somebody else approve"),
}


def refuse_closed(standing: Standing) -> None:
    """Let nothing out that is not approved.

    Raises:
        NotApproved: with everything that is in the way. What somebody voted is told only when all votes are in.
    """
    if not standing.is_open:
        raise NotApproved(tuple(_problems(standing)))


def _problems(standing: Standing) -> Iterator[Problem]:
    for each in standing.votes:
        if each.worth != "counts":
            yield Problem(Place(each.file), "", _what(each), _WHAT[each.worth][1])
    if not standing.are_in:
        what = f"this edition is not approved: {len(standing.counting)} of {standing.needed} approvals are in"
        yield Problem(Place(FOLDER), "", what, "let them use the command approve")
    elif standing.state == "held":
        for each in standing.counting:
            if each.answer == "not-yet":
                what, hint = "somebody says: not yet", "read the remark with `approve EDITION`, mend or answer it"
                yield Problem(Place(each.file), "", what, hint)


def _what(vote: Judged) -> str:
    """What is the matter with a vote, and which files changed where that is it."""
    if not vote.changed:
        return _WHAT[vote.worth][0]
    more = f" and {len(vote.changed) - _TOLD} more" if len(vote.changed) > _TOLD else ""
    return f"this approval is about other bytes; changed since: {', '.join(vote.changed[:_TOLD])}{more}"


def tell_standing(standing: Standing) -> Iterator[Said]:
    """How it is, for a terminal."""
    if standing.state == "not-needed":
        yield said("the policy asks no approvals")
        return
    state = said(_STATES[standing.state])
    what = "{number} of {needed} approvals are in; {state}"
    yield said(what, number=len(standing.counting), needed=standing.needed, state=state)
    for each in standing.votes:
        key = each.fingerprint or said("no key")
        yield said("{who} ({key}): {vote}", who=each.person or each.file, key=key, vote=_about(standing, each)).below()
        for what, text in (("remark: {text}", each.remark), ("answer: {text}", each.reply)):
            if text and standing.tells(each):
                yield said(what, text=text).below().below()


def _about(standing: Standing, vote: Judged) -> Said:
    told = said("has voted")
    if standing.tells(vote):
        told = said("yes" if vote.answer == "yes" else "not yet")
    return told if vote.worth == "counts" else said("{one}; {other}", one=told, other=message(_what(vote)))


_STATES = {
    "refused": "something among them is no approval: nothing goes out before that is cleared up",
    "waiting": "what they say is told when all are in",
    "held": "not everybody agrees yet",
    "approved": "it may be published",
}


def standing_as_data(standing: Standing) -> dict[str, object]:
    """For `--json`; as blind as for people."""
    return {
        "state": standing.state,
        "needed": standing.needed,
        "counting": len(standing.counting),
        "votes": [
            {
                "file": each.file,
                "worth": each.worth,
                "who": each.fingerprint,
                "changed": list(each.changed),
                "answer": each.answer if standing.tells(each) else None,
            }
            for each in standing.votes
        ],
    }
