"""Values of `khaldun.model` as JSON and back, equal to what went in.

Fields that hold their default are left out, so an added field with a default reads old rows. Where a field
may hold one of several dataclasses, the value is wrapped in its class's name: `{"Locus": {…}}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from khaldun import model

T = TypeVar("T")


def dump(value: object, hint: object) -> str:
    """`value`, of the type `hint`, as one line of JSON; fields and keys keep their order."""
    return _json(_plain(value, hint))


def load(text: str, hint: type[T]) -> T:
    """The value of type `hint` (a dataclass, or a generic such as `tuple[Part, ...]`) that `dump` wrote."""
    return cast(T, _value(json.loads(text), hint))


def dump_frame(frame: model.Frame, known: Mapping[str, model.Mention]) -> str:
    """A frame as JSON; mentions of its roles that the report lists (`known`, by id) are kept as their ids."""
    plain = _plain(frame, model.Frame)
    plain["roles"] = {
        role: [m.id if known.get(m.id) == m else _plain(m, model.Mention) for m in mentions]
        for role, mentions in frame.roles.items()
    }
    return _json(plain)


def load_frame(text: str, known: Mapping[str, model.Mention]) -> model.Frame:
    """The frame that `dump_frame` wrote, given the mentions of its report by id."""
    plain = json.loads(text)
    roles = {
        role: tuple(known[m] if isinstance(m, str) else _value(m, model.Mention) for m in mentions)
        for role, mentions in plain.pop("roles").items()
    }
    frame: model.Frame = _value({**plain, "roles": {}}, model.Frame)
    return replace(frame, roles=roles)


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, hint: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):  # datetime is one, too
        return value.isoformat()
    if is_dataclass(value):
        fields_ = _plain_fields(value)
        return {type(value).__name__: fields_} if len(_classes(hint)) > 1 else fields_
    if isinstance(value, Mapping):
        of = get_args(_some(hint))[1]
        return {key: _plain(item, of) for key, item in value.items()}
    items = sorted(value) if isinstance(value, frozenset) else value
    of = get_args(_some(hint))[0]
    return [_plain(item, of) for item in items]


def _plain_fields(value: Any) -> dict[str, Any]:
    hints = _hints(cast(type, type(value)))
    return {
        f.name: _plain(getattr(value, f.name), hints[f.name])
        for f in fields(value)
        if not _is_default(f, getattr(value, f.name))
    }


def _is_default(f: Field[Any], value: object) -> bool:
    if f.default is not MISSING:
        return f.default == value and type(f.default) is type(value)
    return f.default_factory is not MISSING and f.default_factory() == value


# A reader of a type is made once; most of the time of reading a store is spent in these.
_Reader = Callable[[Any], Any]


def _value(plain: Any, hint: Any) -> Any:
    return _reader(hint)(plain)


@cache
def _reader(hint: Any) -> _Reader:
    """What turns JSON into a value of the type; None stays None whatever the type."""
    hint = _some(hint)
    classes = _classes(hint)
    if len(classes) > 1:
        return _reader_of_one(classes)
    if is_dataclass(hint):
        return _reader_of_fields(cast(type, hint))
    return _reader_of_simple(hint)


def _reader_of_one(classes: tuple[type, ...]) -> _Reader:
    readers = {kind.__name__: _reader(kind) for kind in classes}

    def read(plain: Any) -> Any:
        if plain is None:
            return None
        ((name, inner),) = plain.items()
        return readers[name](inner)

    return read


def _reader_of_fields(kind: type) -> _Reader:
    hints = _hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(plain: Any) -> Any:
        if plain is None:
            return None
        return kind(**{name: readers[name](item) for name, item in plain.items()})

    return read


def _reader_of_simple(hint: Any) -> _Reader:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (tuple, frozenset):
        items, of = cast(Callable[[Any], Any], origin), _reader(args[0])
        return lambda plain: None if plain is None else items(of(item) for item in plain)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        each = _reader(args[1])
        return lambda plain: None if plain is None else {key: each(item) for key, item in plain.items()}
    makers: dict[Any, _Reader] = {datetime: datetime.fromisoformat, date: date.fromisoformat, float: float}
    make = makers.get(hint)
    return _as_it_is if make is None else lambda plain: None if plain is None else make(plain)


def _as_it_is(plain: Any) -> Any:
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _some(hint: Any) -> Any:
    """`X` of `X | None`; a union of several stays a union."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    some = tuple(arg for arg in get_args(hint) if arg is not NoneType)
    return some[0] if len(some) == 1 else Union[some]  # noqa: UP007 - built at run time


def _classes(hint: Any) -> tuple[type, ...]:
    """The dataclasses among the alternatives of `hint`."""
    alternatives = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return tuple(a for a in alternatives if isinstance(a, type) and is_dataclass(a))
