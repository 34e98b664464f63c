"""Law: whatever the source and the tables, what goes public withstands every class of attacker, or nothing goes public.

The attackers are those of the audit, which reads the finished files and shares no code with the protection.
"""

from __future__ import annotations

import pytest

from tests.generated import generate
from tests.templates import PUBLIC
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.hearing import hear
from tweeluik.door.release import publication, release
from tweeluik.problems import UnsafeTables
from tweeluik.protection.claims import claims
from tweeluik.protection.editions import prove_editions
from tweeluik.public.site import render_site


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 12))])
@pytest.mark.parametrize(("protection", "editions"), [("suppression", 1), ("rounding", 1), ("rounding", 2)])
def test_no_attacker_gets_below_the_required_interval(seed: int, protection: str, editions: int) -> None:
    source = generate(seed, protection, editions=editions)  # type: ignore[arg-type]
    try:
        proven = prove_editions(source, {})
    except UnsafeTables:
        return
    releases = tuple(release(source, each) for each in proven.editions)
    files = render_site(publication(source.shell, releases), PUBLIC)
    assert audit(files, claims(proven.editions)).problems == ()
    assert proven.handed is None or hear(files, proven.handed).problems == ()
