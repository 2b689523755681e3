"""What converters did to a text, and how to undo it: pinyin notes, blanks inside numbers, invisible characters.

Each rule says what it accepts and which text forced it. GBK bytes out of step have a module of their own, `shifted`.
Leaves out script and width (`script`), and spelling: a wrong word stays as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.occurrences import occurrences_of
from extract.offsets import Edit, in_order

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_BLANK = "[ \u00a0\u2002-\u200a\u202f\u3000]"  # looked for
# They split words and numbers: zero-width blanks, marks of direction, soft hyphens, a byte order mark inside.
_UNSEEN = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
_BLANK_OR_UNSEEN = re.compile(_BLANK[:-1] + _UNSEEN[1:])
_B = r"[^\S\n\r]"  # looked at beside another character: compiles ten times faster than the list
# A company or a place, not a magnitude, may stand behind a number and a blank: 2018 万科, 3 亿联.
_NO_MAGNITUDE = "万[科达州宁物全豪华众盛润泰森]|亿[利纬达联帆田滋阳]|兆[易驰丰]"


def clean_edits(text: str) -> list[Edit]:
    """The edits that take notes, blanks inside numbers and invisible characters out of `text`."""
    found = [match.start() for match in _BLANK_OR_UNSEEN.finditer(text)]  # looked for once, for all that begins with one
    blanks = [at for at in found if text[at].isspace()]
    unseen = _invisible(text) if len(blanks) < len(found) else []
    return in_order([*_notes(text), *_number_blanks(text, blanks), *_written_number_blanks(text, blanks), *unseen])


def _at_blanks(pattern: re.Pattern[str], text: str, blanks: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `pattern`, which begins with a blank, finds in `text`."""
    end = 0
    for at in blanks:
        if at >= end and (found := pattern.match(text, at)):
            end = found.end()
            yield found


def _notes(text: str) -> list[Edit]:
    """業(yè) is 業: the note goes together with its character, so that both keep one raw span."""
    return [Edit(start, end, text[start]) for start, end, _ in find_notes(text)]


def find_notes(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, reading) of each Han character with its note."""
    for bracket in occurrences_of(text, "(", "（"):
        if (found := _note().match(text, bracket)) is None:
            continue
        start = bracket - 1
        if start > 0 and text[start].isspace():
            start -= 1
        if start >= 0 and "\u3400" <= text[start] <= "\u9fff":
            yield start, found.end(), found[1]


@cache
def _note() -> re.Pattern[str]:
    # Behind a Han character, brackets with one to six letters of which one has a tone mark, perhaps a blank. Without
    # the tone mark it would also take names and units: 王(wang), 米(m).
    return re.compile(rf"[(（](?=[a-zü]{{0,5}}[{TONES}])([a-zü{TONES}]{{1,6}})\s?[)）]")


def _invisible(text: str) -> list[Edit]:
    """The characters that nobody sees."""
    return [Edit(found.start(), found.end(), "") for found in _unseen().finditer(text)]


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"{_UNSEEN}{_UNSEEN}*")  # not `+`: a search can skip to a class that stands by itself


def _number_blanks(text: str, blanks: Iterable[int]) -> list[Edit]:
    """`1 . 5 亿`, `2, 800 万`, `2014 年 7 月`: what stands between the parts of one number or one date."""
    return [Edit(found.start(), found.end(), "") for found in _at_blanks(_blank_in_number(), text, blanks) if _belongs(text, found)]


@cache
def _blank_in_number() -> re.Pattern[str]:
    b = _B
    magnitude = f"(?:(?!{_NO_MAGNITUDE})[万亿兆萬億]|[%％‰])"
    return re.compile(
        rf"{_BLANK}{b}?(?=[\d万亿兆萬億%％‰年月日号號.．,，个個季世周天上下全第前])(?:"
        rf"(?<=\d{b})(?:(?<!\d\d\d\d{b})|(?<!(?:19|20)\d\d{b}))(?={magnitude})"  # 5 亿, 30 %; 2018 万 is a year and a name
        rf"|(?<=\d{b})(?=[年月日号號])"  # 2014 年
        rf"|(?<=\d{b})(?=[个個]月|[个個]?季度|世[纪紀]|[周天][前后後内內来來])"  # 3 个月前
        rf"|(?<=[前近去来來后後第首头頭]{b})(?=\d{{1,2}}{b}?(?:年|[个個]月|[个個]?季度|周|天))"  # 近 3 年, 前 11 个月, 第 2 季度
        rf"|(?<=(?:19|20)\d\d{b})(?=[上下]半年|全年|[第前]{b}?[一二三四1-4]{b}?[个個]?季度|前{b}?\d{{1,2}}{b}?[个個]月)"  # 2019 上半年
        rf"|(?<=世[纪紀]{b})(?=\d0{b}?年代)"
        rf"|(?<=年{b})(?=\d{{1,2}}{b}?月)|(?<=月{b})(?=\d{{1,2}}{b}?[日号號])"  # 年 7 月, 月 10 日
        rf"|(?<=\d{b})(?=[.．]{b}?\d)|(?<=\d{b}[.．]{b})(?=\d)"  # 1 . 5
        rf"|(?<=\d[.．]{b})(?=\d{{1,2}}{b}?{magnitude})"  # 1. 5亿; at the start of a line it counts a list
        rf"|(?<=\d{b})(?=[,，]{b}?\d{{3}}(?!\d))|(?:(?<=\d[,，]{b})|(?<=\d{b}[,，]{b}))(?=\d{{3}}(?!\d))"  # 2 , 800
        rf")"
    )


def _belongs(text: str, blank: re.Match[str]) -> bool:
    """Whether what stands before a blank is the beginning of the same number; where the sign alone cannot say."""
    before, after = text[max(0, blank.start() - 8) : blank.start()], text[blank.end() : blank.end() + 12]
    if re.search(r"\d[.．]$", before):
        return not re.search(r"(?:^|\n)\s*\d{1,2}[.．]$", before)
    if re.search(r"[,，]\s?$", before) or after[:1] in ",，":
        # 2, 800 and 12, 800 are numbers; 100, 200 is a list, unless a magnitude follows; 2015, 200 begins with a year.
        head = re.search(rf"(\d+){_B}?[,，]?$", before)
        tail = re.match(rf"[,，]?{_B}?\d{{3}}{_B}?(.?)", after)
        if not head or not tail:
            return False
        return len(head[1]) < 3 or (len(head[1]) == 3 and tail[1] in tuple("万亿萬億"))
    return True


# --- blanks inside numbers written in Chinese ----------------------------------------------------------------------

_RANGE = rf"{_B}?[-–—~～至到]{_B}?"
_MEASURES = "多余万亿元人名家个件台辆户吨公平美港欧日次册篇套份所座条只头株亩立箱张"
_ONES = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖兩貳參叁陸"
_POWERS = "十百千万亿拾佰仟萬億"
# Behind a blank these begin a word, not a magnitude: 三 百货, 两 千兆, 5 百强, 十 千米.
_POWER_WORDS = f"{_NO_MAGNITUDE}|百[货强姓度科合家]|千[兆瓦克米佛岛年]|十[足分堰佳大强]"


def _written_number_blanks(text: str, blanks: Iterable[int]) -> list[Edit]:
    """`三千 八百 九十六 万`, `6 千 4 百`, `十 余 万`, `三 点 五`, `百 分之`: spaced by converters, one number all the same.

    Only a blank behind which the number provably goes on is taken out; `一 二 三` and `一百 五` stay as they are.
    """
    edits = [Edit(found.start(), found.end(), "") for found in _at_blanks(_thousands(), text, blanks) if _is_thousands(text, found)]
    joined = -1  # where the blank taken out last ended: what it opened may close with a single digit (五 十 二)
    for found in _at_blanks(_blank_in_written_number(), text, blanks):
        start, end = found.span()
        if found.lastgroup == "last" and not 0 <= start - joined <= 2:
            continue
        edits.append(Edit(start, end, ""))
        joined = end
    return edits


@cache
def _thousands() -> re.Pattern[str]:
    return re.compile(rf"{_BLANK}(?<=\d.)(?=\d{{3}}(?![\d.]))")


def _is_thousands(text: str, blank: re.Match[str]) -> bool:
    """12 000多名: thousands set apart by blanks, as the standard on numbers in print (GB/T 15835) has it.

    A Han character before and a measure behind, so that columns of a table and numbers in a list stay apart.
    """
    before, after = text[max(0, blank.start() - 36) : blank.start()], text[blank.end() + 3 : blank.end() + 40]
    low = rf"(?:[1-9]\d{{0,2}}(?:{_B}\d{{3}}){{1,3}}{_RANGE})?"  # 12 300-13 000人: the other end of a range
    high = rf"(?:{_RANGE}[1-9]\d{{0,2}}(?:{_B}\d{{3}}){{1,3}}(?!\d))?"
    head = re.search(rf"[\u3400-\u9fff](?<![第表图附榜]){_B}?{low}[1-9]\d{{0,2}}(?:{_B}\d{{3}}){{0,3}}$", before)
    tail = re.match(rf"(?:{_B}\d{{3}}(?!\d)){{0,3}}{high}{_B}?(?!{_NO_MAGNITUDE})[{_MEASURES}]", after)
    return head is not None and tail is not None


@cache
def _blank_in_written_number() -> re.Pattern[str]:
    b = _B
    power = f"(?!{_POWER_WORDS})[{_POWERS}]"
    return re.compile(
        rf"{_BLANK}{b}{{0,3}}+(?=[{_ONES}{_POWERS}0-9点點余餘多几幾分之])(?:"
        rf"(?<=[{_ONES}{_POWERS}余餘几幾]{b})(?={power})"  # 九十六 万, 五 十, 余 万
        rf"|(?<=[^0-9][0-9]{b})(?=(?!{_POWER_WORDS})[百千])"  # 6 千
        rf"|(?<=[{_POWERS}]{b})(?=[{_ONES}0-9]{b}{{0,4}}{power})"  # 三千 八百
        rf"|(?<=[0-9]{b}[万亿萬億]{b})(?=[1-9][0-9]{{0,3}}(?![0-9.]){b}?[余餘多]?{b}?(?:{power}|[{_MEASURES}個輛戶噸頭畝張倆隻]))"  # 24 萬 5000 人, but 3 萬 2024 年
        rf"|(?<=[十百千拾佰仟]{b})(?=[余餘多几幾]{b}{{0,4}}[万亿萬億])"  # 五百 余万
        rf"|(?<=[{_ONES}{_POWERS}]{b})(?=[点點]{b}{{0,4}}[{_ONES}])|(?<=[{_ONES}{_POWERS}][点點]{b})(?=[{_ONES}])"  # 三 点 五
        rf"|(?<=[{_ONES}{_POWERS}]{b}[点點]{b})(?=[{_ONES}])"
        rf"|(?<=百{b})(?=分{b}{{0,2}}[之点點])|(?<=百分{b})(?=[之点點])|(?<=百{b}分{b})(?=[之点點])|(?<=[个個]{b})(?=百{b}{{0,2}}分{b}{{0,2}}[点點])"
        rf"|(?<=[十百千]{b})(?=[{_ONES}](?![{_ONES}]))(?P<last>)"
        rf")"
    )
