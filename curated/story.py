"""curated/story.yaml: what the dashboard is about, in which order its headlines stand, which events are one story.

Knows the keys of that file. Leaves out whether the ids it names exist (`curated.store`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from curated import yaml_nodes
from curated.records import Step, Story
from curated.yaml_nodes import Fault, YamlError

_TEXTS = ("title", "title_en", "description", "description_en")
STORY_KEYS = (*_TEXTS, "headlines", "colors", "steps")
STEP_TEXTS, STEP_LISTS = ("name", "name_en"), ("events", "actors", "places", "types")


Mention = tuple[int, str, str]  # position, field, the id that is named there


def read_story(text: str) -> tuple[Story, list[Fault], list[Mention]]:
    """The story, what is wrong with the file, and the ids it names; a wrong part is left out, the rest kept."""
    try:
        root = yaml_nodes.compose(text)
    except YamlError as error:
        return Story(), [error.fault], []
    if root is None:
        return Story(), [], []
    if not isinstance(root, MappingNode):
        return Story(), [Fault(yaml_nodes.start(root), "yaml", "root")], []
    story, faults = _read_story(text, root)
    return story, faults, list(_mentions(root))


def _mentions(root: MappingNode) -> Iterator[Mention]:
    """Ids in `headlines` and in the `events` of steps."""
    for key, value in root.value:
        if not isinstance(value, SequenceNode):
            continue
        if key.value == "headlines":
            yield from ((yaml_nodes.start(item), "headlines", item.value) for item in value.value if isinstance(item, ScalarNode))
        elif key.value == "steps":
            for step in value.value:
                pairs = step.value if isinstance(step, MappingNode) else []
                for name, items in pairs:
                    if name.value == "events" and isinstance(items, SequenceNode):
                        yield from ((yaml_nodes.start(item), "events", item.value) for item in items.value if isinstance(item, ScalarNode))


def _read_story(text: str, root: MappingNode) -> tuple[Story, list[Fault]]:
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for key, key_node, value in yaml_nodes.pairs(text, root, faults):
        if key not in STORY_KEYS:
            faults.append(Fault(yaml_nodes.start(key_node), key, "unknown_section", (key, "、".join(STORY_KEYS))))
        elif key in _TEXTS:
            values[key] = _text(key, value, faults)
        elif key == "headlines":
            values[key] = _texts(key, value, faults)
        elif key == "colors":
            values[key] = _colors(text, value, faults)
        else:
            values[key] = _steps(text, value, faults)
    return Story(**values), faults


def _text(key: str, node: Node, faults: list[Fault]) -> str:
    if isinstance(node, ScalarNode):
        return node.value.strip()
    faults.append(Fault(yaml_nodes.start(node), key, "not_text"))
    return ""


def _texts(key: str, node: Node, faults: list[Fault]) -> tuple[str, ...]:
    items = node.value if isinstance(node, SequenceNode) else [node]
    if all(isinstance(item, ScalarNode) for item in items):
        return tuple(item.value for item in items if item.value)
    faults.append(Fault(yaml_nodes.start(node), key, "not_names"))
    return ()


def _colors(text: str, node: Node, faults: list[Fault]) -> dict[str, str]:
    if isinstance(node, MappingNode):
        return {key: _text(key, value, faults) for key, _, value in yaml_nodes.pairs(text, node, faults)}
    if not isinstance(node, ScalarNode) or node.value:
        faults.append(Fault(yaml_nodes.start(node), "colors", "not_mapping"))
    return {}


def _steps(text: str, node: Node, faults: list[Fault]) -> tuple[Step, ...]:
    if isinstance(node, ScalarNode) and not node.value:
        return ()
    if not isinstance(node, SequenceNode):
        faults.append(Fault(yaml_nodes.start(node), "steps", "not_list"))
        return ()
    steps = []
    for item in node.value:
        code = yaml_nodes.refused(text, item) or ("" if isinstance(item, MappingNode) else "not_mapping")
        if code:
            faults.append(Fault(yaml_nodes.start(item), "steps", code))
            continue
        values: dict[str, Any] = {}
        for key, key_node, value in yaml_nodes.pairs(text, item, faults):
            if key in STEP_TEXTS:
                values[key] = _text(key, value, faults)
            elif key in STEP_LISTS:
                values[key] = _texts(key, value, faults)
            else:
                allowed = "、".join((*STEP_TEXTS, *STEP_LISTS))
                faults.append(Fault(yaml_nodes.start(key_node), key, "unknown_section", (key, allowed)))
        steps.append(Step(**values))
    return tuple(steps)
