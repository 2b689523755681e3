"""Which noun that does a deed is the name of somebody or something: 云江创艺区 in 云江创艺区投入运营.

Knows what makes a noun a name where no finder of actors knows it. Leaves out which noun that is in the clauses before
(`doers.py`).
"""

from __future__ import annotations

import re

from extract.doers import Nouns
from extract.lexicons import words_in
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.title_words import words_of
from extract.triggers import Trigger
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
