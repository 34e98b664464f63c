"""The fence around every room: imports that would break a promise are planted one by one, and each is refused.

They are planted in the graph of imports that the contracts of `.importlinter` are checked on, as one line of code would.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache, lru_cache
from pathlib import Path

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.application.user_options import UserOptions
from importlinter.configuration import configure
from importlinter.domain.contract import Contract, registry

ROOT = Path(__file__).parents[2]

WRONG = ["", "door.release -> confidential.bundle.dossier", "door.release -> public.site", "door.release -> checks.audit.claims", "selection.rules -> confidential.age.sealing", "selection.rules -> protection.safety", "selection.tables -> public.points", "selection.explain -> disk.durable", "selection.tables -> checks.guard.patterns", "public.points -> source.records", "public.site -> protection.claims", "public.pages -> door.withheld", "public.texts -> selection.rules", "public.site -> record.register", "public.annex -> typst", "public.charts -> checks.audit.claims", "public.pages -> disclosure.rounding", "checks.audit.auditor -> protection.safety", "checks.audit.auditor -> checks.guard.leaks", "checks.audit.solver -> disclosure.solver", "checks.audit.published -> door.release", "checks.audit.pages -> public.pages", "checks.audit.pages -> record.register", "checks.guard.leaks -> checks.audit.pages", "checks.guard.leaks -> door.withheld", "checks.guard.leaks -> record.model", "checks.guard.leaks -> source.records", "disclosure.system -> record.cell", "disclosure.rounding -> source.records", "disclosure.suppression -> words.dutch", "disclosure.suppression -> time", "disclosure.solver -> protection.safety", "words.folding -> source.records", "words.dutch -> record.model", "paper.tags -> record.model", "paper.typesetting -> disk.durable", "record.model -> source.records", "record.register -> protection.agreement", "record.canonical -> checks.audit.published", "disk.tree -> record.model", "source.load -> record.register", "source.load -> disk.tree", "source.records -> public.points", "source.load -> protection.keys", "source.texts -> yaml", "source.load -> sheets.taking", "sheets.files.xlsx -> source.records", "sheets.importing -> disk.loose", "sheets.importing -> time", "selection.rules -> sheets.taking", "protection.editions -> door.release", "protection.safety -> checks.audit.attack", "protection.claims -> checks.audit.auditor", "protection.keyed_noise -> random", "protection.rounding -> public.grid", "confidential.bundle.dossier -> public.points", "confidential.bundle.dossier -> protection.editions", "confidential.bundle.dossier -> door.release", "confidential.bundle.container -> pyrage", "confidential.bundle.sealed -> checks.audit.auditor", "confidential.at_rest.exclusions -> pipeline.steps", "confidential.bundle.sealed -> http", "pipeline.steps -> cli.console", "pipeline.steps -> pyrage", "pipeline.steps -> time", "cli.commands.publish -> door.release", "cli.commands.explain -> public.texts", "cli.commands.check -> checks.guard.leaks", "cli.commands.check -> cli.commands.build", "cli.commands.build -> disclosure.solver", "cli.commands.open -> subprocess", "cli.console -> cli.making", "source.reader -> source.load", "public.texts -> markupsafe", "public.message -> markdown_it", "public.pages -> jinja2", "confidential.bundle.letter -> jinja2", "door.withheld -> anyascii", "source.pages -> phonenumbers", "protection.safety -> highspy", "checks.audit.attack -> highspy", ""][1:-1]  # fmt: skip

RIGHT = ["", "cli.commands.check -> source.load", "pipeline.summary -> record.canonical", "confidential.bundle.sealed -> paper.typesetting", "door.withheld -> selection.rules", "protection.safety -> disclosure.solver", "checks.audit.pages -> words.dutch", "public.pages -> paper.tags", ""][1:-1]  # fmt: skip
"""Imports that nobody needs today, and that no contract forbids: the fence does not refuse everything."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("tweeluik", include_external_packages=True, cache_dir=None)


DEAR = {"forbidden": 1, "layers": 2, "acyclic_siblings": 2, "independence": 2}
"""Kinds of contracts that take ten times as long as others: asked when no other refuses a line."""


@cache
def contracts() -> tuple[Contract, ...]:
    configure()
    options: UserOptions = use_cases.read_user_options(str(ROOT / ".importlinter"))
    use_cases._register_contract_types(options)
    return tuple(
        registry.get_contract_class(each["type"])(
            name=each["name"],
            session_options=options.session_options,
            contract_options={key: value for key, value in each.items() if key not in {"name", "type", "id"}},
        )
        for each in sorted(options.contracts_options, key=lambda each: DEAR.get(each["type"], 0))
    )


def full(name: str) -> str:
    return name if name in graph().modules and not name.startswith("tweeluik") else f"tweeluik.{name}"


@lru_cache(maxsize=32)
def planted(line: str) -> grimp.ImportGraph:
    """The graph with one import more, which it must not have yet, between modules that are there."""
    importer, imported = (full(each) for each in line.split(" -> "))
    whole = deepcopy(graph())
    assert importer in whole.modules
    assert imported in whole.modules
    assert not whole.direct_import_exists(importer=importer, imported=imported)
    whole.add_import(importer=importer, imported=imported, line_number=1, line_contents=f"import {imported}")
    return whole


@cache
def breaks(line: str, contract: Contract) -> bool:
    """Whether one import more breaks the contract: asked once, by whoever is the first to need it."""
    return is_broken(contract, planted(line))


def is_broken(contract: Contract, whole: grimp.ImportGraph) -> bool:
    return not contract.check(deepcopy(whole), verbose=False).kept


def test_as_it_stands_every_contract_is_kept() -> None:
    assert [each.name for each in contracts() if is_broken(each, graph())] == []


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_import_is_refused(line: str) -> None:
    assert any(breaks(line, each) for each in contracts())


@pytest.mark.parametrize("line", RIGHT)
def test_an_import_that_breaks_no_promise_is_not(line: str) -> None:
    assert [each.name for each in contracts() if breaks(line, each)] == []


def test_every_contract_refuses_some_plant() -> None:
    """A contract that nothing can break guards nothing."""
    assert [each.name for each in contracts() if not any(breaks(line, each) for line in reversed(WRONG))] == []
