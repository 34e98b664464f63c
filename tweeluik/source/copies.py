"""What stands twice in the source: a code that is defined again, and a file that is another one once more.

OneDrive, a laptop that was not connected and people leave such a file, under any name. Of one it is told that it is a
copy, and not of each of its records that it is there already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping

from tweeluik.problems import Place, Problem
from tweeluik.source.reading import Doubled, Reading
from tweeluik.source.records import Conversation, Partner

LEAST = 3
"""So many conversations that another file has too, and no other one, are no chance."""

_COPY = "a file that says what another one says already"


def nothing_is_defined_twice(reading: Reading) -> Iterator[Problem]:
    """A code is one thing, and a file of organisations is there once."""
    copies = dict(_copied_partners(reading))
    for file, other in copies.items():
        is_all_of_it = _count(reading, file) == _count(reading, other)
        yield _copy(*(sorted((file, other), key=len, reverse=True) if is_all_of_it else (file, other)))
    for each in reading.doubled:
        if each.target != "partner" or each.place.file not in copies:
            yield Problem(each.place, each.path, "used twice", f"the first is at {each.earlier}")


def conversations_are_in_one_file(reading: Reading) -> Iterator[Problem]:
    """A file of conversations is there once: each of them would count twice."""
    told = _conversations(reading)
    files = defaultdict[Hashable, list[str]](list)
    for file, said in told.items():
        for each in said:
            files[each].append(file)
    copies = set[str]()
    for file in sorted(told, key=lambda each: (told[each].total(), -len(each), each)):
        others = (each for each in files[next(iter(told[file]))] if each != file and each not in copies)
        other = next((each for each in others if told[file] <= told[each]), None)
        if told[file].total() >= LEAST and other is not None:
            copies.add(file)
            yield _copy(file, other)


def _copied_partners(reading: Reading) -> Iterator[tuple[str, str]]:
    """Files of which every organisation stands in one other file."""
    own = {place.file for place in reading.defined.get("partner", {}).values()}
    again = defaultdict[str, list[Doubled]](list)
    for each in reading.doubled:
        if each.target == "partner":
            again[each.place.file].append(each)
    for file in again.keys() - own:
        other, *more = {each.earlier.file for each in again[file]}
        if not more and (len(again[file]) > 1 or _has_one_name(reading, file, other)):
            yield file, other


def _count(reading: Reading, file: str) -> int:
    return sum(each.node.place.file == file for each in reading.all(Partner))


def _has_one_name(reading: Reading, *files: str) -> bool:
    """Whether the organisations of these files have one name: else somebody copied a record to change it."""
    names = {found.record.name for found in reading.all(Partner) if found.node.place.file in files}
    return len(names) == 1


def _conversations(reading: Reading) -> Mapping[str, Counter[Hashable]]:
    told = defaultdict[str, Counter[Hashable]](Counter)
    for each in reading.all(Conversation):
        said = each.record
        what = said.date, frozenset(said.partners), said.form, said.context, said.subject, frozenset(said.measures)
        told[each.node.place.file][what] += 1
    return told


def _copy(file: str, other: str) -> Problem:
    """The longer of two names is that of the copy."""
    return Problem(Place(file), "", _COPY, f"keep one of the two: see {other}")
