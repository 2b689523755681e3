"""Which noun that does a deed is the name of somebody or something: 云江创艺区 in 云江创艺区投入运营.

Knows what makes a noun a name where no finder of actors knows it. Leaves out which noun that is in the clauses before
(`doers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.bodies import is_kind_of_works
from extract.comes_back import whole_name
from extract.doers import Nouns
from extract.lexicons import words_in
from extract.mentions import Actor, Place
from extract.owner_words import may_own
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.title_words import words_of
from extract.triggers import Trigger, words_for
from extract.words import is_word, tag


def named_noun(story: Story, sentence: Sentence, deed: Told, nouns: Nouns) -> str:
    """The noun that did the deed, if it is a name: that of a clause before, else that of its own; "" for others."""
    noun = nouns.ahead or _own_noun(story, sentence, deed, nouns)
    return noun if noun and _is_a_name(noun) else ""


def _own_noun(story: Story, sentence: Sentence, deed: Told, nouns: Nouns) -> str:
    """What does the deed in its own clause, though it is no actor: 云江创艺区 in 云江创艺区投入运营."""
    noun = nouns.own.noun
    if noun is None or any(mark in story.text[noun[0] - 2 : noun[0]] for mark in "“《「") or story.text.startswith(_NEWS, noun[1]):
        return ""
    if story.text[noun[0]] in "家个名位所" and story.text[noun[0] - 1].isdecimal():
        return ""  # 13|家茶企: cut by the dictionary
    if any(place.start < noun[1] <= place.end for place in sentence.places):
        return ""  # 浙江省玉环|市发生火灾: where, and not who
    between = [w for w in story.words(sentence.clauses[deed.clause]) if noun[1] <= w.start < deed.trigger.start]
    governed = next((n for n, w in enumerate(between) if w.flag == "p"), len(between))
    if any(w.flag[0] == "n" or w.flag == "vn" for w in between[:governed]):
        return ""  # 云江产业发展投资|引导基金发布, 远山县|今年第一批工程开工: another noun is nearer
    return story.text[noun[0] : noun[1]].rpartition("的")[2]


def _is_a_name(noun: str) -> bool:
    """云江创艺区 and 张近山 are; 消费券, 一些高校 and 海鸥电梯, made of everyday words, may be anything."""
    if not 2 < len(noun) < 16 or noun[-1].isdecimal() or noun.startswith(_NO_NAME) or noun.endswith(words_in("titles", "kinds of things", "opened by others")):
        return False
    if _JOINED.search(noun) or _SO_MANY.search(noun):
        return False
    return any(len(word.text) > 1 and (word.flag in _PROPER or not is_word(word.text)) for word in tag(noun))


def titled_name(text: str, heading: str, trigger: Trigger) -> str:
    """The name of a body or a work that a title opens with, where its event has no actor: 大理至丽江高速公路 of 大理至丽江高速公路通车.

    It is a name as for `named_noun`, or one that the article comes back to: 西北输水隧道. "" for others.
    """
    at = heading.find(trigger.text)
    if at < 3 or trigger.type == "incident" or heading[0] == "《" or _DIGIT.match(heading):
        return ""
    ahead = heading[:at]
    if not any(work in ahead for work in words_of("named works")):
        return ""
    noun, end = "", 0
    for word in tag(ahead):
        if (word.flag in _BREAKS and word.text not in _IN_NAMES) or len(noun) > _LONGEST_NAME:
            break
        noun += word.text
        end = len(noun) if noun.endswith(words_of("named works")) else 0 if word.flag[0] == "n" and word.text not in _HOW else end  # 江海基地|项目
    noun = noun[:end]
    if _DIGIT.search(noun) or noun.startswith(_NO_NAME):
        return ""
    return noun if _is_a_name(noun.removesuffix("工程")) or (4 < len(noun) <= _LONGEST_NAME and not _JOINED.search(noun) and text.count(noun) > 1) else ""


def title_subject(text: str, heading: str, trigger: Trigger, asked: Sequence[Actor | Place]) -> str:
    """海鸥电商网 of 海鸥电商网登出公告: the noun that the title of an event without an actor opens with, that does it, and to which the text around comes
    back; "" for kinds (企业), counts, one of a row of nouns, what only befell somebody, and for those `asked`, who did not do it."""
    at = heading.find(trigger.text)
    if at < 2 or trigger.text in words_for("happening"):
        return ""
    words = tag(heading[:at])
    stop = next((n for n, word in enumerate(words) if word.flag[0] not in _NOUNS and word.flag not in _IN_SUBJECTS), len(words))
    opening = [word for word in words[:stop] if word.text not in _HOW]
    if stop < len(words) and words[stop].flag in _TAILS:
        return ""  # 茶业|园启动二期
    if not opening or [word.flag[0] for word in words[stop : stop + 2]] == ["v", "n"]:
        return ""  # 云江市云福|安置|房开工
    name, last = "".join([word.text for word in opening]), opening[-1]
    if not 1 < len(name) <= _LONGEST_NAME or is_kind_of_works(name) or heading[last.end] in (_JOINS if last.flag in _PROPER else _GOES_ON):
        return ""
    near = max(0, trigger.start - _REACH), trigger.start + _REACH
    name = whole_name(text, name, near) if may_own(name) and text.count(name, *near) > 1 else ""
    return name if heading.startswith(name) and all(name != mention.text for mention in asked) else ""


_REACH = 2_000  # characters around a deed in which its noun is looked for
_NOUNS = frozenset("nj")
_IN_SUBJECTS = frozenset(("eng", "b", "vn"))
_JOINS = frozenset("至到的·|/（(")  # 云江|至海江高铁
_TAILS = frozenset(("g", "ng", "zg", "k", "q", "vg", "f"))
_GOES_ON = _JOINS | frozenset("与和及、")  # 档案|与大数据中心开工, but 林海、周立人获奖


def whose_works(story: Story, sentence: Sentence, deed: Told, heading: str) -> str:
    """The place whose projects, fairs or rules a title without an actor opens with: 温岭市 of 温岭市招商项目集中开工; "" for others."""
    ahead = _TOGETHER.sub("", heading[: max(0, heading.find(deed.trigger.text))])
    if not ahead.endswith(words_of("works of a place")):
        return ""
    start = sentence.clauses[deed.clause][0]
    named = [place for place in sentence.places if start <= place.start < deed.trigger.start and place.adcode and heading.startswith(place.text)]
    last = next((place for place in named if story.text[place.end : place.end + 1] not in ("至", "到", "—", "、", "与", "和")), None)
    return last.name if last else ""


_TOGETHER = re.compile("(?:集中|正式|全面|同时|陆续|相继|顺利|成功|隆重)+$")
_DIGIT = re.compile("[0-9一二两三四五六七八九十首第]")
_BREAKS = frozenset(["p", "d", "c", "ad", "uj", "ul", "r", "m", "t"])
_HOW = frozenset(["先行", "全线", "同步", "全面", "大面积"])
_IN_NAMES = frozenset(["至", "号"])  # 大理至丽江高速公路, 武汉号
_LONGEST_NAME = 16
_PROPER = frozenset(["ns", "nr", "nz", "nt", "eng", "nrt", "nrfg"])
_NEWS = ("消息", "讯", "报道")
_SO_MANY = re.compile("[0-9][万亿千百余多]*[人户名家]")  # 临江市13万人
_JOINED = re.compile("[与和及、]|[首第每][批个次期轮条列辆架艘台款家座]|第[一二三四五][批次期轮]|[一二两三四五六七八九十][批个次期轮]")
_NO_NAME = ("万人", "余人", "多人", "较", "比", "我", "这", "该", "一", "多", "数", "某", "各", "其", "本", "全")
