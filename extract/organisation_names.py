"""Where the name begins that an ending ends: the words before 公司 or 研究院 that are its own.

Knows how far left a name reaches: to a mark, a verb, a description, or the place it is called after. Leaves out the
endings themselves (`organisation_endings.py`) and those that need a place or stand alone (`organisations.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.mentions import Actor, Place
from extract.organisation_endings import Suffix, descriptions, is_legal_form, is_noun, kinds, name_words, only_described
from extract.passages import Span
from extract.words import Word, is_word, tag

# Nothing of a name lies to the left of these. Brackets are let through only around a place: 奔腾电器(上海)有限公司.
STOPS = frozenset(" \n\t\u3000\xa0，,。；;：:、！!？?“”\"'‘’《》〈〉<>「」『』【】〔〕［］|/／*…—-·●○◎■□◆◇▲△★☆※→")
_STOPS_AND_BRACKETS = STOPS | frozenset("（()）")
_BRACKETED = re.compile(r"[（(]([一-鿿]{2,4})[)）](?=[一-鿿]{0,6}$)")
_PROPER_FLAGS = ("ns", "nr", "nz", "nt", "j", "eng", "zg", "nrt", "nrfg")
_NOT_MORE = ("业绩", "业务", "业已")  # 江山银行|业绩
_MORE_OF_A_WORD = frozenset("局业系")  # 红星资本|局, 银行|业, 汽车|系
_EARLIER = frozenset(["原", "前", "新", "旧", "年度"])  # 明|年度|离岛基金
# Before a name and no part of it; the tagger joins them with what follows where no dictionary has the name (从海|岳公司).
_PARTICLES = frozenset("从由被将把与及使让占并为")
# These too where two characters and more follow and make no word with the first: 向|海岳川乳业, 月|海岳公司, but 以岭药业, 给力集团, 向阳川公司.
_PARTICLES_OF_MORE = frozenset("以对向后有月给据称且")
_FIRSTS = _PARTICLES | _PARTICLES_OF_MORE
_YEAR = re.compile("(?:19|20)[0-9]{2}")  # 2017|中国云海协会
_WINDOW = 22


def organisation(text: str, start: int, end: int, kind: Suffix, rule: str, name: str = "") -> Actor:
    return Actor(start, end, text[start:end], name or text[start:end], kind.type, "", rule)


class Ending(NamedTuple):
    """An ending where it stands; see `find_organisation`."""

    text: str
    start: int
    end: int
    kind: Suffix
    floor: int
    known: Actor | None
    place_ends: Mapping[int, Place]

    @property
    def legal(self) -> bool:
        return is_legal_form(self.text, self.start, self.end)

    def named(self, begin: int, rule: str) -> Actor:
        """The organisation whose name begins at `begin`."""
        return organisation(self.text, begin, self.end, self.kind, rule)


def by_words(ending: Ending) -> Actor | None:
    """Walk left from the suffix through the words of a name; what is only a description is none."""
    text, start, end, kind = ending[:4]
    left, inner = _reach(ending)
    if (text[end : end + 1] in _MORE_OF_A_WORD and not text.startswith(_NOT_MORE, end)) or inner - left < kind.least or only_described(text, left, inner):
        return None
    lead = max(ending.floor, left - 2) if left == start - min(_WINDOW, kind.most) else left  # the window may open within a word
    words = [word for word in _recut(tag(text[lead : end + 2], lead)) if word.end > left and word.start < end]
    last = words[-1]
    if last.end > end:  # the suffix is a part of another word: 土地产权
        return None
    if text.startswith("附属", end) and (school := _ATTACHED.match(text, end)):
        end = school.end()
        ending = ending._replace(end=end)
    if last.flag == "nt" and last.start < inner and kind.type == "other":
        return ending.named(_ahead_of(ending, last.start), "organisation of the dictionary")
    words = [word for word in words if word.end <= inner] or words[:-1]
    stem = words[_first_of_name(ending, words) :]
    if not stem and inner < start and ending.legal and (head := _BEFORE_BRACKET.search(text, max(ending.floor, inner - 6), inner)):
        return ending.named(head.start(1), "name before a place in brackets")
    if not stem or not kind.least <= inner - max(left, stem[0].start) <= kind.most:
        return None
    begin = _begin(ending, words, stem[0].start, left)
    if _AMOUNT.match(text, begin, start):
        return None  # 12条|物流专线
    if not (_is_named(ending, stem) or _has_left_over(ending, begin, stem[0].start)) or (text[begin] == "业" and _HAN.match(text, max(0, begin - 1))):
        return None  # 快递|业揽收|快递: 业 ends the word before
    return ending.named(begin, f"name before {text[start:end]}")


# 云海大学附属第二医院, no 云海大学.
_ATTACHED = re.compile("附属(?:第[一二三四五六七八九十]{1,2})?[一-鿿]{0,6}?(?:医院|中学|小学|学校|幼儿园)")


def _recut(words: Sequence[Word]) -> list[Word]:
    """Words with what the tagger joined cut again: 从海岳 -> 从, 海岳."""
    cut: list[Word] = []
    for word in words:
        while word.text[0] in _FIRSTS and len(word.text) > 1 and _begins_with_particle(word.text) and not is_word(word.text):
            if word.text[0] == "为" and cut and cut[-1].flag == "ns":
                break  # 上海|为云科技有限公司
            cut.append(Word(word.start, word.start + 1, word.text[0], "p"))
            word = Word(word.start + 1, word.end, word.text[1:], word.flag)
        cut.append(word)
    return cut


def _begins_with_particle(word: str) -> bool:
    if word[0] in _PARTICLES_OF_MORE:
        return len(word) > 2 and not is_word(word[:2]) and not (word[0] in "后有" and is_word(word[1:]))  # 后海湾
    return word[0] in _PARTICLES


def _reach(ending: Ending) -> Span:
    """How far left the name may go, and where its words end: at the ending, or before a place in brackets."""
    text, start, _, kind, floor, known, place_ends = ending
    left = max(floor, start - min(_WINDOW, kind.most))
    if known and known.end >= left:
        place = place_ends.get(known.start) if ending.legal else None
        left = place.start if place else known.start  # 上海|远山|科技有限公司
    inner = start
    bracketed = _BRACKETED.search(text, max(left, start - 12), start)
    if bracketed and (bracketed.end() == start or bracketed.end(1) in place_ends):  # 周立人（简历附后）为|公司
        inner = bracketed.start()
    for at in range(inner - 1, left - 1, -1):
        if text[at] in _STOPS_AND_BRACKETS:
            return at + 1, inner
    return left, inner


def _ahead_of(ending: Ending, start: int) -> int:
    """Where 华东师范大学, one word of the dictionary, begins with the known name or the place it stands behind."""
    known, place = ending.known, ending.place_ends.get(start)
    if known and known.start <= start < known.end:
        return known.start
    return place.start if place else start


def _begin(ending: Ending, words: Sequence[Word], first: int, left: int) -> int:
    """Where the name begins whose first word, as the dictionary cuts, starts at `first`."""
    text, _, _, kind, floor, _, place_ends = ending
    begin = first
    cut = place_ends.get(begin + 1) or place_ends.get(begin + 2)
    if cut and floor <= cut.start < begin:
        begin = cut.start  # 福|建省安芯产业基金: looking back stopped within the place
    elif ending.legal:
        begin = _from_place(text, left, begin, place_ends)
    return _with_left_over(text, floor, begin, words) if kind.group and begin == first else begin


_HAN = re.compile("[一-鿿](?=业)")
_AMOUNT = re.compile("[0-9]{1,6}[多余]?[条个家座项批辆台套处所艘架列件份种吨斤类款]$")
_APART = re.compile("[，。；：、,;:（(\\s“”和与及由向]")


def _with_left_over(text: str, floor: int, begin: int, words: Sequence[Word]) -> int:
    """Where the name of a group begins whose first two characters no dictionary joins, or that begins with a number or 新:
    、明阳|智慧能源集团, 和中扶|建设上海有限公司, ，零|阻力气艇制造有限公司."""
    ahead = [word for word in words if floor <= word.start < begin]
    if ahead and ahead[-1].text in name_words().breaks:
        return begin
    if ahead and ahead[-1].text == "新" and not is_word(next(word.text for word in words if word.start == begin)):
        return begin - 1  # 河北|新|发地集团
    while ahead and ahead[-1].text in descriptions():
        ahead.pop()
    if not ahead:
        return begin
    end = ahead[-1].end
    start = end - 1 if len(ahead[-1].text) == 1 and ahead[-1].flag in ("m", "a") and end == begin else end - 2
    if start < floor or (start and not _APART.match(text[start - 1]) and not (len(words) > 1 and end - start == 1)):
        return begin
    if text[start - 1 : start].isdigit():
        return begin  # 罚没300|万|杭州远山有限公司
    if not _HAN_ONLY.fullmatch(text, start, end) or (end - start == 2 and is_word(text[start:end])):
        return begin
    return start


def _has_left_over(ending: Ending, begin: int, first: int) -> bool:
    """安徽|岳见|物流管理有限公司: what no dictionary joins, between the place of a registered name and everyday words, is the name."""
    if not ending.legal or begin >= first:
        return False
    ends = [place.end for place in ending.place_ends.values() if place.start == begin]
    rest = ending.text[ends[0] : first] if ends else ""
    return 2 <= len(rest) <= 4 and not is_word(rest) and not _COUNTED.search(rest)


_COUNTED = re.compile("[0-9一二三四五六七八九十两多几数某各该这那等有为是]")
_BEFORE_BRACKET = re.compile("(?:^|[，。；：、,;:\\s与和及由])([一-鿿]{2,5})$")
_HAN_ONLY = re.compile("[^\\W也是这那即不他她从在向对与和由把曾任原兼获赴访就被将让A-Za-z0-9_]{1,2}")
_NOT_IN_NAME = re.compile("[与和及由向在的了是对、以将把被为]")


def _from_place(text: str, left: int, begin: int, place_ends: Mapping[int, Place]) -> int:
    """Where a registered name begins: at the place up to four characters ahead (河东区新农村|发展实业有限公司)."""
    if any((place := place_ends.get(end)) and place.start == begin for end in range(begin + 2, begin + 6)):
        return begin
    for end in range(begin, max(left, begin - 5), -1):
        place = place_ends.get(end)
        if place and place.start >= left and not _NOT_IN_NAME.search(text, end, begin) and text[end:begin] not in name_words().governs:
            return place.start
    return begin


@functools.cache
def _deeds() -> frozenset[str]:
    return frozenset(word for entry in read_lexicon("event_types") for key in ("sure", "dated") for word in entry.get(key, ()))


def _first_of_name(ending: Ending, words: Sequence[Word]) -> int:
    """Index of the word the name starts with. A legal form (有限公司) takes verbs in too (远望电器), deeds aside."""
    known, place_ends, legal = ending.known, ending.place_ends, ending.legal
    _, breaks, governs, builds, *_ = name_words()
    first = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if first == index + 1 < len(words) and word.flag == "v" and _starts_place(words[first], place_ends):
            break  # 名叫|云江远山有限公司, 拜访|云江远山有限公司
        inside_known = known is not None and known.start <= word.start < known.end
        part = inside_known or is_noun(word) or _starts_place(word, place_ends) or (legal and word.flag in ("v", "a") and len(word.text) > 1 and word.text not in _deeds())
        if first < len(words) and (word.text in governs or word.text in builds) and _is_ahead_of_name(words, index, place_ends):
            break
        if word.text in breaks or not part or (len(word.text) == 2 and word.text[1] in "由及"):  # 母基|金由|某基金
            break
        first = index
    if legal:
        first = _behind_description(words, first, place_ends)
    first = _behind_kind(words, first, place_ends)
    begins = first
    while first < len(words) and _only_leads_in(words[first].text) and not _starts_place(words[first], place_ends):
        first += 1
    return begins if first < len(words) and words[first].text == "集团" else first  # 产业投资|集团|远山化工有限公司


def _only_leads_in(word: str) -> bool:
    """上市|云海公司, 原|云海公司, 2017|中国云海协会: whether a word stands before a name and is no part of it."""
    return word in descriptions() or word in _EARLIER or _YEAR.fullmatch(word) is not None


def _is_ahead_of_name(words: Sequence[Word], index: int, place_ends: Mapping[int, Place]) -> bool:
    """Whether the verb at `index` governs the name behind it."""
    ahead, name = words[index - 1] if index else None, words[index + 1]
    _, breaks, _, builds, *_ = name_words()
    if words[index].text in builds and ahead and ahead.text != "投资" and ahead.text not in breaks:
        of_a_name = is_noun(ahead) or (ahead.flag == "v" and len(ahead.text) == 1)
        if of_a_name:
            return False  # 中|扶|建设上海有限公司
    return name.flag in _PROPER_FLAGS or _starts_place(name, place_ends) or not is_word(name.text)


def _behind_description(words: Sequence[Word], first: int, place_ends: Mapping[int, Place]) -> int:
    """A registered name begins with its place: what everyday words stand ahead of it only describe (合作单位代表杭州市云海有限公司)."""
    for index in range(len(words) - 1, first, -1):
        if words[index].text.endswith(("省", "市")) and _starts_place(words[index], place_ends):
            return index if all(is_word(word.text) and word.end not in place_ends for word in words[first:index]) else first
    return first


def _behind_kind(words: Sequence[Word], first: int, place_ends: Mapping[int, Place]) -> int:
    """德国机器人制造商|云海集团, 文明单位|远山集团: the name begins behind the word for what it is, where something of its own stands there."""
    for index in range(len(words) - 1, first, -1):
        if words[index - 1].text.endswith(kinds()):
            own = any(word.flag in _PROPER_FLAGS or word.end in place_ends or not is_word(word.text) for word in words[index:])
            return index if own else first
    return first


def _starts_place(word: Word, place_ends: Mapping[int, Place]) -> bool:
    place = place_ends.get(word.end)
    return place is not None and place.start == word.start


def _is_named(ending: Ending, stem: Sequence[Word]) -> bool:
    """A name holds something of its own: a place, a person's or known name, a word no dictionary has.

    A country alone makes no company (中国商业银行); one everyday word makes a group (奔腾集团), not a 公司; before
    有限公司 any word that is not a mere description does.
    """
    kind, known, place_ends = ending.kind, ending.known, ending.place_ends
    described, countries = descriptions(), name_words().countries
    last = stem[-1].text
    if last in name_words().no_names or (last.endswith(name_words().attributes) and (len(stem) == 1 or last[-2:] not in ("文化", "石化"))):
        return False  # 贷款余额居|当地|银行第一, 智能化|汽车, 吉利牌|汽车
    if known and known.start <= stem[0].start < known.end:
        return True
    if kind.bare and all(word.end in place_ends or word.text in described or word.text in countries for word in stem):
        return False  # 镇江|汽车|电子产业, 上海|跨国|公司
    telling = [word for word in stem if word.text not in described]
    if kind.type == "company":
        telling = [word for word in telling if word.text not in countries]
    if any(word.flag in _PROPER_FLAGS or word.end in place_ends or not is_word(word.text) for word in telling):
        return True
    if ending.legal:
        return bool(telling)
    if kind.group and stem[0].text == "中国" and len(stem) > 1:  # 中国旅游集团
        return True
    alone = kind.group and len(stem) == 1 and len(telling) == 1 and 2 <= len(telling[0].text) <= 4
    return alone and ending.text[stem[0].start - 1 : stem[0].start] != "的"  # 最大的|音乐集团
