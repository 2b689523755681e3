"""People's names: behind an office (董事长沈国军), before a verb of saying (邢孔育指出), a surname before an office (李省长).

Knows surnames, offices and what follows a name (`lexicon/surnames.yaml`, `roles.yaml`, `speech.yaml`).
Leaves out names without office or speech; well-known people are in `lexicon/actors.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from extract.lexicons import either, read_lexicon, words_in
from extract.words import is_word, tag

# Function words and first characters of verbs that are hardly ever the last of a given name.
_FUNCTION = "在与对将的地了被把是说称率表指也就还都却及等于由经不没带谈讲问答透出认曾已又从到会跟随给让因并而或和兼引辞接卸便看拿离再更仍受牵遭涉暂去做陪担调据摄持"
# Those of them that no given name begins with either: 曾被警告.
_NO_FIRST = "被的了在与将把是都却又曾已还也让给从到跟随便"
# Characters that write foreign names by their sound and are rare in Chinese given names.
_SOUNDS = frozenset("恩尔斯特克顿姆曼普莱茨格夫里亚利奇蒂诺伦纳兹巴泽卡洛萨雷塔拉")
# White space, spelled out: a class that holds \\s asks two questions of every character.
_BLANKS = r"\t-\r \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_EDGE = r"，,。；;：:、！!？?“”「」『』\"'‘’《》〈〉【】〔〕（(）)|／/—" + _BLANKS


def _one_of(words: list[str]) -> str:
    return f"(?:{either(words)})"


@functools.cache
def _surname() -> str:
    names = read_lexicon("surnames")
    return f"(?:{_one_of(names['double'])}|[{names['single']}])"


@functools.cache
def _after() -> str:
    return _one_of([*read_lexicon("surnames")["after"], *read_lexicon("surnames")["works"], *offices()])


@functools.cache
def speech_verbs() -> tuple[str, ...]:
    """Verbs of saying, longest first."""
    return tuple(sorted((w for g in read_lexicon("speech") for w in g["words"]), key=len, reverse=True))


@functools.cache
def offices() -> frozenset[str]:
    """Every office of `lexicon/roles.yaml`."""
    return frozenset(word for group in read_lexicon("roles") for word in group["words"])


@functools.cache
def company_offices() -> frozenset[str]:
    """Offices only companies have: 董事长, 首席执行官."""
    return frozenset(next(group["words"] for group in read_lexicon("roles") if group["group"] == "company offices"))


@functools.cache
def plain_people() -> tuple[str, ...]:
    """What people are who hold no office: 村民, 律师."""
    return tuple(next(group["words"] for group in read_lexicon("roles") if group["group"] == "plain people"))


@functools.cache
def short_offices() -> frozenset[str]:
    """Offices that follow a bare surname: 李省长, 张总."""
    return frozenset(word for group in read_lexicon("roles") for word in group["short"])


@functools.cache
def _behind_office() -> re.Pattern[str]:
    # Three characters that a word for what people do follows (赵桂才一行), unless the third is itself such a word
    # (李强在会上); else two that such a word follows (李强率团); else three (张建锋曾). Parts of a foreign name are
    # joined with a dot (蒂姆·库克).
    first = rf"(?![{_NO_FIRST}])[一-鿿]"
    given = rf"(?:{first}[^\W\dA-Za-z{_FUNCTION}]?(?<!升(?=任))(?<!为(?=[0-9])){_name_end()}|{first}[^\W\dA-Za-z{_FUNCTION}])"
    return re.compile(rf"(?!兼)(?:[一-鿿]{{1,6}}(?:·[一-鿿]{{1,8}}?){{1,2}}{_name_end()}|{_surname()}{given})")


@functools.cache
def _name_end() -> str:
    return rf"(?=$|[{_EDGE}]|{_after()}|[0-9])"


@functools.cache
def _ends() -> re.Pattern[str]:
    return re.compile(_name_end())


def ends_name(text: str, at: int) -> bool:
    """Whether what stands at `at` shows that a name has ended there."""
    return _ends().match(text, at) is not None


@functools.cache
def sure_surname() -> str:
    """Surnames that are hardly ever an everyday word: without an office only these start a name."""
    names = read_lexicon("surnames")
    return f"(?:{_one_of(names['double'])}|[{''.join(sorted(set(names['single']) - set(names['weak'])))}])"


@functools.cache
def _before_speech() -> re.Pattern[str]:
    verbs = _one_of(list(speech_verbs()))
    firsts = "还也曾则就又均进同随近日昨今当公明坦强向对在" + "".join(verb[0] for verb in speech_verbs())  # asked first
    given = rf"(?:[^\W\dA-Za-z{_NO_FIRST}]|[一-鿿][^\W\dA-Za-z{_FUNCTION}])"
    adverb = r"(?:还|也|曾|则|就|又|均|进一步|同时|随后|近日|日前|昨日|今日|昨天|今天|当天|公开|明确|坦率地|强烈)?"
    towards = r"(?:[向对][一-鿿]{2,8}?|在接受[一-鿿]{2,10}?时)?"
    some = f"{adverb}{towards}{adverb}"
    return re.compile(rf"[{_EDGE}在据]({sure_surname()}{given})(?=[{firsts}])(?={some}{verbs})")


def name_behind(text: str, at: int) -> int:
    """The end of the person's name that starts at `at`, right behind an office; 0 where none does."""
    match = _behind_office().match(text, at, at + 16)
    if not match or match.group()[1:] in offices():  # 任组长
        return 0
    if _common_word(match.group()) and not _after_weekday(text, match):
        return 0
    end = match.end()
    if text[end - 1] in _SOUNDS and text[end : end + 1] in _SOUNDS:  # 冯德莱|恩: a foreign name goes on
        while end < at + 10 and text[end : end + 1] and text[end] in _SOUNDS:
            end += 1
    elif end - at == 3 and _is_of_next_word(text, at, end):
        end -= 1
    if text.endswith(_BYLINES, 0, at):
        return end
    plain = text.endswith(plain_people(), 0, at)
    if plain and end - at == 3 + (text[at : at + 2] in read_lexicon("surnames")["double"]) and _leads_on(text, at, end):
        end -= 1
    deed = _is_deed if plain else _is_everyday
    return 0 if deed(text, at, end) else end


def _leads_on(text: str, at: int, end: int) -> bool:
    """司机王强|驾车, 选手王强|以9秒夺冠: whether the third character behind plain people begins what they do, where no name of
    three stands again."""
    word = text[end - 1 : end + 1]
    begins = text[end - 1] in _BEGIN_DEEDS or text.startswith(words_in("beside_names", "begins behind a person"), end - 1)
    if not begins and (not is_word(word) or len(tag(word)) > 1 or len(tag(text[end - 1 : end + 2])[0].text) < 2):
        return False
    return text.find(text[at:end], end, end + _SOON_AGAIN) < 0


_BEGIN_DEEDS = frozenset("以用犯拾未")
_SOON_AGAIN = 1000  # characters in which a name is looked for again
_BYLINES = ("(记者", "（记者")  # names only stand there


def _after_weekday(text: str, name: re.Match[str]) -> bool:
    """总经理周三强|出席: a given name that begins as a day does, unlike 周三晚说, 周五时称, 周二强|调."""
    start, end = name.span()
    if end - start != 3 or text[start] != "周" or text[end - 1] in "早晚夜时前后起内":
        return False
    return ends_name(text, end) and not is_word(text[end - 1 : end + 1])


def _is_deed(text: str, at: int, end: int) -> bool:
    """民警|查获毒品, 贫困户|高成本种植: behind plain people, an everyday word, or a surname that begins one."""
    if text.startswith(speech_verbs(), end) or "·" in text[at:end]:
        return False  # 村民高山说
    if text[at + 1 : at + 3] in _deeds_behind_names():
        return True  # 茶农陈|种茶
    if text[at] in _verbal_surnames():
        return is_word(text[at : at + 2]) or not ends_name(text, end) or is_word(text[at + 1 : end])  # 民警查缴枪|支
    first = text[at : at + 2]
    if first not in read_lexicon("surnames")["double"] and is_word(first) and not tag(first)[0].flag.startswith(_NAMES):
        return True  # 被害人陈述意|见, 司机车速过|快
    return _is_everyday(text, at, end)  # 黄花菜


@functools.cache
def _deeds_behind_names() -> frozenset[str]:
    return frozenset(read_lexicon("surnames")["works"])


_NAMES = ("nr", "ns", "nz")


def _is_everyday(text: str, at: int, end: int) -> bool:
    """院长|高薪聘请, 部长|常驻北京: an everyday word, or the first of one that goes on."""
    first = text[at : at + 2]
    if not is_word(first) or text.startswith(speech_verbs(), end) or tag(first)[0].flag.startswith(_NAMES):
        return False
    if end - at == 2 or is_word(text[at:end]):
        return not tag(text[at:end])[0].flag.startswith(_NAMES)
    return text[at] in _verbal_surnames() and not ends_name(text, end)


@functools.cache
def _verbal_surnames() -> frozenset[str]:
    names = read_lexicon("surnames")
    return frozenset([*names["weak"], *names["adverbs"]])


@functools.cache
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{2,6}}?{_name_end()}")


def foreign_name_behind(text: str, at: int) -> int:
    """The end of the name of a foreign office holder, which begins with no surname (日本首相岸田文雄); 0 for none."""
    match = _foreign().match(text, at, at + 16)
    if match is None or match[0] in offices() or not all(word.flag.startswith("nr") for word in tag(match[0])):
        return 0
    return match.end()


def _is_of_next_word(text: str, at: int, end: int) -> bool:
    """周方|灵活地: whether the last character of a name that nothing ends is the first of the next word."""
    word = text[end - 1 : end + 1]
    if not is_word(word) or ends_name(text, end):
        return False
    if is_word(text[end : end + 2]):  # 周立|激动|地, and 地说 is a word too: the tagger is asked how it cuts them
        words = tag(text[at : end + 3])
        return [len(some.text) for some in words[:2]] == [2, 2] and words[0].flag == "nr" and words[1].flag[0] in "vads"
    return tag(word)[0].flag[0] in "vadtcpbs"  # 周立|高兴, 周方|此前, but not 周立书|家


@functools.cache
def surname_firsts() -> frozenset[str]:
    """What the surnames begin with that are hardly ever an everyday word."""
    names = read_lexicon("surnames")
    return frozenset({*names["single"]} - {*names["weak"]} | {name[0] for name in names["double"]})


@functools.cache
def _opening_surname() -> re.Pattern[str]:
    return re.compile(rf"[{_EDGE}在据](?=[{''.join(sorted(surname_firsts()))}])")


def opening_surnames(text: str) -> list[int]:
    """Where a mark, 在 or 据 stands ahead of a surname: looked for once, for both kinds of names below."""
    return [match.start() for match in _opening_surname().finditer(text)]


def names_before_speech(text: str, openings: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of names that a verb of saying follows, behind one of `opening_surnames` (在项立刚看来)."""
    spans = []
    before_speech = _before_speech()
    for opening in openings:
        match = before_speech.match(text, opening)
        if match is None or match.group(1)[1:] in short_offices():
            continue
        start, end = match.span(1)
        if not _common_word(match.group(1)):
            spans.append((start, end))
    return spans


@functools.cache
def _around_office() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = read_lexicon("surnames")
    firsts = "将已拟正因近昨今日" + "".join(verb[0] for verb in names["takes_office"])  # asked first
    aside = r"(?:将|已|拟|正式|因[一-鿿]{2,6}|[近昨今]日|日前|今天|昨天)?"
    takes = rf"[{_EDGE}]({sure_surname()}[一-鿿]{{1,2}}?)(?=[{firsts}])(?={aside}{_one_of(names['takes_office'])})"
    return re.compile(takes), re.compile(rf"{_one_of(names['appoints'])}({sure_surname()}[一-鿿]{{1,2}}?)(?:先生|女士|同志)?(?=为|担任|出任|任)")


def names_around_office(text: str, openings: Iterable[int]) -> list[tuple[int, int]]:
    """周立人 in ，周立人升任总裁 (behind one of `opening_surnames`) and 选举周立人为董事长."""
    takes, appoints = _around_office()
    matches = [match for opening in openings if (match := takes.match(text, opening))]
    if any(verb in text for verb in read_lexicon("surnames")["appoints"]):  # asked first: few articles have one
        matches += appoints.finditer(text)
    spans = [match.span(1) for match in matches]
    return [(start, end) for start, end in spans if text[start + 1 : end] not in short_offices() and not _common_word(text[start:end])]


@functools.cache
def _nouns() -> frozenset[str]:
    return frozenset(read_lexicon("surnames")["words"])


def _common_word(name: str) -> bool:
    """A surname and a character that make an everyday word: 关于, 成员, 方面."""
    return name in _nouns() or name[:2] in _nouns()


def surname_before(text: str, at: int) -> str:
    """The surname right before the office at `at` (李 in 李省长), or ""."""
    surname = read_lexicon("surnames")
    if at >= 2 and text[at - 2 : at] in surname["double"]:
        return text[at - 2 : at]
    if at >= 1 and text[at - 1] in surname["single"]:
        return text[at - 1]
    return ""


def by_surname(people: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Names with their office as written, under the first character and, for a double surname, the first two."""
    table: dict[str, list[tuple[str, str]]] = {}
    for name, role in people.items():
        for length in (1, 2):
            table.setdefault(name[:length], []).append((name, role))
    return table


_TOO_MANY = 50  # of one surname: no text means one of them by 李省长


def bearer(people: Mapping[str, list[tuple[str, str]]], surname: str, office: str) -> str:
    """The one person of `people` (see `by_surname`) with this surname and office, or ""."""
    candidates = people.get(surname, [])
    if len(candidates) > _TOO_MANY:
        return ""
    named = [name for name, role in candidates if role.endswith(office)]
    return named[0] if len(named) == 1 else ""
