"""The entities of one report, from clusters of mentions: names, type, state, privacy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from khaldun.annotate.actors.nationality import country_around, country_in
from khaldun.annotate.actors.numbered import GROUP
from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.reading.lookup import Lookup, tokens_of
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.tables.known import known_actors
from khaldun.annotate.tables.names import bare, fold_name, is_acronym
from khaldun.model import Entity, Locus, Mention, MentionForm, Name, Span, make_id


def entity_id(lookup: Lookup, kind: str, span: Span) -> str:
    """Of the report, the kind and the first mention: one word may name a state that acts and the country it is."""
    return make_id(lookup.parse.report.id, kind, span.start, span.end)


def actor_entity(lookup: Lookup, cluster: Cluster) -> Entity:
    """The actor that the members of a cluster name."""
    first = min(cluster.members, key=lambda p: p.order)
    names = _names(lookup, cluster)
    known = known_actors()[cluster.known] if cluster.known is not None else None
    return Entity(
        id=entity_id(lookup, "actor", first.mention.span),
        kind="actor",
        name=_state_name(cluster, names)
        or _best(names, _where_they_were(cluster) | _of_some(cluster, names) | _own_men(cluster)),
        names=tuple(names),
        type=cluster.type,
        country_iso3=known.country if known is not None and (known.country or known.worldwide) else _country(cluster),
        identifiers=dict(known.identifiers) if known is not None else {},
        known_as=known.id if known is not None else None,
        private=_private(cluster),
    )


def _country(cluster: Cluster) -> str | None:
    """By the words of the phrases themselves, of what stands around them, or of the state they are read as."""
    own = {country_in(_SENT_TO.sub("", p.mention.quote)) for p in cluster.members} - {None}
    around = own or {country_around(p.root) for p in cluster.members} - {None}
    found = around or {p.state.iso3 for p in cluster.members if p.state is not None and p.known is None}
    return found.pop() if len(found) == 1 else None


_SENT_TO = re.compile(r"\bto (?:the )?[A-Z].*")
"""Where somebody is sent is not where he is from: "the emir's liaison *to Libya*"."""


def _private(cluster: Cluster) -> bool:
    """True for people who are not there in a public role; a name with a public title is not private."""
    nouns = [p.noun for p in cluster.members if p.noun is not None]
    if cluster.type not in ("person", "population", None):
        return False
    titles = [n for p in cluster.members for title in sorted(p.titles) if (n := read_noun(title)) is not None]
    if cluster.known is None and titles and all(n.entry.private for n in titles):
        return not any(n.entry.one == "person" and not n.entry.private for n in nouns)  # "shopkeeper Omar Sabri"
    if not nouns:
        return any(p.mention.made_by in ("people", GROUP) for p in cluster.members) and not cluster.known
    return cluster.known is None and any(n.entry.private for n in nouns)


def _names(lookup: Lookup, cluster: Cluster) -> list[Name]:
    names: list[Name] = []
    for profile in cluster.members:
        for printed, form in _printed(lookup, profile, many=len(cluster.members) > 1):
            text = _on_one_line(printed).removeprefix("'s ")  # "the army*'s* 2nd Infantry Regiment"
            if all(n.text != text for n in names):
                names.append(Name(text, form))
    return names or [Name(bare(cluster.members[0].mention.quote), cluster.members[0].mention.form)]


def _printed(lookup: Lookup, profile: Profile, *, many: bool) -> Iterable[tuple[str, MentionForm]]:
    """The names a mention gives: the phrase, the proper name in it, a title before it, the phrase without its tail."""
    mention = profile.mention
    quote = _WITHOUT_DOUBT.sub("", bare(mention.quote))
    if many and (_says_nothing(profile) or mention.made_by.startswith("holder")):
        return
    if many and _is_own_equipment(profile):
        return
    if not (many and _parts_quotation(quote)):
        yield quote, mention.form
    if profile.name is not None and profile.name != quote:
        yield profile.name, "acronym" if is_acronym(profile.name) else "name"
    if profile.tail and (profile.marks or profile.number is not None) and mention.made_by != GROUP:
        yield quote.removesuffix(profile.tail).strip(), mention.form
    if profile.number is not None and not _ORDINAL.match(profile.name or ""):
        yield from ((text, mention.form) for text in _counted_otherwise(profile, quote))
    if profile.is_person and mention.form == "name":
        titled = _with_title(lookup, mention)
        if titled is not None:
            yield titled, "description"


def _counted_otherwise(profile: Profile, quote: str) -> Iterable[str]:
    """ "at least four people in Brak" are "four people" too, and "people in Brak"."""
    whole = profile.mention.made_by == GROUP  # "17 abducted", "tens of thousands"
    bare_number = _HEDGE.sub("", quote if whole else quote.removesuffix(profile.tail).strip())
    if bare_number[:1].isdigit() or bare_number.split()[0].casefold() in _PLAIN_NUMBERS:
        yield bare_number
    if not whole and (profile.marks or profile.tail):
        yield _NUMBER.sub("", quote)


def _where_they_were(cluster: Cluster) -> frozenset[str]:
    """The wordings of those counted that end in where they were, and are no name: "four people *in the port*"."""
    counted = (p for p in cluster.members if p.number is not None and p.type == "population")
    quotes = [bare(p.mention.quote) for p in counted if _PLACED.match(p.tail)]
    return frozenset(_on_one_line(text) for quote in quotes for text in (quote, _NUMBER.sub("", quote)))


_PLACED = re.compile(r"(?:in|at|near|inside|on|outside)\s")


def _is_own_equipment(profile: Profile) -> bool:
    """ "The junta denied that *its aircraft* had bombed the village": nobody is called so."""
    striking = profile.noun is not None and profile.noun.entry.must_strike
    return striking and any(c.tag_ == "PRP$" for c in profile.root.children)


def _parts_quotation(quote: str) -> bool:
    """ "terrorists" of the council: a mark that closes what was opened before the phrase is no part of a name."""
    return any(quote.count(opens) != quote.count(closes) for opens, closes in ("“”", "«»")) or quote.count('"') % 2 == 1


# "at least 30 rebel fighters", "dozens of villagers": what is left without the number names the same people.
_NUMBER = re.compile(
    r"^(?:(?:at least|more than|up to|as many as|some|about|nearly|around|over|several|few|(?:an )?estimated|roughly"
    r"|approximately|close to|no fewer than)\s+)?"
    r"(?:[\d,.]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds?|thousands?|tens"
    r"|a number|a handful|a group)?\s*(?:of\s+)?",
    re.I,
)


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")
_HEDGE = re.compile(
    r"^(?:(?:at least|at most|more than|fewer than|less than|up to|as many as|some|about|nearly|almost|around|over"
    r"|another|a further|further|(?:an )?estimated|roughly|approximately|close to|no fewer than)\s+)+",
    re.I,
)
# "an *estimated* 1,800 people", "the *so-called* coalition": what the reporter thinks of it is no part of the name
_WITHOUT_DOUBT = re.compile(r"^(?:estimated (?=\d|[a-z]+ (?:thousand|hundred|of)\b)|so-called )", re.I)
_PLAIN_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands".split()
)


def _says_nothing(profile: Profile) -> bool:
    """True for "the group", "the organisation": a noun any group could be called by; and for arms ("its boats")."""
    if profile.noun is not None and profile.noun.entry.must_strike and not profile.marks and profile.name is None:
        return True
    return (
        profile.mention.form == "description"
        and profile.definite
        and not profile.marks
        and not profile.tail
        and profile.noun is not None
        and profile.type in ("organisation", "armed_group")
        and not profile.noun.plural
        and profile.root.text.islower()
    )


def _with_title(lookup: Lookup, mention: Mention) -> str | None:
    """The name with the title before it as printed ("Homs Governor Tarek Sabri")."""
    passage = lookup.passage(mention.span)
    tokens = tokens_of(passage, mention.span) if passage is not None else None
    if tokens is None or not tokens.start or passage is None:
        return None
    start = tokens.start
    doc = passage.doc
    while (
        start
        and doc[start - 1].ent_type_ not in ("DATE", "TIME")
        and _in_title(doc[start - 1].text, doc[start - 1].dep_)
    ):
        start -= 1
    if start == tokens.start:
        return None
    return bare(passage.span(doc[start : tokens.end]).of(lookup.text))


def _in_title(word: str, dep: str) -> bool:
    if word.casefold().rstrip(".") in words_under("titles") or read_noun(word) is not None:
        return True
    return dep in ("compound", "amod") and word not in ("In", "On", "At")


def _state_name(cluster: Cluster, names: Sequence[Name]) -> str | None:
    """A state that is told by its adjective alone has a name: "the *Turkish* president" is Turkey's."""
    states = (p.state for p in cluster.members if p.state is not None)
    state = next(states, None) if cluster.type == "state" else None
    return state.name if state is not None and all(n.text in state.adjectives for n in names) else None


def _of_some(cluster: Cluster, names: Sequence[Name]) -> frozenset[str]:
    """What tells only how many of them fell, where they are named as a whole too: "*29 rebels*" of "the rebels"."""
    fallen = [p.mention.quote for p in cluster.members if p.number is not None]
    if not fallen or len(fallen) == len(cluster.members):
        return frozenset()
    whole = {bare(p.mention.quote) for p in cluster.members if p.number is None}
    return frozenset(n.text for n in names if n.text not in whole)


def _own_men(cluster: Cluster) -> frozenset[str]:
    """ "The army said *its forces* …": the army is called so, and not "forces"."""
    own = (p for p in cluster.members if any(c.tag_ == "PRP$" for c in p.root.children))
    return frozenset(bare(p.mention.quote) for p in own)


def _best(names: Sequence[Name], placed: frozenset[str] = frozenset()) -> str:
    """The fullest proper name; else the fullest description that is none of `placed`."""
    proper = [n.text for n in names if n.form == "name" and not n.text[:1].islower()] or [
        n.text for n in names if n.form in ("name", "acronym")
    ]
    pool = proper or [n.text for n in names if n.text not in placed] or [n.text for n in names]
    return max(pool, key=lambda t: (len(fold_name(t)), len(t)))


def place_entities(lookup: Lookup, mentions: Sequence[Mention]) -> tuple[list[Entity], dict[str, str]]:
    """Places by their gazetteer entry; adjectival mentions have none. Also mention id -> entity id."""
    groups: dict[object, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == "place" and mention.form != "description":
            groups.setdefault(_place_key(mention), []).append(mention)
    entities, of = [], {}
    for members in groups.values():
        ident = entity_id(lookup, "place", members[0].span)
        names = _unique(bare(m.quote) for m in members)
        if all(n.text.endswith(" capital") for n in names) and isinstance(locus := members[0].value, Locus):
            names = [Name(locus.name), *names]  # "the Yemeni capital" has a name
        plain = next((n.text for n in names if not n.text.isupper() or len(n.text) < 4), names[0].text)
        entities.append(
            Entity(ident, "place", plain, tuple(names), point=_point(members))
        )  # not "BENGHAZI" of a dateline
        of.update({m.id: ident for m in members})
    return entities, of


def _point(members: Sequence[Mention]) -> Locus | None:
    """The place itself where some mention names it outright, else the point beside it ("outskirts of")."""
    loci = [m.value for m in members if isinstance(m.value, Locus)]
    return min(loci, key=lambda locus: locus.precision == "near", default=None)


def _place_key(mention: Mention) -> object:
    """The same entry is the same place, however near or exactly a mention puts a happening to it."""
    locus = mention.value
    if isinstance(locus, Locus):
        if locus.geonames is not None or locus.identifier is not None:
            return (locus.geonames, locus.identifier)
        return " ".join(fold_name(locus.name))
    return " ".join(fold_name(mention.quote))


def product_entities(lookup: Lookup, mentions: Sequence[Mention]) -> tuple[list[Entity], dict[str, str]]:
    """Media products: named ones by name, the others one by one."""
    groups: dict[object, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == "media_product":
            named = mention.head is not None and mention.form == "name"
            key = fold_name(mention.head.of(lookup.text)) if named and mention.head else mention.id
            groups.setdefault(key, []).append(mention)
    entities, of = [], {}
    for members in groups.values():
        ident = entity_id(lookup, "media_product", members[0].span)
        names = _unique(bare(m.quote) for m in members)
        entities.append(Entity(ident, "media_product", names[0].text, tuple(names)))
        of.update({m.id: ident for m in members})
    return entities, of


def _unique(texts: Iterable[str]) -> list[Name]:
    return [Name(t) for t in dict.fromkeys(map(_on_one_line, texts))]


def _on_one_line(printed: str) -> str:
    """A name that runs over the end of a line is the same name."""
    return " ".join(printed.split())
