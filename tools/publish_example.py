"""Publish the invented example, edition by edition: `python -m tools.publish_example FOLDER`.

The register in the folder is made anew; the same source gives the same bytes by the same program. A later program may
protect otherwise: what stands in `content/published/` stays, as in any register. Two years are published whole and
stand side by side, a third as far as it went; of the second list for inspection there is a concept for the preview.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.example_keys import PEOPLE, allowed_line, write_key
from tweeluik.pipeline.freezing import make_publication
from tweeluik.record.register import FOLDER, read_published, replace_register
from tweeluik.review.box import Box
from tweeluik.review.judging import Rules, judge
from tweeluik.review.signers import parse_signers
from tweeluik.review.subject import Subject
from tweeluik.review.telling import refuse_closed
from tweeluik.review.votes import Vote, sign_vote
from tweeluik.source.records import Source

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FINAL = ("gesprekspartners-2023-2024", "2025", "2026")
PROVISIONAL, DAY = "2027", date(2027, 9, 1)


def publish_example(content: Path) -> None:
    """Take away what was published, and publish it again in the order of the days."""
    shutil.rmtree(content / FOLDER, ignore_errors=True)
    for edition in FINAL:
        _publish(content, edition)
    _publish(content, PROVISIONAL, DAY, provisional=True)


def _publish(content: Path, edition: str, day: date | None = None, *, provisional: bool = False) -> None:
    seen = read_published(content)
    made = make_publication(
        content, TEMPLATES, edition=edition, day=day, provisional=provisional, approve=approved_by_everybody
    )
    replace_register(content, seen, made.published.files)


def approved_by_everybody(subject: Subject, source: Source) -> Sequence[str]:
    """The approvals of the invented people, who look at nothing; judged as those of real ones are."""
    box = Box()
    with TemporaryDirectory() as folder:
        for who in PEOPLE:
            vote = Vote(subject.edition, subject.version, subject.digest, "yes", "", subject.day)
            box = box.with_vote(subject, sign_vote(vote, write_key(who, Path(folder))), None)
    signers = parse_signers("\n".join(map(allowed_line, PEOPLE)))
    standing = judge(box, subject, Rules(source.policy.approvals.value, signers, subject.day))
    refuse_closed(standing)
    return standing.digests


if __name__ == "__main__":
    publish_example(Path(sys.argv[1]))
