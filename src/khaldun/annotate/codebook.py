"""The codebook that a kit reads with: all kinds and the words that evoke them, of the house and of the user.

It is a frozen value of the kit, so that kits with different kinds live in one process. Every doc carries the tables it
is read with, since the rules go by tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from khaldun.annotate.grammar import tie_words, trigger_table
from khaldun.annotate.grammar.tie_words import Ties, ties, with_own_cues
from khaldun.annotate.grammar.trigger_table import Table, table, with_own_words
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.roles.fillers import CONDITIONS
from khaldun.errors import InvalidKnowledge
from khaldun.kind_files import Problem
from khaldun.ontology import Kinds
from khaldun.own_kinds import OwnKind, own_kinds


@dataclass(frozen=True, slots=True)
class Codebook:
    """The compiled trigger table and relation lexicon."""

    triggers: Table
    ties: Ties

    @property
    def kinds(self) -> Kinds:
        """All kinds by id."""
        return self.triggers.kinds


def load_codebook(folder: Path | None = None) -> Codebook:
    """The house's codebook, with the kinds of a folder if one is given. Raises InvalidKnowledge for a broken file."""
    own = own_kinds(folder)
    if problems := list(condition_problems(own)):
        raise InvalidKnowledge("kinds of your own: " + "; ".join(map(str, problems)))
    return codebook_with(own)


def codebook_with(own: tuple[OwnKind, ...]) -> Codebook:
    """The house's codebook with those kinds, which must be sound."""
    house = Codebook(table(), ties())
    return Codebook(with_own_words(house.triggers, own), with_own_cues(house.ties, own)) if own else house


def carry(parse: Parse, codebook: Codebook) -> None:
    """Gives every doc of a report the tables that it is to be read with."""
    for passage in parse.passages:
        passage.doc.user_data[trigger_table.CARRIED] = codebook.triggers
        passage.doc.user_data[tie_words.CARRIED] = codebook.ties


def condition_problems(own: tuple[OwnKind, ...]) -> Iterator[Problem]:
    """What the triggers ask of a phrase and no condition or list of words answers."""
    house = table().lists
    taken: dict[str, str] = dict.fromkeys(house, "the house")
    for each in own:
        for name in each.lists:
            if name in {*taken, *CONDITIONS}:
                owner = taken.get(name, "the house")
                yield Problem(each.file, "lists", f"'{name}' is a list of {owner}", "give the list a name of its own")
            taken[name] = each.file
        known = {*CONDITIONS, *house, *each.lists}
        for number, row in enumerate(each.triggers, 1):
            for part, names in (("needs", known), ("bars", {"any", *house, *each.lists})):
                for value in (row.get(part) or {}).values():
                    if value not in names:
                        mend = f"write one of {', '.join(sorted(names))}, or a list of your own under `lists:`"
                        yield Problem(each.file, f"triggers, entry {number}, {part}", f"'{value}' is not known", mend)
