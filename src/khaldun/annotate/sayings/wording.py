"""What a speaker does with words that a neutral cue presents: a call, a threat, an accusation, praise, a denial.

"The league has to open the road," the envoy said: the verb only says; the words call. The lists are in the part
`wordings` of ``lexicons/en/cues.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TypeAlias

from khaldun.annotate.sayings.saying import child, children, is_infinitive
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Stance

Words: TypeAlias = Mapping[Stance, Mapping[str, frozenset[str]]]
"""For each stance its lists of lemmas by name."""

_FIRST = frozenset(("we", "i"))
_OBLIGATION = frozenset(("should", "must", "ought"))
_FUTURE = frozenset(("will", "shall", "'ll"))


@cache
def _phrases() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "owning_up")


def read_wording(head: Token, words: Words, *, direct: bool) -> Stance | None:
    """The stance that the clause of `head` shows, or None. `direct` is for words in quotation marks or as good as."""
    clauses = [head, *children(head, "conj")]
    for stance, shows in _READINGS.items():
        if any(shows(clause, words.get(stance, {}), direct) for clause in clauses):
            return stance
    return None


def _calls(verb: Token, lists: Mapping[str, frozenset[str]], direct: bool) -> bool:
    if _lemma(verb) in _phrases() or (child(verb, "aux") is not None and _is_perfect(verb)):
        return False
    if any(t.text.lower() in _OBLIGATION for t in children(verb, "aux")):
        return True
    return _is_needed(verb, lists) or (direct and (_does_by_saying(verb, lists) or _is_bidden(verb)))


def _is_perfect(verb: Token) -> bool:
    """ "must have come": an inference."""
    return any(t.lemma_ == "have" and t.tag_ == "VB" for t in children(verb, "aux"))


def _is_needed(verb: Token, lists: Mapping[str, frozenset[str]]) -> bool:
    """ "*has to open* the road", "*need to stop*", in the present, of others than the speaker."""
    if _lemma(verb) not in lists.get("needing", ()) or verb.tag_ not in ("VBZ", "VBP"):
        return False
    return _subject(verb) != "i" and any(is_infinitive(c) for c in children(verb, "xcomp"))


def _is_bidden(verb: Token) -> bool:
    """An imperative: "*Open* the road at once"."""
    if verb.tag_ != "VB" or child(verb, "nsubj", "nsubjpass", "aux", "auxpass", "expl") is not None:
        return False
    return verb.dep_ in ("ROOT", "ccomp", "xcomp") and all(
        t.is_punct or t.dep_ in ("advmod", "intj") for t in verb.lefts
    )


def _threatens(verb: Token, lists: Mapping[str, frozenset[str]], direct: bool) -> bool:
    if not any(t.text.lower() in _FUTURE for t in children(verb, "aux")) or child(verb, "neg") is not None:
        return False
    if _subject(verb) in _FIRST:
        return direct and _lemma(verb) in lists.get("acts", ())
    return _subject(verb) in ("they", "you") and _lemma(verb) in lists.get("pays", ())


def _accuses(verb: Token, lists: Mapping[str, frozenset[str]], direct: bool) -> bool:
    if not direct:
        return False
    if _does_by_saying(verb, lists) or any(_is_epithet(t, lists) for t in verb.subtree):
        return True
    if child(verb, "neg") is not None or _subject(verb) in (*_FIRST, None):
        return False
    predicates = children(verb, "acomp", "attr", "oprd")
    if any(p.lemma_.lower() in lists.get("predicates", ()) for p in predicates):
        return True
    lemma, target = _lemma(verb), child(verb, "dobj")
    if verb.tag_ == "MD" or target is None or not _has_happened(verb):
        return False
    innocents = lists.get("innocents", ())
    return lemma in lists.get("wrongs", ()) or (lemma in lists.get("kills", ()) and target.lemma_.lower() in innocents)


def _has_happened(verb: Token) -> bool:
    return not any(t.tag_ in ("MD", "TO") for t in children(verb, "aux"))


def _is_epithet(token: Token, lists: Mapping[str, frozenset[str]]) -> bool:
    lemma = token.lemma_.lower()
    if token.dep_ == "amod":
        return lemma in lists.get("epithets", ())
    if token.pos_ != "NOUN":
        return False
    compound = " ".join((*(c.lemma_.lower() for c in children(token, "compound")), lemma))
    return lemma in lists.get("nouns", ()) or compound in lists.get("nouns", ())


def _does_directly(verb: Token, lists: Mapping[str, frozenset[str]], direct: bool) -> bool:
    return direct and _does_by_saying(verb, lists)


def _does_by_saying(verb: Token, lists: Mapping[str, frozenset[str]]) -> bool:
    """ "We *welcome* the truce", "I *call* on both sides": what is done in saying it."""
    own: Collection[str] = lists.get("own", ())
    present = verb.tag_ in ("VBP", "VB", "VBG") and child(verb, "neg") is None
    if _lemma(verb) not in own or _subject(verb) not in _FIRST or not present:
        return False
    return _lemma(verb) != "call" or any(p.text.lower() in ("for", "on", "upon") for p in children(verb, "prep"))


def _lemma(verb: Token) -> str:
    return verb.lemma_.lower()


def _subject(verb: Token) -> str | None:
    found = child(verb, "nsubj", "nsubjpass", "expl")
    if found is None and verb.dep_ == "conj":
        found = child(verb.head, "nsubj", "nsubjpass", "expl")
    return found.text.lower() if found is not None else None


_READINGS: Mapping[Stance, Callable[[Token, Mapping[str, frozenset[str]], bool], bool]] = {
    "call": _calls,
    "threaten": _threatens,
    "accuse": _accuses,
    "praise": _does_directly,
    "deny": _does_directly,
}

__all__ = ["Words", "read_wording"]
