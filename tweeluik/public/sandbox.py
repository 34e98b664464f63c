"""What a template runs in: it reaches nothing but what it was given, and it does no more than a page can need.

How much it does is counted and not timed: the same template stops at the same turn on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MOST_STEPS = 2_000_000
"""Of one file; our own pages take one for every twelve bytes, so this is some 24 MB of page."""

_LETTERS_A_STEP = 64
"""A text or a whole number is a step more for so many letters or bits; another list one for everything in it."""

_OF_CHANCE = ("random", "lipsum")
"""What Jinja offers and what says something else in every build."""

_GROWS = frozenset({"*", "**", "%", "+", "//"})
"""What makes a large value of small ones, or takes long with large ones."""

_METHODS = (MethodType, BuiltinMethodType)
_STEP, _WEIGH = "_step", "_weigh"


class DoesTooMuch(Exception):
    """A template does more than any page needs."""


class _Steps:
    """How many are left of one file."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def take(self, number: int) -> None:
        """So many.

        Raises:
            DoesTooMuch: there are none left.
        """
        self.left -= number
        if self.left < 0:
            raise DoesTooMuch

    def weigh(self, value: Any) -> Any:  # noqa: ANN401 - whatever a template makes
        """The value, for as many steps as its size says."""
        self.take(1 + _size(value))
        return value


def _size(value: object) -> int:
    if isinstance(value, str | bytes):
        return len(value) // _LETTERS_A_STEP
    if isinstance(value, int):
        return value.bit_length() // _LETTERS_A_STEP
    return len(value) if isinstance(value, list | tuple | dict | range) else 0


def _effort(operator: str, left: object, right: object) -> int:
    """Steps that an operation takes beside what its answer weighs."""
    if isinstance(left, int) and isinstance(right, int):
        if operator == "**":
            return (left.bit_length() * max(right, 0) // _LETTERS_A_STEP) ** 2
        return (1 + _size(left)) * (1 + _size(right)) - 1
    if operator == "*":
        many, times = (left, right) if isinstance(right, int) else (right, left)
        if isinstance(times, int) and isinstance(many, str | bytes | list | tuple):
            return len(many) * max(times, 0) // (_LETTERS_A_STEP if isinstance(many, str | bytes) else 1)
    return 0


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, which counts, and which asks of every kind of value and every name once whether it may be reached.

    No answer to that follows from anything else; a page asks a thousand times, and that took a fifth of all rendering.
    """

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as there
        self.steps = _Steps()
        self.intercepted_binops = _GROWS
        super().__init__(*args, finalize=self._written, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        for name in _OF_CHANCE:
            self.filters.pop(name, None)
            self.globals.pop(name, None)
        self.know_filters({**self.filters, _WEIGH: lambda value: value})
        self.filters[_STEP] = self._step

    def know_filters(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """Some more; what they make is counted."""
        self.filters.update({name: self._counted(each) for name, each in filters.items()})

    @contextmanager
    def measured(self) -> Iterator[None]:
        """While one file is made."""
        self.steps.left = MOST_STEPS
        yield

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as there
        """As there; what comes of it is weighed."""
        return self.steps.weigh(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as there
        """As there; counted before it is made, because some of these would never end."""
        self.steps.take(_effort(operator, left, right))
        return self.steps.weigh(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - as there
        """As there, asked once."""
        asked = type(obj), attr
        known = self._safe.get(asked)
        if known is None:
            known = self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return known

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as there
        """As there, with less to do where the answer is known."""
        # What was safe of this kind before, and is no method: only a method can be the `format` of a text.
        if self._safe.get((type(obj), attribute)):
            value = getattr(obj, attribute, None)
            if value is not None and not isinstance(value, _METHODS):
                return value
        return super().getattr(obj, attribute)

    def _counted(self, made: Callable[..., Any]) -> Callable[..., Any]:
        weigh = self.steps.weigh

        @wraps(made)
        def counted(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as the filter
            for each in args:
                weigh(each)
            return weigh(made(*args, **named))

        return counted

    @pass_context
    def _written(self, context: Context, value: Any) -> Any:  # noqa: ANN401 - whatever a template writes
        if isinstance(value, list | tuple):
            # Of lists in lists a little memory may be text without end.
            for each in value:
                self._written(context, each)
        elif isinstance(value, Iterator) or (callable(value) and not isinstance(value, Undefined)):
            # It would say where it is in memory, which is somewhere else in every build.
            raise SecurityError
        return self.steps.weigh(value)

    @pass_context
    def _step(self, context: Context, value: Any) -> Any:  # noqa: ANN401, ARG002 - a context: never worked out beforehand
        self.steps.take(1)
        return value


class _Counted(CodeGenerator):
    """A template as a program that counts what the environment does not see."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: ANN401, N802 - as there
        super().visit_Template(_Counting().visit(node), frame)


class _Counting(NodeTransformer):
    """A step for every turn of a loop, also one that is passed over, and for every other template.

    Texts that are joined are weighed.
    """

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - as there
        self.generic_visit(node)
        node.body.insert(0, _one_step(node))
        if node.test is not None:
            node.test = nodes.And(_filtered(nodes.Const(True), _STEP), node.test, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - as there
        self.generic_visit(node)
        return _filtered(node, _WEIGH)

    def visit_Include(self, node: nodes.Include) -> list[nodes.Node]:  # noqa: N802 - as there
        self.generic_visit(node)
        return [_one_step(node), node]


def _one_step(node: nodes.Node) -> nodes.ExprStmt:
    step = nodes.ExprStmt(_filtered(nodes.Const(True), _STEP))
    step.set_lineno(node.lineno, override=True)
    return step


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


Sandbox.code_generator_class = _Counted
