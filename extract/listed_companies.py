"""Companies that no list and no ending names, by what stands around them: a stock code, an announcement, their kind, an office.

Knows 岳禾 in 岳禾(002999)公告, 岳禾发布第二季度财报, 龙头企业岳禾宣布 and 岳禾董事长周立人. Leaves out every other mention of
the same name: `actors.py` looks for those once the name is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.lexicons import set_in
from extract.mentions import Actor, make
from extract.occurrences import occurrences_of
from extract.organisation_endings import behind_places, descriptions, is_noun, only_described, suffixes
from extract.words import Word, is_word, tag

# 远景新材(002999), *ST生物（000504.SZ）: a stock code names the company ahead of it. Capitals alone are none: 电路板（PCB）, 财务长（CFO）.
_CODE = (
    r"(?:行情|股票代码[：:]?)?(?:[0368]\d{5}"  # a code of six figures
    r"|0\d{4}(?=[）)])"  # of five
    r"|(?!(?:19|20)\d\d[）)])0?\d{3,4}"  # of three or four, and no year
    r"(?=[）)](?:[（(][^（()）]{2,12}[）)])?(?:公布|公告|宣布|发布|发盈|昨|今日|早前|中期|上半年|去年|截至|全年|首季|首[两三四九]|第[一二三四]季|股价|急?[升跌]|现报|早市))"  # where the words behind it tell of results or of the price
    r"|[A-Z]{1,6}[.:：] ?[A-Z]{1,5}|\d{4,5}[.]HK)(?:[.,，][A-Z]{2})?[，,]?[)）]"  # with the exchange ahead or behind
)
_CODES = (re.compile("（" + _CODE), re.compile(r"\(" + _CODE))  # two searches: one character is found faster than one of a class
# 今世安12月24日晚间发布公告: so does the date of an announcement.
_ANNOUNCED = re.compile(r"日(?:晚间|晚|早间|午间|盘后|首次|正式)?(?:发布公告|公告|宣布|披露)")
# *ST远通, ST云千里: so does the mark of a company that an exchange warns of, where it has its star or opens a clause or a list;
# ST股, ST公司 and ST帽子 name none.
_WARNED = re.compile(r"[Ss][Tt](?:(?<=[*]..)|(?<=^..)|(?<=[\s，。；、：,;:“”（(和与及].{2}))(?=[一-鿿]{2})(?!股|板块|公司|个股|类|制度|风险|家族|企业|摘帽|戴帽|概念|处理|标)")
_GOES_BESIDE = "的是也在将被与和及等拟称已为因有又还并所此即涨跌升降停复获收发宣今昨遭公股"  # what stands behind such a name
_YEARLIKE = re.compile("[（(][0-9]{1,5}[）)]")  # a code as short as this behind a word of the dictionary may be any number
_RESULTS = ("财报", "业绩", "季报", "年报", "中报")
# 岳禾发布第二季度财报: so does a report of results, of a name that no dictionary has.
_REPORTED = re.compile(r"(?:发布|公布|披露|发表)了?(?:截至)?[^，。；、\n]{0,20}?(?:财报|财务业绩|业绩报告|季度业绩|全年业绩|中期业绩|年度业绩|季报|年报|中报)")
_LONGEST_REPORT = 30  # characters from the verb to the word for results
# 云盈电子拟收购…, 云盈电子公告,公司…: so does a plan that only listed companies make known.
_PLANS = re.compile(r"拟(?:以[^，。；\n]{2,24}(?:收购|认购|购买|受让|回购|出售|转让)|收购|定增|募资|募集|回购|减持|增持|发行股份|非公开发行|购买资产|参股|转让[^，。；\n]{1,12}股权)")
_NOTICE = re.compile(r"公告(?:称|显示|披露)?[，,：:](?:公司|本公司|拟|控股股东|董事会)")
# 云街物业在港交所主板挂牌上市: and so does a first day on an exchange.
_EXCHANGE = "香港联?合?交?易?所|港交所|上交所|深交所|北交所|上海证券交易所|深圳证券交易所|北京证券交易所|纽交所|纽约证券交易所|纳斯达克|科创板|创业板"
_WENT_PUBLIC = (re.compile(f"登陆(?:{_EXCHANGE})"), re.compile(rf"在(?:{_EXCHANGE})[^，。；\n]{{0,10}}?(?:挂牌|上市|敲钟|敲响)"))
_NAME_BEFORE = re.compile(
    r"(?:^|(?<=[\s，。；：、,;:“”\"的与和—】〕》]))((?:\*?ST)?[A-Za-z一-鿿][A-Za-z0-9一-鿿]{1,7}?)(?:于?(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}|[同当昨])?$"
)
_NO_NAME = re.compile(r"公司|\d月|[部局委办署店]$|该|本|双方|其|[在于从到的了和与对将被由]|^(?:记者|消息|上述|此前|日前|近日|昨日|今日)")


def find_listed(text: str) -> list[Actor]:
    """Companies that a stock code or a dated announcement gives away, whatever they are called."""
    found = []
    ends = [match.start() for pattern in (*_CODES, _ANNOUNCED) for match in pattern.finditer(text)]
    for end in sorted(ends):
        match = _NAME_BEFORE.search(text, max(0, end - 24), end)
        if match and not _NO_NAME.search(match.group(1)) and not (_YEARLIKE.match(text, end) and is_word(match.group(1))):
            found.append(_company(match, "name before a stock code or announcement"))
    ends = _reported(text) + [match.start() for pattern in (*_WENT_PUBLIC, _PLANS, _NOTICE) for match in pattern.finditer(text)]
    for end in sorted(ends):
        end -= 2 * text.endswith(("正式", "成功"), 0, end)
        match = _NAME_BEFORE.search(text, max(0, end - 24), end)
        sure = _is_a_name if text[end] in "在拟公正成登" else _gives_results
        if match and not _NO_NAME.search(match.group(1)) and sure(match.group(1)):
            found.append(_company(match, "name before a stock code or announcement"))
    if "ST" in text or "st" in text:
        found += [warned for match in _WARNED.finditer(text) if (warned := _warned(text, *match.span()))]
    return sorted(found)


def _reported(text: str) -> list[int]:
    """Where a report of results is said to come out: looked for back from the words for results, which few articles have."""
    found, done = [], 0
    for at in occurrences_of(text, *_RESULTS):
        match = _REPORTED.search(text, max(done, at - _LONGEST_REPORT), at + 4)
        if match:
            found.append(match.start())
            done = match.end()
    return found


def _warned(text: str, start: int, end: int) -> Actor | None:
    """*ST远通|申请, ST云千里|亏损: two characters behind the mark, or three where the third begins no word; ST身份 is a noun."""
    if text[start - 1 : start] != "*" and is_word(text[end : end + 2]) and f"*{text[start : end + 2]}" not in text:
        return None
    third = text[end + 2 : end + 3]
    goes_on = "一" <= third <= "龥" and third not in _GOES_BESIDE and not is_word(text[end + 2 : end + 4])
    start -= text[start - 1 : start] == "*"
    end += 3 if goes_on else 2
    end += text[end : end + 1] in ("A", "B") and not text[end + 1 : end + 2].isascii()
    return make(Actor, (start, end, text[start:end], text[start:end], "company", "", "name before a stock code or announcement"))


def _company(name: re.Match[str], rule: str) -> Actor:
    return Actor(*name.span(1), name[1], name[1], "company", "", rule)


def _is_a_name(name: str) -> bool:
    """云街物业 ahead of 在港交所挂牌, but not 多家企业 or 这家公司."""
    words = tag(name)
    if is_word(name) or words[-1].text in set_in("beside_names", "of a company") or name.endswith(("企业", "股份", "新股", "股票", "个股")):
        return False
    return all(_can_be_in_a_name(word) and word.flag not in _NO_PARTS for word in words)


_NO_PARTS = frozenset("mrqdcf")  # flags of numbers, pronouns, adverbs


def _can_be_in_a_name(word: Word) -> bool:
    return is_noun(word) or len(word.text) == 1 or not is_word(word.text)


def _is_of_no_dictionary(word: Word) -> bool:
    return len(word.text) > 1 and not is_word(word.text)


def _gives_results(name: str) -> bool:
    """岳禾 or 江城钢铁 ahead of 发布年报."""
    if _is_unlisted(name):
        return True
    words = tag(name)
    return len(words) == 2 and words[0].flag == "ns" and words[1].text in behind_places()


def _is_unlisted(name: str) -> bool:
    """Whether a word is in no dictionary and is made of none: 岳禾, but not 两家企业."""
    words = tag(name)
    return not is_word(name) and all(len(word.text) == 1 or (is_noun(word) and not is_word(word.text)) for word in words)


_CALLED = re.compile(
    r"[“\"]?([A-Za-z一-鿿][A-Za-z0-9一-鿿·]{1,9}?)[”\"]?"
    r"(?=(?:已经?|也|还|于){0,2}(?:[昨今前]天|[昨今]日|近日|日前|\d{1,2}月\d{1,2}日|宣布|官宣|已?完成|再?获得?[^，。；]{0,12}融资|正式|发布|对外))"
)


_GOES_ON = "家方们的者内级性化类型商上下中里及和与或等在称已也还又再就都均"  # 企业家, 平台上


def find_called(text: str, kinds: Iterable[int]) -> list[Actor]:
    """华云光能 in 光伏龙头公司华云光能宣布…: what is named right behind what it is (ending at one of `kinds`), ahead of a deed, if no
    dictionary has it."""
    found = []
    for at in kinds:
        match = _CALLED.match(text, at)
        if match is None:
            continue
        name = match[1]
        if name[0] in _GOES_ON or _NO_NAME.search(name):
            continue
        words = tag(name)
        if any(word.text in set_in("beside_names", "of a company") or not _can_be_in_a_name(word) for word in words):
            continue
        if words[-1].flag == "nr" and len(words[-1].text) < 4:
            continue  # 企业代表李大成
        begins_as_names_do = words[0].flag in ("nr", "nz", "eng") and len(words) > 1
        if begins_as_names_do or any(map(_is_of_no_dictionary, words)) or _ends_like_a_company(words):
            found.append(_company(match, "name behind what it is"))
    return found


def _ends_like_a_company(words: Sequence[Word]) -> bool:
    """香溪制药: everyday words of which the last is how companies end and the first is no description."""
    ending = suffixes().get(words[-1].text)
    if ending is None or ending.type != "company" or len(words) != 2:
        return False
    return len(words[0].text) > 1 and words[0].text not in descriptions()


# A department is no organisation of its own: 市场部总监, 亚太区总裁.
_DEPARTMENT = re.compile(r"(?:部|区|处|组|中心|事业群|事业部|业务|市场|公司|集团|技术|营销|执行|助理|联合|常务|产品|运营|研发|平台|频道)$")
_BEFORE_OFFICE = re.compile(r"(?:^|[\s，。；：、,;:“”\"》])([A-Za-z一-鿿][A-Za-z0-9一-鿿]{1,7})$")


def before_office(text: str, at: int) -> tuple[int, int] | None:
    """云海电商 in 云海电商首席执行官周立人: what stands between a mark and a company's office, if no dictionary has it."""
    if text[at - 1 : at] in ("原", "前"):
        at -= 1  # 云海电商原董事长
    match = _BEFORE_OFFICE.search(text, max(0, at - 9), at)
    if not match or _DEPARTMENT.search(match.group(1)) or _NO_NAME.search(match.group(1)) or only_described(text, *match.span(1)):
        return None
    words = tag(match.group(1))
    if not all(is_noun(word) for word in words):
        return None
    own = any(len(word.text) > 1 and (word.flag in ("nz", "nt", "ns", "nr") or not is_word(word.text)) for word in words)
    return match.span(1) if own and not is_word(match.group(1)) else None
