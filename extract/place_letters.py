"""Places of one character: 豫、冀两省, 来沪, 皖企, 在肥举行, and 京津冀, which spells three of them.

Knows which characters mean a place and the patterns in which they do (`lexicon/places.yaml`). Leaves out names of two
and more characters (`places.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract import divisions as table
from extract.divisions import name_of
from extract.lexicons import read_lexicon
from extract.mentions import Place
from extract.place_names import Hit, words_of


def spelled(text: str, start: int, end: int, name: str) -> list[Hit]:
    """京津冀 -> 京, 津, 冀; nothing where the whole is a railway (京沪高铁) or its end begins a name (长江浙江段)."""
    lexicon = read_lexicon("places")["spelled"]
    if text.startswith(tuple(lexicon["not_before"]), end) or text[end - 1 : end + 1] in table.short_names():
        return []
    codes = (table.code_of_short(member) for member in lexicon["names"][name])
    return [Hit(start + i, start + i + 1, (code,), rule="spelled") for i, code in enumerate(codes)]


def region_around(text: str, place: Place) -> str:
    """京津冀, 粤港澳大湾区: the whole name in which `place` is spelled by its character, with what stands behind it."""
    names, at = read_lexicon("places")["spelled"]["names"], place.start
    spells = (name for name in names if (first := text.find(name, max(0, place.end - len(name)), at + len(name))) >= 0 and first <= at)
    name = max(spells, key=len, default=place.name)
    end = text.find(name, max(0, place.end - len(name))) + len(name)
    kind = _KIND_OF_REGION.match(text, end)
    return name + kind[0] if kind else name


_KIND_OF_REGION = re.compile("大湾区|(?:地区)?双城经济圈|平原城市群|城市群|都市圈|经济[区圈带]|一体化示范区|[两三四]省|[两三]地|地区")


@cache
def _letter_patterns() -> tuple[re.Pattern[str], ...]:
    """Rows, going, trading (twice), hosting. Each starts with one character or one set, which is what makes them fast to search."""
    lexicon = read_lexicon("places")["letters"]
    every = "".join(table.letters())
    number = r"等?(?:[两二三四五六七八九十]|\d)(?:个?省|地(?!块|下)|市(?!场))"
    kind = "等?(?:地区|区域|省|地(?!下|铁|块|方)|交界|一体化|城市群|都市圈|产业带)"
    return (
        # 豫、冀两省政府, 沪深两地上市, 粤、闽等省; 京津地区
        re.compile(rf"[{every}](?:[、和与及]?[{every}]){{1,9}}(?=(?P<number>{number})|{kind})"),
        # 来沪, 赴琼, 援鄂, 落户沪: behind verbs of going, being and helping
        re.compile(rf"[来赴在抵返访驻援进入回离户往](?P<at>[{lexicon['going']}])(?![区下东口股币元府湾剧菜语郊交珠资阶面风])"),
        # 皖企, 浙商
        re.compile(rf"企(?<=(?P<at>[{lexicon['trading']}])企)(?![业图及鹅稳盼划])"),
        re.compile(rf"商(?<=(?P<at>[{lexicon['trading']}])商)(?![务业场品标家贸铺城圈丘洛州界谈量户讨]|银行|证券)"),
        # 在蓉举行; in a text about 合肥, 在肥举行
        re.compile(r"在(?P<at>(?![上下中内外里前后此])[\u4e00-\u9fff])(?=(?:隆重|正式|顺利|成功)?(?:举行|举办|召开|开幕|闭幕|揭牌|揭幕|签约|启动|成立|开业|发布))"),
    )


def find_letters(text: str, hits: list[Hit]) -> list[Hit]:
    letters, plain = table.letters(), read_lexicon("places")["letters"]["plain"]
    rows, *singles = _letter_patterns()
    found: dict[int, Hit] = {}
    for m in rows.finditer(text):
        if m[0] == "沪深" and text.startswith("两市", m.end()):
            continue  # the two exchanges
        spots = [i for i in range(m.start(), m.end()) if text[i] in letters]
        # 新、云、贵 and the like are words too: they count only with a number (云贵两省)
        if len({text[i] for i in spots}) == len(spots) and (m["number"] or all(text[i] in plain for i in spots)):
            found |= {i: Hit(i, i + 1, (letters[text[i]],), rule="letters in a row") for i in spots}
    hosts: dict[str, str] | None = None
    for pattern, kind in zip(singles, ("going", "trading", "trading", "hosting"), strict=True):
        for m in pattern.finditer(text):
            at = m.start("at")
            if kind == "hosting":
                hosts = _hosts(hits) if hosts is None else hosts
                code = hosts.get(text[at], "")
            else:
                code = _letter(text, at, kind)
            if code:
                found.setdefault(at, Hit(at, at + 1, (code,), rule=f"letter, {kind}"))
    return sorted(found.values())


def _letter(text: str, at: int, kind: str) -> str:
    """The place a letter means behind a verb or before 企 and 商; "" where it begins another word (在晋升, 来津贴)."""
    word = text[at : at + 2]
    if kind == "going" and (word in words_of("letters") or word in ("台上", "港上")) and text[at : at + 3] != "港上市":
        return ""
    if kind == "going" and text[at] == "港" and text[at - 1] in "进入回离返":  # ships and planes do that
        return ""
    if kind == "going" and text[at - 1] in "户往" and text[at - 2 : at] not in ("落户", "迁往", "前往", "送往"):
        return ""
    return table.letters().get(text[at], "")


def _hosts(hits: list[Hit]) -> dict[str, str]:
    """What a single letter means behind 在: a city the text names, if it names one with that letter, else a well-known one."""
    lexicon = read_lexicon("places")["letters"]
    hosts = {letter: code for letter, code in table.letters().items() if letter in lexicon["cities"] or letter in lexicon["going"]}
    named: dict[str, set[str]] = {}
    for code in {hit.codes[0] for hit in hits if len(hit.codes) == 1 and hit.codes[0].endswith("00")}:
        for letter in name_of(code)[:-1]:
            named.setdefault(letter, set()).add(code)
    return hosts | {letter: codes.pop() for letter, codes in named.items() if len(codes) == 1}
