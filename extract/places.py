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
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from extract import divisions as table
from extract.divisions import (
    Name,
    level_of,
    name_of,
    parent_of,
    provinces_of,
    resolve_place,
)
from extract.lexicons import read_lexicon
from extract.mentions import Level, Place

__all__ = ["find_places", "name_of", "parent_of", "provinces_of", "resolve_place"]


class _Hit(NamedTuple):
    """A name where it stands, before it is known which place it is."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: str
    level: Level | str
    rule: str


def find_places(text: str) -> list[Place]:
    """Places named in `text` in order, without overlaps.

    `adcode` is "" abroad, for regions, and where several places share the name and nothing in the text decides.
    `inside` marks a name that is part of an organisation's name or of an office.

    >>> [(p.text, p.adcode) for p in find_places("浙江省宁波市与阿里签约,马云赴琼考察")]
    [('浙江省', '330000'), ('宁波市', '330200'), ('琼', '460000')]
    """
    hits = _scan(text)
    hits = _merge(hits, _find_letters(text, hits))
    hits = _resolve(text, hits)
    hits = _merge(hits, _find_again(text, hits))
    hits = _merge(hits, _find_towns(text, hits))
    return _mark_inside(text, hits)


# --- the one pass --------------------------------------------------------------------------------------------------------


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[Name]]:
    lexicon = read_lexicon("places")
    weak = set(lexicon["weak"]["cities"])
    names: dict[str, Name] = {}
    for word, codes in table.former_names().items():
        names[word] = Name(codes, "", "", "former")
    for word in lexicon["alone"]["names"]:
        if word in table.short_names():
            names[word] = Name(table.short_names()[word], "", "", "alone")
    for word, codes in table.short_names().items():
        upper = tuple(code for code in codes if code.endswith("00"))
        if upper:
            names[word] = Name(upper[:1], "", "", "weak" if word in weak else "short")
    needy = set(lexicon["weak"]["full"])
    for word, codes in (table.common_forms() | table.full_names()).items():
        names[word] = Name(codes, "", "", "needy" if word in needy or len(word) < 3 else "full")
    names |= table.hand_made()
    for word in lexicon["spelled"]["names"]:
        names[word] = Name((), word, "", "spelled")
    for word in (*lexicon["guards"]["words"], *_words()["holds"]):
        if word not in names:
            names[word] = Name((), word, "", "guard")
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(names.values())


@cache
def _words() -> dict[str, frozenset[str]]:
    """`divisions_words.tsv`: words that hold a name, and words that end or start inside one."""
    path = Path(__file__).parent / "lexicon" / "divisions_words.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line)
    return {kind: frozenset(words.split(" ")) for kind, words in rows}


def _scan(text: str) -> list[_Hit]:
    automaton, names = _automaton()
    hits: list[_Hit] = []
    last = 0
    for index, start, end in automaton.find_matches_as_indexes(text):
        if start < last:
            continue
        name = names[index]
        if name.kind == "guard":
            last = end
            continue
        if name.kind == "spelled":
            hits += _spelled(text, start, end, name.name)
            last = end
            continue
        if not _stands(text, start, end, name.kind):
            # 其中山东: the wrong 中山 must not hide 山东, which begins inside it
            for inner, s, e in automaton.find_matches_as_indexes(text[start + 1 : start + 12])[:1]:
                s, e = s + start + 1, e + start + 1
                if s < end and names[inner].kind not in ("guard", "spelled") and _stands(text, s, e, names[inner].kind):
                    hits.append(_hit(text, s, e, names[inner]))
                    last = e
            continue
        hits.append(_hit(text, start, end, name))
        last = hits[-1].end
        if child := _child(text, hits[-1]):
            hits.append(child)
            last = child.end
    return hits


def _hit(text: str, start: int, end: int, name: Name) -> _Hit:
    # 宁波市场, 上海市值, 海南省会: the last character belongs to what follows.
    if name.kind == "full" and end - start > 2 and text[end - 1] + text[end : end + 1] in _TAILS:
        end -= 1
    return _Hit(start, end, name.codes, name.name, name.level, name.kind)


_TAILS = frozenset("市场 市值 市盈 市占 市面 市价 市井 市况 省会 省份 省内 省级 省际 区域 区块 区间 区别 区分 区位 县域 县级 州际".split())


def _child(text: str, hit: _Hit) -> _Hit | None:
    """The short name of a county right behind its province or city: 河南永城, 深圳南山."""
    if len(hit.codes) != 1 or not hit.codes[0].endswith("00") or hit.rule in ("weak", "locality"):
        return None
    below = table.children(hit.codes[0])
    for length in (4, 3, 2):
        end = hit.end + length
        code = below.get(text[hit.end : end])
        if code and not _ROAD.match(text, end) and not _cut(text, hit.end, end):
            full = name_of(code)
            if text.startswith(full, hit.end):
                end = hit.end + len(full)
            return _Hit(hit.end, end, (code,), "", "", "behind its parent")
    return None


# --- whether a name stands for itself ------------------------------------------------------------------------------------------


@cache
def _roads() -> str:
    return "|".join(read_lexicon("places")["behind"]["roads"])


class _Lazy:
    """A pattern compiled when it is first asked for."""

    def __init__(self, make):
        self._make = make

    def match(self, text: str, at: int) -> re.Match[str] | None:
        pattern = self._make()
        return pattern.match(text, at)


@cache
def _road() -> re.Pattern[str]:
    # 南京路, 中山北路, 北京大道, not 上海路演 or 北京街头
    return re.compile(rf"(?:{_roads()})(?!演|透|人|况|径|线|过|由|遇|权|头|市|道办)")


_ROAD = _Lazy(_road)

# Surnames that hardly ever stand before a place as a word of their own; 马, 高, 方, 任, 程, 钟 and the like do.
_SURNAMES = frozenset("刘王李张陈赵吴徐孙胡朱郭梁宋郑谢韩冯董萧肖曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎闫潘杜戴汪姜姚谭廖邹熊郝孔崔毛邱秦侯邵孟雷汤尹黎乔贺杨周黄罗")


def _stands(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the hit is the name and no accident of neighbouring words, a person's name or a street's."""
    if kind in ("full", "needy", "former"):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "·" or after == "·":  # 乔治·华盛顿
        return False
    if _cut(text, start, end):
        return False
    if end - start == 2 and before in _SURNAMES and before and not _surname_is_word(text, start - 1):
        return False
    if kind == "abroad":
        return not (text[end - 1] == "国" and after in "家际" and after and before and before in "中美英法德俄日韩欧印澳南北拉亚非")
    return not _ROAD.match(text, end)


def _surname_is_word(text: str, at: int) -> bool:
    """Whether the surname ends a word instead of starting a name: 山东青岛 after 罗, 新疆哈密 after 汤."""
    return text[at - 1 : at + 1] in _words()["ends"] if at else False


def _cut(text: str, start: int, end: int) -> bool:
    """Whether two other words meet inside the name: 黄河|南岸, 其中|山东, 出海|口岸."""
    words = _words()
    return text[start - 1 : start + 1] in words["ends"] and text[end - 1 : end + 1] in words["starts"] if start else False


# --- short forms of one character ------------------------------------------------------------------------------------------------


@cache
def _letter_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = read_lexicon("places")["letters"]
    every = "".join(table.letters())
    run = (
        # 豫、冀两省政府, 沪深两地, 京津区域, 苏浙皖三省; 等 may stand between: 粤、闽等省
        rf"(?P<run>[{every}](?:[、和与及]?[{every}]){{1,9}})(?=等?(?:[两二三四五六七八九十]|\d)?(?:省|地(?!区?块|下|上|方)|市(?!场)|区域))"
    )
    going = (
        # 来沪, 赴琼, 在蓉举行. The verbs are those of going, being and helping.
        rf"(?:[来赴在抵返访驻援进入]|落户|入驻|迁往|前往)(?P<going>[{lexicon['going']}])(?![\w]?[区上下东口股币元元府湾剧菜语郊])"
    )
    trading = rf"(?P<trading>[{lexicon['trading']}])(?:企(?![业图及鹅稳盼划])|商(?![务业场品标家贸铺城圈丘洛州界谈]|银行|证券))"
    hosting = r"在(?P<hosting>[\u4e00-\u9fff])(?=(?:隆重|正式|顺利|成功)?(?:举行|举办|召开|开幕|闭幕|揭牌|揭幕|签约|启动|成立|开业|发布))"
    return re.compile(run), re.compile(f"{going}|{trading}|{hosting}")


def _spelled(text: str, start: int, end: int, name: str) -> list[_Hit]:
    """京津冀 -> 京, 津, 冀; nothing where the whole is a railway or the like (京沪高铁)."""
    lexicon = read_lexicon("places")["spelled"]
    if text.startswith(tuple(lexicon["not_before"]), end) or (start and text[start - 1] in table.letters()):
        return []
    members = lexicon["names"][name]
    return [
        _Hit(start + i, start + i + 1, (table.code_of_short(member),), "", "", "spelled") for i, member in enumerate(members)
    ]


def _find_letters(text: str, hits: list[_Hit]) -> list[_Hit]:
    letters = table.letters()
    run, single = _letter_patterns()
    found = [
        _Hit(i, i + 1, (letters[text[i]],), "", "", "letters in a row")
        for m in run.finditer(text)
        for i in range(m.start(), m.end())
        if text[i] in letters
    ]
    shorts = {name_of(hit.codes[0])[:-1] for hit in hits if len(hit.codes) == 1} if "在" in text else set()
    for m in single.finditer(text):
        kind = m.lastgroup or ""
        i = m.start(kind)
        code = letters.get(text[i], "")
        if kind == "hosting":
            own = [short for short in shorts if text[i] in short]
            known = code and text[i] in read_lexicon("places")["letters"]["cities"]
            if own and len(own) == 1:
                code = table.code_of_short(own[0]) if own[0] in table.short_names() else ""
            elif not known:
                continue
        if code:
            found.append(_Hit(i, i + 1, (code,), "", "", f"letter {kind}"))
    return sorted(found)


# --- which place it is --------------------------------------------------------------------------------------------------------


def _resolve(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Each hit with one code, or none where it stays open; weak and needy names without support are left out."""
    sure = Counter(code for hit in hits if len(hit.codes) == 1 and hit.rule not in ("weak", "needy") for code in hit.codes)
    provinces = Counter({code: 0 for code in ()})
    for code, count in sure.items():
        provinces[code[:2]] += count
    resolved: list[_Hit] = []
    for i, hit in enumerate(hits):
        if hit.rule == "weak" and not (hit.codes[0] in sure or hit.codes[0][:2] in provinces or _in_list(text, hits, i)):
            continue
        if hit.rule == "needy" or len(hit.codes) > 1:
            near = _nearest_parent(text, resolved, hit)
            codes = (near,) if near else _dominant(hit.codes, sure)
            if hit.rule == "needy" and not near:
                continue
            hit = hit._replace(codes=codes, name=hit.name or text[hit.start : hit.end])
            if codes and len(codes) == 1:
                hit = hit._replace(name="")
        resolved.append(hit)
    return resolved


def _in_list(text: str, hits: list[_Hit], i: int) -> bool:
    """Whether the name stands in a list with another city: 太原、大同."""
    hit = hits[i]
    before, after = (hits[i - 1] if i else None), (hits[i + 1] if i + 1 < len(hits) else None)
    return bool(
        (before and hit.start - before.end == 1 and text[before.end] in "、和与及")
        or (after and after.start - hit.end == 1 and text[hit.end] in "、和与及")
    )


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[。！？!?\n]")


def _nearest_parent(text: str, before: list[_Hit], hit: _Hit) -> str:
    """The one candidate that lies in a place named shortly before in the same sentence, "" if none."""
    for other in before[:-9:-1]:
        if len(other.codes) != 1 or hit.start - other.end > 120 or _sentence_end().search(text, other.end, hit.start):
            continue
        inside = [code for code in hit.codes if table.holds(other.codes[0], code) and code != other.codes[0]]
        if len(inside) == 1:
            return inside[0]
    return ""


def _dominant(codes: tuple[str, ...], sure: Counter[str]) -> tuple[str, ...]:
    """The candidate whose city or province the text names most, () where two are equal or none is named."""
    weight = {code: sure[code] + 3 * sure[code[:4] + "00"] + sure[code[:2] + "0000"] for code in codes}
    best = max(weight.values())
    top = [code for code in codes if weight[code] == best]
    return tuple(top) if best and len(top) == 1 else ()


# --- names that the text itself has introduced -----------------------------------------------------------------------------------


def _find_again(text: str, hits: list[_Hit]) -> list[_Hit]:
    """南山 for 南山区, once the text has named 南山区 in full or behind its parent."""
    known: dict[str, str] = {}
    for hit in hits:
        if len(hit.codes) == 1 and hit.rule in ("full", "needy", "behind its parent") and not hit.codes[0].endswith("00"):
            division = table.divisions().get(hit.codes[0])
            if division and division.short and not division.word:
                known[division.short] = hit.codes[0]
    if not known:
        return []
    pattern = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)))
    return [
        _Hit(m.start(), m.end(), (known[m.group()],), "", "", "named in full before")
        for m in pattern.finditer(text)
        if _stands(text, m.start(), m.end(), "alone")
    ]


def _find_towns(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Towns by full name (织里镇, 西丽街道), where the text also names a place that holds exactly one of that name."""
    found: list[_Hit] = []
    codes = {hit.codes[0] for hit in hits if len(hit.codes) == 1}
    if not codes:
        return found
    for m in re.finditer(r"[镇乡]|街道|苏木", text):
        for length in range(8, 2, -1):
            start = m.end() - length
            owners = table.towns().get(text[start : m.end()], ()) if start >= 0 else ()
            above = _owner(text, hits, start, owners, codes) if owners else ""
            if above:
                found.append(_Hit(start, m.end(), (above,), text[start : m.end()], "town", "town"))
                break
    return found


def _owner(text: str, hits: list[_Hit], start: int, owners: tuple[str, ...], codes: set[str]) -> str:
    before = hits[: bisect_right(hits, start, key=lambda hit: hit.end)]
    near = _nearest_parent(text, before, _Hit(start, start, owners, "", "town", ""))
    for above in (*((c,) for c in before[-1:] for c in c.codes[:1]),):
        if above in owners:
            return above[0]
    if near:
        return near
    fitting = {owner for owner in owners for code in codes if table.holds(code, owner)}
    return fitting.pop() if len(fitting) == 1 else ""


# --- names inside other names --------------------------------------------------------------------------------------------------


@cache
def _behind() -> re.Pattern[str]:
    words = {key: "|".join(values) for key, values in read_lexicon("places")["behind"].items() if key != "examples"}
    # A name goes on without these: function words and verbs that begin a clause.
    breaks = "成立|设立|举行|举办|召开|启动|签署|签订|建设|投资|打造|推动|推进|开设|开通|拥有|成为|发生|达成|迎来|等|多家|一家|两家|几家|许多|所有|进行|参加|出席|工作|生产|建立|收购|入股|合作"
    stem = rf"(?:(?!{breaks})[^\W的了在是将与及对从向为已有到把被让使其这那些也都就还又并而当各每不未来去说称]){{0,12}}?"
    return re.compile(
        rf"{stem}(?:{words['organisations']})|(?:{words['bodies']})(?!托|员|屈|派|任)|[^\W的在]{{0,5}}?(?:{words['departments']})(?![理法事公])"
        rf"|(?:省|市|区|县|州)?(?:委|政府|人大|政协)?(?:原|前|代|副)?(?:{words['offices']})|长(?![期三江远效久大达假沙春城线短])"
        rf"|(?:{words['speech']})(?![题市场])|[\)）](?:股份|控股|集团|科技|投资)?(?:有限|股份|公司)"
    )


def _mark_inside(text: str, hits: list[_Hit]) -> list[Place]:
    """Places, those marked that run without a gap into the rest of an organisation's name or an office."""
    places: list[Place] = []
    tail_inside = False
    following = -1
    for hit in reversed(hits):
        if hit.end != following:
            tail_inside = _behind().match(text, hit.end) is not None and hit.rule != "letters in a row"
        following = hit.start
        code = hit.codes[0] if len(hit.codes) == 1 else ""
        name = hit.name or name_of(code)
        level = hit.level or (level_of(code) if code else "county")
        places.append(Place(hit.start, hit.end, text[hit.start : hit.end], code, name, level, tail_inside, hit.rule))  # type: ignore[arg-type]
    return places[::-1]


def _merge(kept: list[_Hit], more: list[_Hit]) -> list[_Hit]:
    """Both in order; of two that overlap the kept one stays."""
    if not more:
        return kept
    merged: list[_Hit] = []
    for hit in sorted([*((h.start, 0, h) for h in kept), *((h.start, 1, h) for h in more)], key=lambda t: (t[0], t[1])):
        if merged and merged[-1].end > hit[2].start:
            if hit[1] == 0:
                merged[-1] = hit[2]
            continue
        merged.append(hit[2])
    return merged
