"""Parts of speech, morphology and lemmas by the pipeline's own rules, each form asked once instead of each token.

spaCy's attribute ruler and rule lemmatizer take half of its time, although what they say of a token follows from its
word, tag and dependency (and, in a few idioms, from the word beside it). `remember_forms` puts one step in their
place that asks them once for each form and remembers the answer. What comes out is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, MorphAnalysis, Token

_STEP = "khaldun_word_forms"
_LOOKED_AT = {"TAG", "LOWER", "DEP", "IS_SPACE"}
_LOOKED_UP: list[int | str] = ["ORTH", "TAG", "DEP"]

_Form: TypeAlias = tuple[int, int, int]
"""Word, tag, dependency, as the pipeline numbers them."""
_Given: TypeAlias = tuple[int, MorphAnalysis, int, int, int]
"""Part of speech, morphology, lemma (0: none yet), tag, dependency."""


# Verbs that the lemmatizer would rather see than the common one of the same forms: "staged" is of "stage".
_RARE_VERBS = frozenset("stag wag rag snip fin hop rap scar rat hat rid tap cop din cod spar".split())


def remember_forms(nlp: Language) -> None:
    """Replaces the ruler and the lemmatizer of `nlp` where they are the kind that this step understands."""
    ruler = nlp.get_pipe("attribute_ruler") if nlp.has_pipe("attribute_ruler") else None
    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    names = nlp.pipe_names
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, EnglishLemmatizer):
        return
    in_turn = names.index("lemmatizer") == names.index("attribute_ruler") + 1
    if in_turn and lemmatizer.mode == "rule" and not lemmatizer.overwrite and _is_understood(_patterns(ruler)):
        _as_sets(lemmatizer)
        Language.factory(_STEP, func=_make)
        nlp.add_pipe(_STEP, after="lemmatizer")
        nlp.remove_pipe("lemmatizer")
        nlp.remove_pipe("attribute_ruler")


def lemma_tables(nlp: Language) -> Mapping[str, Mapping[str, Any]]:
    """The tables of the pipeline's rule lemmatizer by name, wherever it is kept; none where it has no such tables."""
    step: Any = nlp.get_pipe(_STEP) if nlp.has_pipe(_STEP) else None
    held: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    lemmatizer = step.lemmatizer if isinstance(step, _Forms) else held
    if not isinstance(lemmatizer, EnglishLemmatizer):
        return {}
    return {name: lemmatizer.lookups.get_table(name) for name in lemmatizer.lookups.tables}


def _as_sets(lemmatizer: EnglishLemmatizer) -> None:
    """Its lists of tens of thousands of words as sets: each new word is looked up in them."""
    index: Any = lemmatizer.lookups.get_table("lemma_index", {})
    for kind in ("noun", "verb", "adj", "adv"):
        index[kind] = frozenset(index.get(kind, ())) - (_RARE_VERBS if kind == "verb" else frozenset())


def _make(nlp: Language, name: str) -> _Forms:  # noqa: ARG001 - the pipeline hands both over by name
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    idioms, openers = Matcher(nlp.vocab), Matcher(nlp.vocab)
    longest = max(map(len, _patterns(ruler)), default=1)
    for pattern in _patterns(ruler):
        if len(pattern) > 1:
            idioms.add("idiom", [list(pattern)])
            openers.add("opener", [list(pattern[:1])])
    literals, expressions = _named(_patterns(ruler))
    return _Forms(ruler, lemmatizer, idioms, openers, longest, literals, expressions)


@dataclass(slots=True)
class _Forms:
    """The two components that are asked, the words that a rule of theirs names, and what they have said so far."""

    ruler: AttributeRuler
    lemmatizer: EnglishLemmatizer
    idioms: Matcher
    openers: Matcher
    """Finds the first words of idioms."""
    longest: int
    """How many words an idiom has at most."""
    literals: frozenset[str]
    expressions: tuple[re.Pattern[str], ...]
    words: dict[int, int] = field(default_factory=dict)
    ruled: dict[_Form, _Given] = field(default_factory=dict)
    given: dict[_Form, _Given] = field(default_factory=dict)
    opening: set[_Form] = field(default_factory=set)
    """The forms that may begin an idiom."""
    idiomatic: dict[tuple[_Form, ...], list[_Given]] = field(default_factory=dict)
    begun: dict[tuple[_Form, ...], tuple[int, ...]] = field(default_factory=dict)
    """Where each idiom ends that begins with the first of some forms in a row."""

    def __call__(self, doc: Doc) -> Doc:
        """The step: gives each token its part of speech, morphology and lemma."""
        given = self.given
        forms: list[_Form] = [(word, tag, dep) for word, tag, dep in doc.to_array(_LOOKED_UP).tolist()]
        for token, form in zip(doc, forms, strict=True):
            known = given.get(form)
            if known is None:
                self._learn(token, form)
            else:
                token.pos, token.morph, token.lemma, tag, dep = known
                if tag != form[1] or dep != form[2]:
                    token.tag, token.dep = tag, dep
        if not self.opening.isdisjoint(forms):
            self._mend_idioms(doc, forms)
        return doc

    def _learn(self, token: Token, form: _Form) -> None:
        named = self.words.get(form[0])
        if named is None:
            named = self.words[form[0]] = form[0] if self._is_named(token) else 0
        ruled = self.ruled.get((named, *form[1:]))
        if ruled is None:
            (ruled,) = self._ask([token], [form])
            self.ruled[(named, *form[1:])] = ruled
        self._give(token, ruled)
        self.given[form] = (token.pos, token.morph, token.lemma, token.tag, token.dep)
        if self.openers(token.doc[token.i : token.i + 1], allow_missing=True):
            self.opening.add(form)

    def _is_named(self, token: Token) -> bool:
        low = token.lower_
        return token.is_space or low in self.literals or any(e.search(low) for e in self.expressions)

    def _ask(self, tokens: Sequence[Token], forms: Sequence[_Form]) -> list[_Given]:
        """What the ruler says of some tokens in a row, with the tags and dependencies of `forms`."""
        alone = Doc(tokens[0].vocab, words=[token.text for token in tokens])
        for token, (_, tag, dep) in zip(alone, forms, strict=True):
            token.tag, token.dep = tag, dep
        self.ruler(alone)
        return [(t.pos, t.morph, t.lemma, t.tag, t.dep) for t in alone]

    def _give(self, token: Token, ruled: _Given) -> None:
        token.pos, token.morph, token.lemma, token.tag, token.dep = ruled
        if not token.lemma:
            token.lemma_ = self.lemmatizer.lemmatize(token)[0]
            if token.tag_ == "VBP" and (base := self._past_of(token)) is not None:
                token.lemma_, token.tag_ = base, "VBD"

    def _past_of(self, token: Token) -> str | None:
        """The verb of an irregular past that the tagger took for a present: "the army *retook* the hill"."""
        lookups: Any = self.lemmatizer.lookups
        low = token.lower_
        if token.lemma_ != low or low in lookups.get_table("lemma_index", {}).get("verb", ()):
            return None
        found: Any = lookups.get_table("lemma_exc", {}).get("verb", {}).get(low)
        return found[0] if found else None

    def _idioms(self, doc: Doc, forms: Sequence[_Form]) -> Iterator[tuple[int, int]]:
        for first in (at for at, form in enumerate(forms) if form in self.opening):
            key = tuple(forms[first : first + self.longest])
            ends = self.begun.get(key)
            if ends is None:
                found = self.idioms(doc[first : first + self.longest], allow_missing=True)
                ends = self.begun[key] = tuple(sorted(end for _, start, end in found if start == 0))
            yield from ((first, first + end) for end in ends)

    def _mend_idioms(self, doc: Doc, forms: Sequence[_Form]) -> None:
        """Asks again for the words of an idiom ("there *is*", "*let's*"), together."""
        for first, last in _runs(tuple(self._idioms(doc, forms))):
            tokens = list(doc[first:last])
            given = tuple((token.orth, token.tag, token.dep) for token in tokens)
            known = self.idiomatic.get(given)
            if known is None:
                known = self.idiomatic[given] = self._ask(tokens, given)
            for token, ruled in zip(tokens, known, strict=True):
                self._give(token, ruled)


def _runs(stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted stretches with those that overlap made one."""
    start, end = -1, -1
    for first, last in stretches:
        if first >= end:
            if end > 0:
                yield start, end
            start = first
        end = max(end, last)
    if end > 0:
        yield start, end


# ------------------------------------------------------------------------------------------------ the ruler's rules

_Pattern: TypeAlias = Sequence[dict[str, Any]]


def _patterns(ruler: AttributeRuler) -> list[_Pattern]:
    rules: Any = ruler.patterns
    return [pattern for rule in rules for pattern in rule["patterns"]]


def _is_understood(patterns: Sequence[_Pattern]) -> bool:
    """Whether all rules look only at what a form holds, word by word."""
    return all(
        _LOOKED_AT.issuperset(token) and (isinstance(low := token.get("LOWER", ""), str) or _KINDS.issuperset(low))
        for pattern in patterns
        for token in pattern
    )


_KINDS = {"IN", "REGEX"}


def _named(patterns: Sequence[_Pattern]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The words that the rules name, and the expressions for further ones."""
    literals: set[str] = set()
    expressions: list[re.Pattern[str]] = []
    for low in (token["LOWER"] for pattern in patterns for token in pattern if "LOWER" in token):
        if isinstance(low, str):
            literals.add(low)
        else:
            literals.update(low.get("IN", ()))
            expressions.extend(re.compile(low[kind]) for kind in ("REGEX",) if kind in low)
    return frozenset(literals), tuple(expressions)
