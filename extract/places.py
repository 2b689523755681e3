"""Where: Chinese divisions by full and short name, regions, countries and foreign cities.

Knows how newspapers name places: 浙江省宁波市, 宁波, 豫、冀两省, 来沪, 京津冀, 朝阳区 in a text about 北京, 南山 after
南山区; and what only looks like one: 合作, 黄河南岸, 刘宁波, 南京路. The names themselves are in `divisions.py`.
Leaves out China as a whole, continents and compass words (东北, 西部), streets, rivers, villages.

One pass of an automaton over the text, then rules in the neighbourhood of each hit; the cost is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import ahocorasick_rs

from extract import divisions as table
from extract.divisions import Name, level_of, name_of, parent_of, provinces_of, resolve_place
from extract.lexicons import either_of, read_lexicon, set_in
from extract.mentions import Place, make
from extract.occurrences import spans_of
from extract.place_letters import find_letters, spelled
from extract.place_names import Hit, follows, is_cut, stands, words_of
from extract.words import is_word

__all__ = ["find_places", "name_of", "parent_of", "provinces_of", "resolve_place"]


def find_places(text: str) -> list[Place]:
    """Places named in `text` in order, without overlaps.

    `adcode` is "" abroad, for regions, and where several places share the name and nothing in the text decides.
    `inside` marks a name that is part of an organisation's name or of an office.

    >>> [(p.text, p.adcode) for p in find_places("浙江省宁波市与阿里签约,马云赴琼考察")]
    [('浙江省', '330000'), ('宁波市', '330200'), ('琼', '460000')]
    """
    hits = _scan(text)
    hits = _merge(hits, find_letters(text, hits))
    hits = _resolve(text, hits)
    hits = _merge(hits, _find_again(text, hits))
    hits = _merge(hits, _find_towns(text, hits))
    return _as_places(text, hits)


# --- the one pass --------------------------------------------------------------------------------------------------------


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[Name]]:
    """All names that are looked for, and the longer words that hide one. What comes later in here overrides."""
    lexicon = read_lexicon("places")
    weak, bound = set(lexicon["weak"]["cities"]), set(lexicon["weak"]["full"])
    shorts = table.short_names()
    names = {word: Name(codes, "", "", "former") for word, codes in table.former_names().items()}
    names |= {word: Name(shorts[word], "", "", "alone") for word in lexicon["alone"]["names"]}
    for word, codes in shorts.items():
        if word in lexicon["weak"]["never"]:
            continue
        if codes[0].endswith("00"):
            names[word] = Name(codes[:1], "", "", "weak" if word in weak else "short")
        elif not table.divisions()[codes[0]].word and word not in names:
            names[word] = Name(codes, "", "", "listed")
    for word, codes in (table.common_forms() | table.full_names()).items():
        names[word] = Name(codes, "", "", "short of a parent" if len(word) < 3 else "full")
    names |= {word: replace(names[word], kind="bound") for word in bound & names.keys()}
    names |= {word: replace(names[word], kind="short of a parent") for word in lexicon["weak"]["parent"] if word in names}
    names |= table.hand_made()
    names |= {word: Name((), word, "", "spelled") for word in lexicon["spelled"]["names"]}
    for word in (*words_of("holds"), *lexicon["guards"]["words"]):
        names.setdefault(word, Name((), word, "", "guard"))
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(names.values())


def _scan(text: str) -> list[Hit]:
    automaton, names = _automaton()
    hits: list[Hit] = []
    last = 0
    for index, start, end in automaton.find_matches_as_indexes(text):
        if start < last:
            continue
        found = _hits_of(text, start, end, names[index])
        if not found and names[index].kind != "guard" and text[end : end + 1] != "镇":
            # 其中山东: the wrong 中山 must not hide 山东, which begins inside it; 德清|镇 holds no 清镇
            for inner, s, e in automaton.find_matches_as_indexes(text[start + 1 : end + 8])[:1]:
                if s + start + 1 < end:
                    found = _hits_of(text, s + start + 1, e + start + 1, names[inner])
        hits += found
        last = found[-1].end if found else end
    return hits


def _hits_of(text: str, start: int, end: int, name: Name) -> list[Hit]:
    if name.kind == "guard":
        return []
    if name.kind == "spelled":
        return spelled(text, start, end, name.name)
    if name.kind == "listed" and not (text[start - 1 : start] in LISTING or text[end : end + 1] in LISTING):
        return [Hit(start, end, name.codes, rule="behind its parent")] if _has_its_rank_behind(text, end, name) else []
    if not stands(text, start, end, name.kind, name.codes):
        return []
    if name.kind == "full" and text[end - 1 : end + 1] in set_in("beside_names", "begins with a division") and (text[end : end + 1] != "占" or text.startswith(("率", "有率"), end + 1)):
        end -= 1
        if len(name.codes) != 1 or table.divisions()[name.codes[0]].word:  # 铁西区域, 江北区域
            return []
    if name.level == "town" and text.startswith(("镇", "街道"), end):
        end += 1 if text[end] == "镇" else 2
    hit = make(Hit, (start, end, name.codes, name.name, name.level, name.kind))
    child = _child(text, hit)
    return [hit, child] if child else [hit]


def _has_its_rank_behind(text: str, end: int, name: Name) -> bool:
    """石岭全县: a county by its bare name with the rank it has."""
    return text[end : end + 1] == "全" and len(name.codes) == 1 and text[end + 1 : end + 2] in "县市" and name_of(name.codes[0])[-1] == text[end + 1]


LISTING = tuple("、和与及")


def _child(text: str, hit: Hit) -> Hit | None:
    """The short name of a county right behind its province or city: 河南永城, 深圳南山."""
    if len(hit.codes) != 1 or not hit.codes[0].endswith("00") or hit.rule in ("weak", "locality"):
        return None
    below = table.children(hit.codes[0])
    if text[hit.end : hit.end + 1] not in table.first_of_children(hit.codes[0]):
        return None
    for end in range(hit.end + 4, hit.end + 1, -1):
        code = below.get(text[hit.end : end])
        if code and not follows("roads", text, end) and not is_cut(text, hit.end, end):
            longer = _automaton()[0].find_matches_as_indexes(text[hit.end : hit.end + 12])[:1]
            if longer and longer[0][1] == 0 and longer[0][2] > end - hit.end:  # 江苏省连云港市 is not 连云 and more
                return None
            full = name_of(code)
            if text.startswith(full, hit.end) and text[hit.end + len(full) - 1 : hit.end + len(full) + 1] not in set_in("beside_names", "begins with a division"):
                end = hit.end + len(full)
            return Hit(hit.end, end, (code,), rule="behind its parent")
    return None


# --- which place it is --------------------------------------------------------------------------------------------------------


def _resolve(text: str, hits: list[Hit]) -> list[Hit]:
    """Each hit with one code, or none where it stays open; names that need support and have none are left out."""
    sure = Counter(hit.codes[0] for hit in hits if len(hit.codes) == 1 and hit.rule not in _NEEDY)
    provinces: Counter[str] = Counter()
    for code, times in sure.items():
        provinces[code[:2]] += times
    counties = {table.divisions()[code].short for code in sure if not code.endswith("00") and code in table.divisions()}
    resolved: list[Hit] = []
    for i, hit in enumerate(hits):
        if hit.rule in ("weak", "listed"):
            supported = hit.rule == "weak" and (hit.codes[0] in sure or hit.codes[0][:2] in provinces)
            if not ((supported and text[hit.start : hit.end] not in counties) or _in_list(text, hits, i)):
                continue
        elif hit.rule in ("bound", "short of a parent"):
            parent = _nearest_parent(text, resolved, hit, adjacent=hit.rule == "bound")
            alone = hit.rule == "short of a parent" and len(hit.codes) == 1 and _is_county(text, hit)
            if not parent and not alone:
                continue
            hit = hit._replace(codes=(parent,) if parent else hit.codes, rule="full")
        shared = text[hit.start : hit.end] in table.names_in_taiwan() and _is_in_taiwan(text, hit, resolved)
        if shared and all(provinces[code[:2]] == sure[code] for code in hit.codes):
            hit = hit._replace(codes=("710000",), name=text[hit.start : hit.end], level="county" if text[hit.end - 1] == "区" else "town")
        if len(hit.codes) > 1:
            parent = _nearest_parent(text, resolved, hit)
            codes = (parent,) if parent else _dominant(hit.codes, sure)
            hit = hit._replace(codes=codes, name="" if codes else text[hit.start : hit.end])
        resolved.append(hit)
    return resolved


def _is_in_taiwan(text: str, hit: Hit, before: Sequence[Hit]) -> bool:
    """中山区 right behind a place in Taiwan, there or earlier, and 潮州 in a text that names 屏东; 潮州商人赴台湾 is not."""
    name = text[hit.start : hit.end]
    if not name.endswith("区"):
        return "屏东" in text
    return any(other.codes == ("710000",) and (other.end == hit.start or other.name == name) for other in before)


def _is_county(text: str, hit: Hit) -> bool:
    """Whether 献县 is the county by itself: no word ends in its first character (贡献|县级) and none begins with 县."""
    before = text[hit.start - 1 : hit.start + 1] if hit.start else ""
    return hit.end - hit.start == 2 and before not in words_of("counties") and text[hit.end : hit.end + 1] not in tuple("级域长际里份")


def _in_list(text: str, hits: list[Hit], i: int) -> bool:
    """Whether the name stands in a list with a place that needs no support: 义乌、永康 and 太原、大同."""
    for step in (-1, 1):
        at, far = i, i + 9 * step
        while 0 <= at + step < len(hits) and at != far:
            first, second = sorted((hits[at], hits[at + step]))
            if second.start - first.end != 1 or text[first.end] not in LISTING:
                break
            at += step
            if hits[at].rule not in _NEEDY or hits[at].rule == hits[i].rule == "weak":
                return True
    return False


_NEEDY = frozenset({"weak", "listed", "bound", "short of a parent"})


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[。！？!?\n]")


def _nearest_parent(text: str, before: list[Hit], hit: Hit, adjacent: bool = False) -> str:
    """The one candidate that lies in a place named shortly before in the same sentence (or right before it), "" if none."""
    for other in before[:-9:-1]:
        if (adjacent and other.end != hit.start) or hit.start - other.end > 120:
            break
        if len(other.codes) == 1 and not _sentence_end().search(text, other.end, hit.start):
            below = [code for code in hit.codes if table.holds(other.codes[0], code) and code != other.codes[0]]
            if len(below) == 1:
                return below[0]
    return ""


def _dominant(codes: Iterable[str], sure: Counter[str]) -> tuple[str, ...]:
    """The candidate whose city or province the text names most, () where two are equal or none is named."""
    weight = {code: sure[code] + 3 * sure[code[:4] + "00"] + sure[code[:2] + "0000"] for code in codes}
    best = max(weight.values())
    top = [code for code in weight if weight[code] == best]
    return tuple(top) if best and len(top) == 1 else ()


# --- names that the text itself has introduced -----------------------------------------------------------------------------------

_MOST_AGAIN = 100  # a text that names more counties in full is a list, and the search stays linear


def _find_again(text: str, hits: list[Hit]) -> list[Hit]:
    """南山 for 南山区, once the text has named 南山区 in full or behind its parent."""
    known: dict[str, str] = {}
    for hit in hits:
        if len(hit.codes) == 1 and hit.rule in ("full", "behind its parent") and not hit.codes[0].endswith("00"):
            division = table.divisions().get(hit.codes[0])
            if division and division.short and not division.word:
                known[division.short] = hit.codes[0]
    if not 0 < len(known) <= _MOST_AGAIN:
        return []
    again = [(start, end, (known[text[start:end]],)) for start, end in spans_of(text, known)]
    return [Hit(start, end, codes, rule="named in full elsewhere") for start, end, codes in again if stands(text, start, end, "again", codes)]


_TOWN_ENDS = tuple(map(re.compile, ("镇", "乡", "街道", "苏木")))  # each by itself: plain words are looked for fastest


def _find_towns(text: str, hits: list[Hit]) -> list[Hit]:
    """Towns by full name (织里镇, 西丽街道), where the text also names a place that holds exactly one of that name."""
    codes = {hit.codes[0] for hit in hits if len(hit.codes) == 1}
    ends = [m.end() for ending in _TOWN_ENDS for m in ending.finditer(text)] if codes else []
    if not ends:
        return []
    behind = {hit.end for hit in hits}  # what stands there is no part of the word before: 临江县|城关镇
    tables = [table.towns_in(province) for province in {code[:2] for code in codes}]
    found: list[Hit] = []
    fitting: dict[str, set[str]] = {}  # town -> the counties with one of that name that the text may mean
    for end in ends:
        for start in range(max(0, end - 8), end - 2):
            name = text[start:end]
            owners = [owner for towns in tables if name in towns for owner in towns[name]]
            if not owners or (start and start not in behind and is_word(text[start - 1 : start + 1]) and is_word(text[start + 1 : end])):
                continue  # 加大|城镇建设
            if name not in fitting:
                fitting[name] = {owner for owner in owners if any(table.holds(code, owner) for code in codes)}
            owner = _owner(text, hits, start, tuple(owners), fitting[name])
            if owner:
                found.append(Hit(start, end, (owner,), name, "town", "town"))
                break
    return found


def _owner(text: str, hits: list[Hit], start: int, owners: tuple[str, ...], fitting: set[str]) -> str:
    """The county a town lies in, by what stands before it, else by all places of the text; "" where that is not one."""
    at = bisect_right(hits, start, key=lambda hit: hit.end)
    before = hits[max(0, at - 8) : at]
    if before and before[-1].codes and before[-1].codes[0] in owners:
        return before[-1].codes[0]
    near = _nearest_parent(text, before, Hit(start, start, owners))
    if near:
        return near
    return min(fitting) if len(fitting) == 1 else ""


# --- names inside other names --------------------------------------------------------------------------------------------------


@cache
def _rest_of_a_name() -> re.Pattern[str]:
    """What stands behind a place that only begins an organisation's name, an office or the name of a dialect."""
    lexicon = read_lexicon("places")["behind"]
    words = {key: either_of(values) for key, values in lexicon.items() if key != "examples"}
    # Of the long lists the first characters are asked for first, at each of the characters of a name.
    for key in ("breaks", "organisations"):
        words[key] = f"(?=[{''.join(sorted({word[0] for word in lexicon[key]}))}])(?:{words[key]})"
    # Function words and verbs end a name: 上海的公司, 上海成立分公司
    stem = rf"(?:(?!{words['breaks']})[^\W\d的了在是将与及对从向为已到把被让使其这那些也都就还又并而当每不未去说称]){{0,12}}?"
    return re.compile(
        rf"{stem}{words['organisations']}|[^\W\d的了在与为被]{{0,18}}?(?:{words['legal']})"
        rf"|(?:{words['bodies']})(?![托屈派任])"
        rf"|(?:{words['department_stems']})[^\W的在]{{0,6}}?(?:{words['department_ends']})(?![理法事])"
        rf"|(?:省|市|区|县|州)?(?:委|政府|人大|政协|特区)?(?:原|前|代|副)?(?:{words['offices']})"
        r"|(?<=[省市区县州])(?:委|副|代)?长(?![期三江远效久大达假沙春城线短])"
        rf"|(?:{words['speech']})(?![题市场])"
        r"|[)）][\u4e00-\u9fff]{0,8}?(?:有限|股份|公司|企业|集团|基金)"  # 奔腾电器(上海)有限公司
    )


_NO_REST = frozenset(["", *"，,。；;：:、！!？?“”《》（ \n0123456789的了在与为被"])  # what no rest of a name begins with


def _as_places(text: str, hits: list[Hit]) -> list[Place]:
    """Places; those marked `inside` that run without a gap into the rest of a name. Regions inside one are left out."""
    places: list[Place] = []
    rest = _rest_of_a_name()
    inside = False
    following = -1
    for hit in reversed(hits):
        start, end, codes, name, level, rule = hit[:]  # a plain tuple is taken apart in half the time
        if end != following:
            goes_on = rule != "letters in a row" and text[end : end + 1] not in _NO_REST
            inside = goes_on and rest.match(text, end) is not None
        following = start
        if inside and level == "region":
            continue
        code = codes[0] if len(codes) == 1 else ""
        name, level = name or name_of(code), level or (level_of(code) if code else "county")
        places.append(make(Place, (start, end, text[start:end], code, name, level, inside, rule)))
    return places[::-1]


def _merge(kept: list[Hit], more: list[Hit]) -> list[Hit]:
    """Both in order; of two that overlap the kept one stays."""
    if not more:
        return kept
    ends = [hit.end for hit in kept]
    fresh = [hit for hit in more if (at := bisect_right(ends, hit.start)) == len(kept) or kept[at].start >= hit.end]
    return sorted([*kept, *fresh])
