"""The gazetteer: China's divisions by adcode, their former names, regions and foreign names, and what people write.

Knows the tables under `lexicon/` (GB/T 2260 of 2023 and later additions; who stands above whom follows from the
digits) and resolves a name written by a person. Leaves out finding names in running text: that is `places.py`.
Hong Kong, Macao and Taiwan have one code each in the standard; their cities and districts carry that code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from extract.lexicons import FOLDER, read_lexicon
from extract.mentions import Level, Place
from extract.script import simplify


@dataclass(frozen=True, slots=True)  # not a tuple: its fields are asked for at every such word of a text
class Name:
    """What a name can stand for. Several codes: several places share it (朝阳区)."""

    codes: tuple[str, ...]  # "" for abroad and regions
    name: str  # full name, "" where it depends on the code
    level: Level | str  # "" where it depends on the code
    kind: str  # full, short, weak, alone, locality, nickname, region, spelled, abroad, former, guard


def resolve_place(text: str) -> Place | None:
    """What a person means by `吉林省/吉林市`, `宁波`, `330200`, `崇文区`, `长三角`, `沪`, `日本`; None where nobody knows.

    A name that several places share comes back with adcode "" and their codes in `rule` (`ambiguous:110105,220104`).

    >>> [resolve_place(t)[3:6] for t in ("吉林", "吉林省/吉林市")]
    [('220000', '吉林省', 'province'), ('220200', '吉林市', 'city')]
    """
    words = simplify(text).strip()
    if not words:
        return None
    if re.fullmatch(r"\d{6}", words):
        code = words if words in divisions() else former_codes().get(words, "")
        return _place(text, code, name_of(code), level_of(code), "adcode") if code else None
    above: tuple[str, ...] = ()
    found: Name | None = None
    for part in _parts(words):
        found = _within(part, above)
        if found is None:
            return None
        above = found.codes
    if found is None:
        return None
    if len(found.codes) > 1:
        return _place(text, "", words, "county", "ambiguous:" + ",".join(found.codes))
    code = found.codes[0] if found.codes else ""
    return _place(text, code, found.name or name_of(code), found.level or level_of(code), found.kind)


def provinces_of(region: str) -> tuple[str, ...]:
    """Adcodes of the provinces in a region: 京津冀 -> 110000, 120000, 130000; () where it is none.

    东部, 中部, 西部 and 东北 are grouped as the National Bureau of Statistics groups them; 华东, 西南 and the like as
    plain speech does. 珠三角 and other parts of one province give that province.
    """
    words = simplify(region).strip()
    return regions().get(words) or regions().get(words.removesuffix("地区"), ())


def name_of(adcode: str) -> str:
    """Full name of a division, of an abolished one its successor's; "" for a code that never was one."""
    entry = divisions().get(adcode) or divisions().get(former_codes().get(adcode, ""))
    return entry.name if entry else ""


def parent_of(adcode: str) -> str:
    """Adcode of the division above: 330212 -> 330200 -> 330000 -> "".

    >>> [parent_of(code) for code in ("330212", "330200", "110105", "429004", "330000")]
    ['330200', '330000', '110000', '420000', '']
    """
    if adcode.endswith("0000") or len(adcode) != 6:
        return ""
    city = adcode[:4] + "00"
    return city if city != adcode and city in divisions() else adcode[:2] + "0000"


def level_of(adcode: str) -> Level:
    if adcode.endswith("0000"):
        return "province"
    return "city" if adcode.endswith("00") else "county"


def holds(above: str, below: str) -> bool:
    """Whether one division is the other or lies in it: 330000 holds 330212."""
    return below.startswith(above.removesuffix("00").removesuffix("00"))


# --- tables ------------------------------------------------------------------------------------------------------------


class Division(NamedTuple):
    name: str
    short: str
    word: bool  # the short name is an ordinary word as well


def _rows(table: str) -> list[list[str]]:
    lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines[1:] if line]


@cache
def divisions() -> dict[str, Division]:
    """adcode -> division, three levels, 3,215 of them."""
    words = set(read_lexicon("places")["weak"]["words"])
    return {code: Division(name, short, bool(word) or short in words) for code, name, short, word in _rows("divisions")}


@cache
def full_names() -> dict[str, tuple[str, ...]]:
    """Full name -> adcodes: 朝阳区 has two."""
    return _gather((d.name, code) for code, d in divisions().items())


@cache
def short_names() -> dict[str, tuple[str, ...]]:
    """Short name -> adcodes, provinces first, then cities: 吉林 has two."""
    provinces, cities, counties = [], [], []
    for code, division in divisions().items():
        if division.short:
            (provinces if code.endswith("0000") else cities if code.endswith("00") else counties).append((division.short, code))
    return _gather(provinces + cities + counties)


@cache
def common_forms() -> dict[str, tuple[str, ...]]:
    """What newspapers write for the long full names: 恩施州, 石柱县, 广西自治区, 香港特区 -> adcodes."""
    endings = (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "自治区"), ("特别行政区", "特区"))
    long = [(code, d) for code, d in divisions().items() if d.short and ("自治" in d.name or "特别" in d.name)]
    forms = _gather((d.short + tail, code) for code, d in long for ending, tail in endings if d.name.endswith(ending))
    return {form: codes for form, codes in forms.items() if form not in full_names()}


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Former full name -> present adcodes: 崇文区 -> 110101."""
    return _gather((name, present) for name, _, present, _ in _rows("divisions_former"))


@cache
def former_codes() -> dict[str, str]:
    """Former adcode -> present adcode, where the former one is not in use again."""
    return {code: present for _, code, present, _ in _rows("divisions_former") if code not in divisions()}


@cache
def _town_rows() -> dict[str, list[list[str]]]:
    """First two digits of a province -> its counties' rows, not yet taken apart."""
    rows: dict[str, list[list[str]]] = {}
    for code, names in _rows("divisions_towns"):
        rows.setdefault(code[:2], []).append([code, names])
    return rows


@cache
def towns_in(province: str) -> dict[str, tuple[str, ...]]:
    """Full name of a town -> adcodes of the counties that have one, in one province (its first two digits)."""
    return _gather((name, code) for code, names in _town_rows().get(province, ()) for name in names.split(" "))


@cache
def towns() -> dict[str, tuple[str, ...]]:
    """The same for the whole country: 30,266 names."""
    return _gather((name, code) for rows in _town_rows().values() for code, names in rows for name in names.split(" "))


@cache
def children(adcode: str) -> dict[str, str]:
    """Short names in use below a division -> adcodes, without ordinary words: 深圳 has 南山."""
    shorts: dict[str, str] = {}
    of_its_own = read_lexicon("places")["weak"]["behind_city"] if adcode[:2] in _MUNICIPALITIES or not adcode.endswith("0000") else ()
    for code, division in _counties(adcode[:2]):
        if holds(adcode, code) and (not division.word or division.short in of_its_own):
            shorts[division.short] = "" if division.short in shorts else code
    return {short: code for short, code in shorts.items() if code}


@cache
def first_of_children(adcode: str) -> frozenset[str]:
    """What the names of `children` begin with: asked for first."""
    return frozenset(short[0] for short in children(adcode))


_MUNICIPALITIES = ("11", "12", "31", "50")


@cache
def _counties(province: str) -> list[tuple[str, Division]]:
    """Counties of a province (its first two digits) whose short name is not a city's."""
    return [
        (code, division)
        for code, division in divisions().items()
        if code.startswith(province) and not code.endswith("00") and division.short
        and not short_names()[division.short][0].endswith("00")
    ]  # fmt: skip


@cache
def regions() -> dict[str, tuple[str, ...]]:
    """Region -> adcodes of its provinces."""
    lexicon = read_lexicon("places")
    named = {**lexicon["regions"]["named"], **lexicon["regions"]["written"], **lexicon["spelled"]["names"]}
    return {
        region: tuple(dict.fromkeys(code_of_short(member)[:2] + "0000" for member in members))
        for region, members in named.items()
    }


def code_of_short(short: str) -> str:
    """Adcode of a province or city by its short name; the province where both have it."""
    return short_names()[short][0]


@cache
def letters() -> dict[str, str]:
    """One-character form -> adcode: 沪 -> 310000."""
    lexicon = read_lexicon("places")["letters"]
    return {letter: code_of_short(short) for letter, short in {**lexicon["cities"], **lexicon["provinces"]}.items()}


@cache
def hand_made() -> dict[str, Name]:
    """The names of `places.yaml` that no table of divisions holds."""
    lexicon: dict[str, Any] = read_lexicon("places")
    names: dict[str, Name] = {}
    local = lexicon["localities"]
    for word, code in local["names"].items():
        level = "city" if word in local["cities"] else "county" if word in local["counties"] else "town"
        kind = "weak" if word in local["weak"] else "locality"
        names[word] = Name((code,), local["full"].get(word, word), level, kind)
    for word, short in lexicon["nicknames"]["names"].items():
        names[word] = Name((code_of_short(short),), "", "", "nickname")
    for word in lexicon["regions"]["named"]:
        names[word] = Name((), word, "region", "region")
    for group in lexicon["abroad"]:
        names |= {word: Name((), word, group["level"], "abroad") for word in group["names"]}
    return names


@cache
def names_in_taiwan() -> frozenset[str]:
    """Names of the mainland that Taiwan has too: 中山区, 潮州."""
    return frozenset(read_lexicon("places")["localities"]["shared"])


def _gather(pairs: Any) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, tuple[str, ...]] = {}
    for name, code in pairs:
        have = gathered.get(name)
        gathered[name] = (code,) if have is None else have if code in have else (*have, code)
    return gathered


# --- what people write ---------------------------------------------------------------------------------------------------


def _place(text: str, code: str, name: str, level: Level | str, rule: str) -> Place:
    return Place(0, len(text), text, code, name, level, False, rule)  # type: ignore[arg-type]


def _parts(words: str) -> list[str]:
    """吉林省/吉林市, 浙江 宁波, 浙江省宁波市鄞州区 -> their names from the top down."""
    parts = [part for part in re.split(r"[/／>\s·,，]+", words) if part]
    if len(parts) > 1 or _lookup(words):
        return parts
    # Written without separators: cut off the longest known name at the front, the rest lies below it.
    for length in range(len(words) - 2, 1, -1):
        head = _lookup(words[:length])
        if head and head.codes and _within(words[length:], head.codes):
            return [words[:length], words[length:]]
        if head and head.codes and len(rest := _parts(words[length:])) > 1:
            return [words[:length], *rest]
    return [words]


def _within(part: str, above: tuple[str, ...]) -> Name | None:
    """`part` as a name below one of `above` (anything, where that is empty)."""
    if not above:
        return _lookup(part)
    for level in (full_names(), common_forms(), short_names(), former_names(), towns()):
        codes = tuple(c for c in level.get(part, ()) if any(holds(a, c) for a in above))
        if codes and level is towns():
            return Name(codes, part, "town", "town")
        if codes:
            below = tuple(c for c in codes if c not in above)
            return Name(below or codes, "", "", "path")
    found = _lookup(part)
    return found if found and found.codes and any(holds(a, c) for a in above for c in found.codes) else None


def _lookup(word: str) -> Name | None:
    """A single name: full, hand-made, short (the highest level that has it), former, region, letter, town."""
    if word in full_names():
        return Name(full_names()[word], "", "", "full")
    if word in common_forms():
        return Name(common_forms()[word], "", "", "full")
    if word in hand_made():
        return hand_made()[word]
    if word in short_names():
        codes = short_names()[word]
        top = [code for code in codes if code.endswith("00")]
        return Name(tuple(top[:1]) or codes, "", "", "short")
    if word in former_names():
        return Name(former_names()[word], "", "", "former")
    if word in regions():
        return Name((), word, "region", "region")
    if word in letters():
        return Name((letters()[word],), "", "", "letter")
    if word in towns():
        return Name(towns()[word], word, "town", "town")
    if word == "中国":
        return Name((), word, "country", "country")
    return None
