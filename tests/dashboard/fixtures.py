"""Roots to show: a few articles of our own wording with their records, and as many more as a test asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ARTICLES: dict[str, tuple[dict[str, str], str]] = {
    "a-harbour": (
        {"title": "海港城与云帆公司的三次握手", "publisher": "海港日报", "published": "2021-03-05", "author": "林一", "url": "https://example.org/a?b=1&c=2", "rights": "quote"},
        ("海港城与云帆公司的三次握手\n"
        "本报讯，记者从发布会上获悉两家早有往来。2015年5月，上海市与云帆公司签署了第一份合作框架。当时的合作只涉及交通。\n"
        "2018年8月，双方在上海再签协议，把范围扩大到医疗。随后几年进展很快。\n"
        "2021年3月1日，云帆公司在杭州成立城市研究院。研究院首批有超过2800万元经费。院长周明说，预计明年经费将达到5000万元。\n"
        "去年，平台的活跃商家约300万家，分布在二十多个省。业内人士认为这个数字偏高。\n"),
    ),
    "b-river": (
        {"title": "江城物流周报", "publisher": "江城晚报", "published": "2021-04-02", "rights": "full"},
        ("江城物流周报\n"
        "云帆公司上月在武汉开通了物流绿色通道。通道开通当天送出近4万件物资。\n"
        "据该公司统计，去年平台的活跃商家超过320万家。统计口径包括海外商家。\n"),
    ),
    "c-hostile": (
        {"title": "<b>标题</b> $x^2$ :material/home:", "publisher": "<script>window.hacked=1</script>", "published": "2020", "rights": "full"},
        "恶意文本也只是文本。\n<img src=x onerror=\"window.hacked=2\"> 于2020年6月在海南发布了**公告**，[点我](javascript:window.hacked=3)。后面还有一句。\n",
    ),
}  # fmt: skip


def quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def span_of(text: str, words: str) -> str:
    return f"{text.index(words)}-{text.index(words) + len(words)}"


def record(text: str, quote: str, mark: str, **fields: Any) -> str:
    """One YAML record whose spans are looked up in the article."""
    at = text.index(quote)
    spot = text.index(mark, at)
    lines = [f"{key}: {value if key in ('id', 'type', 'status', 'pin', 'modality', 'as_of_at') else quoted(value)}" for key, value in fields.items()]
    lines += [f"quote: {quoted(quote)}", f"at: {at}-{at + len(quote)}", f"mark: {spot}-{spot + len(mark)}"]
    return "  - " + "\n    ".join(lines) + "\n"


def write_article(root: Path, name: str, source: dict[str, str], text: str, events: str, figures: str) -> None:
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    (root / "curated" / "articles").mkdir(parents=True, exist_ok=True)
    (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    head = "".join(f"  {key}: {quoted(value)}\n" for key, value in source.items())
    yaml = f"source:\n{head}  file: seeds/{name}.txt\nevents:\n{events}figures:\n{figures}"
    (root / "curated" / "articles" / f"{name}.yaml").write_text(yaml, encoding="utf-8")


def write_story(root: Path) -> Path:
    """Three articles, one of them hostile, and one file that is no YAML."""
    (root / "curated").mkdir(parents=True, exist_ok=True)
    (root / "curated" / "story.yaml").write_text("title: 云帆公司与各地\ntitle_en: Yunfan and the cities\nheadlines: [f-active1]\nsteps:\n  - name: 上海与云帆\n    actors: [上海市, 云帆公司]\n    types: [agreement]\n", encoding="utf-8")
    source, text = ARTICLES["a-harbour"]
    events = record(text, "2015年5月，上海市与云帆公司签署了第一份合作框架", "签署", id="e-first01", date="2015-05", date_from="2015年5月", title="上海与云帆签署第一份框架", type="agreement", actors=["上海市", "云帆公司"], places=["上海市"], status="reviewed")
    events += record(text, "2018年8月，双方在上海再签协议", "再签", id="e-second2", date="2018-08", date_from="2018年8月", title="上海与云帆再签协议", type="agreement", actors=["上海市", "云帆公司"], places=["上海市"], status="draft")
    events += record(text, "2021年3月1日，云帆公司在杭州成立城市研究院", "成立", id="e-found03", date="2021-03-01", date_from="2021年3月1日", title="云帆在杭州成立城市研究院", type="founding", actors=["云帆公司"], places=["杭州市"], status="draft")
    figures = record(text, "研究院首批有超过2800万元经费", "2800万元", id="f-budget1", measure="研究院经费", amount="超过2800万元", as_of="2021-03-01", as_of_from="2021年3月1日", as_of_at=span_of(text, "2021年3月1日"), actors=["云帆公司"], places=["杭州市"], status="reviewed", pin="true")
    figures += record(text, "预计明年经费将达到5000万元", "5000万元", id="f-budget2", measure="研究院经费", amount="5000万元", as_of="2022", as_of_from="明年", modality="forecast", speaker="周明", actors=["云帆公司"], places=["杭州市"], status="draft")
    figures += record(text, "去年，平台的活跃商家约300万家", "300万家", id="f-active1", measure="活跃商家", amount="约300万家", as_of="2020", as_of_from="去年", actors=["云帆公司"], status="reviewed", conflicts_with=["f-active2"])
    write_article(root, "a-harbour", source, text, events, figures)
    source, text = ARTICLES["b-river"]
    events = record(text, "云帆公司上月在武汉开通了物流绿色通道", "开通", id="e-route04", date="2021-03", date_from="上月", title="云帆在武汉开通绿色通道", type="launch", actors=["云帆公司"], places=["武汉市"], status="draft")
    figures = record(text, "去年平台的活跃商家超过320万家", "320万家", id="f-active2", measure="活跃商家", amount="超过320万家", as_of="2020", as_of_from="去年", actors=["云帆公司"], status="draft", conflicts_with=["f-active1"])
    write_article(root, "b-river", source, text, events, figures)
    source, text = ARTICLES["c-hostile"]
    quote = '<img src=x onerror="window.hacked=2"> 于2020年6月在海南发布了**公告**，[点我](javascript:window.hacked=3)'
    events = record(text, quote, "发布", id="e-hostile", date="2020-06", title="<img src=x onerror=hack(4)>**粗**", type="publication", actors=["<i>某人</i>"], places=["海南省"], status="draft")
    write_article(root, "c-hostile", source, text, events, "")
    (root / "curated" / "articles" / "d-broken.yaml").write_text('source:\n  title: "没有收尾\nevents:\n', encoding="utf-8")
    return root


PLACES = ("上海市", "杭州市", "武汉市", "海南省", "石家庄市", "郑州市", "广州市", "成都市", "西安市", "沈阳市")
TYPES = ("agreement", "launch", "meeting", "policy", "investment", "visit", "sales", "relief")


def write_many(root: Path, records: int, per_article: int = 100) -> Path:
    """As many records as asked for, spread over twenty years, ten places and eight types."""
    (root / "curated").mkdir(parents=True, exist_ok=True)
    (root / "curated" / "story.yaml").write_text("title: 许多记录\n", encoding="utf-8")
    for start in range(0, records, per_article):
        sentences, events, figures = [], [], []
        for i in range(start, min(start + per_article, records)):
            year, month, day = 2004 + i * 7919 % 18, 1 + i * 31 % 12, 1 + i * 17 % 28
            place, type_ = PLACES[i * 13 % len(PLACES)], TYPES[i * 5 % len(TYPES)]
            if i % 3 == 2:
                sentences.append(f"{year}年，第{i}号平台在{place}有商家{i + 10}万家。")
                figures.append((sentences[-1], f"{i + 10}万家", {"id": f"f-n{i:06d}", "measure": f"第{i % 40}类商家", "amount": f"{i + 10}万家", "as_of": str(year), "as_of_from": f"{year}年", "actors": [f"公司{i % 25}"], "places": [place], "status": "draft"}))
            else:
                exact = i % 5 % 3
                when = (f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}", str(year))[exact]
                said = (f"{year}年{month}月{day}日", f"{year}年{month}月", f"{year}年")[exact]
                sentences.append(f"{said}，公司{i % 25}与{place}第{i}次签约合作。")
                events.append((sentences[-1], "签约", {"id": f"e-n{i:06d}", "date": when, "date_from": said, "title": f"公司{i % 25}与{place}第{i}次合作", "type": type_, "actors": [f"公司{i % 25}", place], "places": [place], "status": "reviewed" if i % 4 == 0 else "draft"}))
        text = "\n".join(sentences) + "\n"
        blocks = ["".join(record(text, quote, mark, **fields) for quote, mark, fields in group) for group in (events, figures)]
        write_article(root, f"n-{start:06d}", {"title": f"第{start}号汇编", "publisher": "汇编社", "published": "2022-01-01", "rights": "full"}, text, *blocks)
    return root
