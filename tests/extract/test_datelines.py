"""What stands in front of a report: lines that open with no dateline first."""

from pathlib import Path

import pytest
import yaml

from extract.datelines import behind_dateline, find_datelines

CASES = yaml.safe_load((Path(__file__).parent / "datelines.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", CASES["nothing"])
def test_no_dateline(line: str) -> None:
    text = f"标题\n{line}"
    assert find_datelines(text) == []
    assert behind_dateline(text, 3, len(text)) == 3


@pytest.mark.parametrize(("line", "dateline"), CASES["found"].items())
def test_dateline(line: str, dateline: str) -> None:
    text = f"标题\n{line}\n{line}"
    assert [text[start:end].strip() for start, end in find_datelines(text)] == [dateline] * 2


@pytest.mark.parametrize(("line", "told"), [
    ("中新社北京二月十五日电 今年春运结束", "今年春运结束"), ("〔记者何敏／台北报导〕出口增长", "出口增长"),
    ("新华社北京6月3日电（记者周立）双方签约", "双方签约"), ("6月3日，双方签约", "6月3日，双方签约"),
])  # fmt: skip
def test_sentence_begins_behind_it(line: str, told: str) -> None:
    assert line[behind_dateline(line, 0, len(line)) :] == told
