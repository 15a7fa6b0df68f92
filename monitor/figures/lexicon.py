"""The words of the reader: one YAML file a language, validated on load, compiled once on first use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from models.enums import Lang

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Letters:
    fold: Mapping[str, str]
    apostrophes: str
    dashes: str
    ignorable: str
    composed: Mapping[str, tuple[str, str]]
    cyrillic_twins: Mapping[str, str]
    latin_twins: Mapping[str, str]
    only: Mapping[Lang, str]
    common: Mapping[Lang, frozenset[str]]


@cache
def letters() -> Letters:
    data = _data("letters")
    twins: dict[str, str] = data["homoglyphs"]
    return Letters(
        fold=data["fold"],
        apostrophes=data["apostrophes"],
        dashes=data["dashes"],
        ignorable=data["ignorable"],
        composed={whole: (parts[0], parts[1]) for whole, parts in data["composed"].items()},
        cyrillic_twins=twins,
        latin_twins={cyrillic: latin for latin, cyrillic in twins.items()},
        only={Lang.UK: data["letters"]["uk"], Lang.RU: data["letters"]["ru"]},
        common={Lang.UK: frozenset(data["common"]["uk"]), Lang.RU: frozenset(data["common"]["ru"])},
    )


@cache
def abbreviations(lang: Lang) -> frozenset[str]:
    """Words after whose full stop a sentence goes on."""
    return frozenset(_data(lang)["abbreviations"])


@cache
def _data(name: str) -> Any:
    source = files("monitor.figures").joinpath("languages", f"{name}.yaml")
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (both loaders are safe ones)
