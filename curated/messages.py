"""What is wrong and what to write instead, in Chinese and English.

Each code has one sentence in each language; `{0}` and so on are filled with words from the file, made safe to print.
"""

from __future__ import annotations

import os
from typing import Literal

Lang = Literal["zh", "en"]
SHOWN = 40  # characters of a quoted value in a message

MESSAGES: dict[str, tuple[str, str]] = {
    # the file
    "encoding": ("不是 UTF-8 文本;请另存为 UTF-8", "not UTF-8 text; save it as UTF-8"),
    "too_large": ("文件超过 {0} MB;请拆分", "larger than {0} MB; split it"),
    "unreadable": ("读不了:{0};请检查权限", "cannot be read: {0}; check its permissions"),
    "outside": ("不是根目录里的普通文件(链接、管道或指向根目录之外);请改为普通文件", "not a plain file inside the root (a link, a pipe, or leads outside); use a plain file"),
    "empty": ("文件是空的;请删除它重新提取,或恢复内容", "the file is empty; delete it to extract anew, or restore it"),
    "unprintable": ("含有不可见字符 {0};请删去", "holds the unprintable character {0}; remove it"),
    "alias": ("不支持锚点和别名(& *);请把内容写出来,或给文字加引号", "anchors and aliases (& *) are refused; write the value out, or quote it"),
    "tag": ("不支持标签(!);请删去,或给文字加引号", "tags (!) are refused; remove it, or quote the text"),
    "documents": ("一个文件里只能有一份 YAML;请删去多余的 ---", "only one YAML document a file; remove the extra ---"),
    "tab": ("缩进里有制表符;请改成空格", "a tab in the indentation; use spaces"),
    "colon": ("一行里有多余的冒号;请给含「: 」的文字加引号", "a stray colon; quote text that holds ': '"),
    "wide_colon": ("{0} 后面是全角冒号「：」;请改成半角冒号加空格「{0}: 」", "after {0} stands a full-width colon (：); write a plain one and a blank, '{0}: '"),
    "unclosed": ("引号没有合上;请补上引号,引号里的 \" 写成 \\\"", 'a quote is not closed; close it, and write \\" for " inside'),
    "bracket": ("括号没有合上,或引号后面还有字;请补上括号,或给整段文字加引号", "a bracket is not closed, or text follows a quote; close it, or quote the whole text"),
    "start_character": ("不能以「{0}」开头;请给这段文字加引号", "cannot start with '{0}'; quote this text"),
    "indent": ("缩进或结构不对;请与同级的行对齐,含引号、逗号的文字请加引号", "wrong indentation or structure; align it with its neighbours and quote text with quotes or commas"),
    "nesting": ("嵌套太深;这里只有列表和字段", "nested too deeply; there are only lists and fields here"),
    "syntax": ("YAML 语法错误({0});请对照上下行修正", "YAML syntax error ({0}); compare with the lines around it"),
    "root": ("文件应由 source、events、figures 组成;请写成 键: 值", "the file holds source, events and figures; write key: value"),
    "key": ("键应是一个词;请写成 键: 值", "a key is one word; write key: value"),
    "duplicate_key": ("「{0}」写了两次;请只留一个", "'{0}' stands twice; keep one"),
    "unknown_section": ("没有「{0}」这一节;可用:{1}", "there is no section '{0}'; use {1}"),
    "unknown_key": ("没有「{0}」这个字段;请删去或改用 note", "there is no field '{0}'; remove it or use note"),
    "unknown_key_near": ("没有「{0}」这个字段;是不是想写 {1}?", "there is no field '{0}'; did you mean {1}?"),
    "not_list": ("应是列表;每条记录以「- 」开头", "should be a list; start each record with '- '"),
    "not_mapping": ("应由 字段: 值 组成", "should be made of field: value"),
    # values
    "not_text": ("应是一段文字;请写在一行里,或加引号", "should be one text; write it on one line, or quote it"),
    "wide_comma": ("「{0}」是一个名字;若是几个,请用半角逗号 , 分开,如 [甲, 乙]", "'{0}' is one name; if it is several, part them with a plain comma, as in [A, B]"),
    "not_names": ("应是一个名字或名字列表,如 [甲, 乙]", "should be a name or a list of names such as [A, B]"),
    "missing": ("缺少 {0};请补上", "{0} is missing; add it"),
    "bad_date": ("「{0}」读不成日期;请写 2018-05、2018-05-03、2014/2015 或 2015年5月", "'{0}' is no date; write 2018-05, 2018-05-03, 2014/2015 or 2015年5月"),
    "bad_day": ("「{0}」不是某一天;请写成 2026-11-22", "'{0}' is no day; write 2026-11-22"),
    "bad_amount": ("「{0}」读不成数额;请照原文写,如 超过2800万家、10%–20%", "'{0}' is no amount; write it as the source does, such as 超过2800万家 or 10%–20%"),
    "bad_span": ("「{0}」不是位置;请写成 起-止,如 49-113,或整行删去由机器补", "'{0}' is no span; write start-end such as 49-113, or delete the line and let the machine fill it"),
    "bad_place": ("不认识地名「{0}」;请写全称、区划代码或 省/市,或在 curated/places.yaml 里说明", "unknown place '{0}'; write its full name, its code or province/city, or explain it in curated/places.yaml"),
    "bad_choice": ("「{0}」不在可选之列;可选:{1}", "'{0}' is not a choice; use one of {1}"),
    "bad_flag": ("「{0}」不是 true 或 false", "'{0}' is not true or false"),
    "bad_id": ("「{0}」不是编号;请写成 {1}…,或整行删去由机器补", "'{0}' is no id; write {1}…, or delete the line and let the machine fill it"),
    "title_long": ("标题有 {0} 字;请缩到 {1} 字以内", "the title has {0} characters; shorten it to {1}"),
    "no_id": ("还没有编号;运行 python -m extract 会补上", "no id yet; python -m extract fills it in"),
    "same_id": ("编号 {0} 已经用在 {1};请删去这一行由机器另给", "id {0} is already used in {1}; delete this line and let the machine give another"),
    "mark_outside": ("{0} 不在引文的位置 {1} 之内;请改正或删去由机器补", "{0} is not inside the quote's span {1}; correct it, or delete it and let the machine fill it"),
    # against the article
    "orphan": ("引文已不在文章里,也没有相近的;请照原文改正,或把 status 改为 dropped", "the quote stands nowhere in the article, nor anything like it; correct it, or set status: dropped"),
    "orphan_near": ("引文已不在文章里;最像的是「{0}」({1},相似 {2}%),可用 check --fix 换上", "the quote stands nowhere in the article; most like it is '{0}' ({1}, {2}% alike), which check --fix puts in"),
    "at_elsewhere": ("{0} 处不是这段引文;引文在 {1}", "{0} is not where this quote stands; it stands at {1}"),
    "span_outside": ("{0} 超出文章({1} 字);请改正或删去由机器补", "{0} is beyond the article ({1} characters); correct it, or delete it and let the machine fill it"),
    "words_not_in_quote": ("「{0}」不在引文里;请照引文写,或用 {1} 指出它在文章里的位置", "'{0}' is not in the quote; write it as the quote does, or say with {1} where it stands"),
    "words_elsewhere": ("{0} 处没有「{1}」;请改正位置", "'{1}' does not stand at {0}; correct the span"),
    "date_without_words": ("「{0}」没有出处;请在 {1} 写下引文里给出日期的文字", "nothing in the quote gives {0}; put the words that do into {1}"),
    "date_differs": ("「{0}」与「{1}」不合;这几个字读作 {2}", "{0} does not fit '{1}', which reads as {2}"),
    "amount_not_in_quote": ("「{0}」不在引文里;引文里是 {1}", "'{0}' is not in the quote; the quote has {1}"),
    "amount_no_quantity": ("「{0}」不在引文里;引文里没有数额,请改正引文或数额", "'{0}' is not in the quote, which has no amount; correct either"),
    "amount_unit": ("单位「{0}」与引文不同;引文里是 {1}", "unit '{0}' is not the quote's; the quote has {1}"),
    "amount_bound": ("界限 {0} 与引文不同;引文里是 {1}(超过、近、约、不足照原文写)", "bound {0} is not the quote's; the quote has {1} (write 超过, 近, 约 or 不足 as it does)"),
    # between records
    "id_unknown": ("没有编号为 {0} 的记录;请改正或删去", "there is no record {0}; correct or remove it"),
    "source_unknown": ("没有名为 {0} 的来源;请写 seeds/ 之下不带后缀的路径", "there is no source {0}; write its path below seeds/ without ending"),
    "id_self": ("指向了自己;请删去 {0}", "points at itself; remove {0}"),
    "id_kind": ("{0} 不是同一类记录;请改正", "{0} is another kind of record; correct it"),
    "one_way": ("{0} 没有指回来;请在那条记录的 {1} 里加上 {2},或用 check --fix", "{0} does not point back; add {2} to its {1}, or use check --fix"),
    "pair_change": ("{0} 应是同一变化的另一端(from 对 to);请改正 change", "{0} should be the other end of the change (from and to); correct change"),
    # a run
    "failed": ("处理时出错({0}: {1});已跳过,其余照常", "failed while reading ({0}: {1}); skipped, the rest goes on"),
    "busy": ("文件一直在变;请存盘后再运行一次", "the file keeps changing; save it and run again"),
    "splice": ("写不进去而不动您写的内容;已原样保留,请检查缩进与注释的位置", "cannot be written without touching what you wrote; left as it is, check its indentation and comments"),
    "changed": ("文件在别处改过了;请重新载入再改", "the file was changed elsewhere; load it again, then change it"),
    "summary": ("{0} 篇文章:新增 {1},跟进 {2},保留人工 {3},建议 {4},读不了 {5}", "{0} articles: added {1}, followed {2}, kept by hand {3}, suggested {4}, unreadable {5}"),
    "file_name": ("文件名不是 UTF-8;请改名", "the file's name is not UTF-8; rename it"),
    "waiting": ("另一次提取正在进行,等它结束…", "another extraction is running; waiting for it…"),
    "unwritable": ("写不进去({0});请检查权限和磁盘空间", "cannot be written ({0}); check permissions and disk space"),
    "orphaned": ("文章已不在 seeds/ 里,记录原样保留;改了名请用 python -m extract mv", "its article is no longer under seeds/, its records stay; if it was renamed, use python -m extract mv"),
    "suggestion": ("机器读作「{0}」;保留您的「{1}」", "the machine reads '{0}'; yours stays: '{1}'"),
    "suggestion_new": ("机器现在读作「{0}」;保留您的「{1}」", "the machine now reads '{0}'; yours stays: '{1}'"),
    "suggestions": ("机器的读法与保留的不同,仅供参考,不用处理(没有出错,也没有改动任何一处):", "where the machine reads otherwise than what is kept; nothing is wrong, nothing was changed, nothing has to be done:"),
    "suggestions_more": ("另有 {0} 处机器的读法与保留的不同,不用处理;加 --all 列出", "the machine reads {0} more places otherwise than what is kept; nothing has to be done; list them with --all"),
    # taking in and renaming
    "not_file": ("没有这个文件;请给出文章文件", "no such file; name an article file"),
    "no_han": ("{0} 里几乎没有汉字,读不出记录;本程序只读中文", "{0} has hardly a Chinese character, so that nothing can be read from it; this program reads Chinese"),
    "name_taken": ("名字 {0} 已经用了;请换一个", "the name {0} is taken; choose another"),
    "bad_name": ("「{0}」不能作名字;请用 seeds/ 之下的相对路径", "'{0}' cannot be a name; use a path below seeds/"),
    "no_such_article": ("seeds/ 里没有 {0};请核对名字", "there is no {0} under seeds/; check the name"),
    "added": ("收入 {0}", "took in {0}"),
    "renamed": ("{0} 改名为 {1}", "renamed {0} to {1}"),
    # suggestions
    "likely_same_as": ("可能与 {0} 是同一件事({1});是就互相写上 same_as", "probably tells the same as {0} ({1}); if so, add same_as to both"),
    "likely_conflicts_with": ("可能与 {0} 矛盾({1});是就互相写上 conflicts_with", "may contradict {0} ({1}); if so, add conflicts_with to both"),
    "likely_alias": ("「{0}」与「{1}」可能是同一个;是就在 curated/actors.yaml 里归到一处", "'{0}' and '{1}' may be one; if so, join them in curated/actors.yaml"),
    "severity_warning": ("提醒", "warning"),
    "severity_suggestion": ("建议", "suggestion"),
    "check_summary": ("{0} 个错误,{1} 个提醒,{2} 个建议", "{0} errors, {1} warnings, {2} suggestions"),
    "check_clean": ("没有问题", "no problems"),
    "no_path": ("没有这个文件或文件夹:{0}", "no such file or folder: {0}"),
    "no_curated": ("{0} 里没有 curated/;请用 --root 指明根目录", "there is no curated/ in {0}; name the root with --root"),
    # names and story
    "name_missing": ("缺少 name;请写规范名称", "name is missing; write the canonical form"),
    "name_twice": ("「{0}」已经归在「{1}」名下;请只留一处", "'{0}' already belongs to '{1}'; keep one"),
    "source_name": ("两个文章文件同名:{0};请给其中一个改名", "two article files share one name: {0}; rename one"),
    "no_reading": ("文章 {0} 读不了;请检查编码与格式", "article {0} cannot be read; check its encoding and form"),
    "no_article": ("文章 {0} 已不在 seeds/ 里;请恢复文章,或用 python -m extract mv 改名", "article {0} is no longer under seeds/; restore it, or rename with python -m extract mv"),
}  # fmt: skip


def choose(lang: str | None) -> Lang:
    """The language asked for, else YOUJU_LANG, else Chinese. The machine's locale changes nothing."""
    return "en" if (lang or os.environ.get("YOUJU_LANG", "")).lower().startswith("en") else "zh"


def say(code: str, args: tuple[str, ...] = (), lang: Lang = "zh") -> str:
    """The sentence for a code, on one line whatever the words from the file hold."""
    words = [safe(arg) for arg in args[:1]] + [safe(arg, 300) for arg in args[1:]]
    return MESSAGES[code][lang == "en"].format(*words)


def safe(text: str, limit: int = SHOWN) -> str:
    """Text on one line, without control characters or bidirectional overrides, cut to `limit`."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= limit else line[: limit - 1] + "…"
