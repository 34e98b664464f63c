"""Files of tests are dealt to workers as `--dist loadfile` does, in a time that does not grow with all that there is.

What xdist looks up in the list of all tests, and counts anew of all that was done, at each of 12,000 tests takes seconds.
And whoever looks at pages asks for a browser, for the page that opens a bundle, and for the site of the example, all of which
a worker makes once: one worker looks at them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

PAGES = frozenset(
    f"tests/outside/test_{name}.py"
    for name in (
        "browser", "browser_large", "browser_proofs", "browser_tables", "bundle_crafted", "bundle_opener", "html",
        "links_and_weights", "mending_page", "open_data", "pdf", "plain_dutch", "preview_live", "read_back", "read_back_words",
        "review_report", "review_room", "withdrawn",
    )
)  # fmt: skip
"""The files whose tests ask for one of these."""


class Dealing(LoadFileScheduling):
    """A file goes to the worker that is about to have nothing left; of those that look at pages all to the same one."""

    _looking: WorkerController | None = None

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each test stands in what the workers collected, which is the same for all of them."""
        assert self.collection is not None
        return {name: place for place, name in enumerate(self.collection)}

    def _assign_work_unit(self, node: WorkerController) -> None:
        file = self._next_for(node)
        tests = self.assigned_work[node][file] = self.workqueue.pop(file)
        node.send_runtest_some([self._places[name] for name, is_done in tests.items() if not is_done])

    def _next_for(self, node: WorkerController) -> str:
        """The first file, but for those at which another looks; of these, too, when nothing else is left."""
        if self._looking not in self.assigned_work:
            self._looking = None
        others = self._looking is not None and self._looking is not node
        file = next((each for each in self.workqueue if not (others and each in PAGES)), next(iter(self.workqueue)))
        if file in PAGES and self._looking is None:
            self._looking = node
        return file

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """A file whose last test is done is not counted again."""
        super().mark_test_complete(node, item_index, duration)
        work = self.assigned_work[node]
        file = self._split_scope(self.registered_collections[node][item_index])
        if all(work[file].values()):
            del work[file]
