"""Files of tests are dealt to workers as `--dist loadfile` does, in a time that does not grow with all that there is.

What xdist looks up in the list of all tests, and counts anew of all that was done, at each of 12,000 tests takes seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class Dealing(LoadFileScheduling):
    """A file goes to the worker that is about to have nothing left."""

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each test stands in what the workers collected, which is the same for all of them."""
        assert self.collection is not None
        return {name: place for place, name in enumerate(self.collection)}

    def _assign_work_unit(self, node: WorkerController) -> None:
        file, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][file] = tests
        node.send_runtest_some([self._places[name] for name, is_done in tests.items() if not is_done])

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """A file whose last test is done is not counted again."""
        super().mark_test_complete(node, item_index, duration)
        work = self.assigned_work[node]
        file = self._split_scope(self.registered_collections[node][item_index])
        if all(work[file].values()):
            del work[file]
