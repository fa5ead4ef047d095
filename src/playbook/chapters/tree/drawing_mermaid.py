"""The tree as Mermaid text, for documents that draw it themselves."""

from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import TreeResult
from playbook.core.text import Lang


def mermaid(result: TreeResult, lang: Lang) -> str:
    """A flow chart from left to right: formula edges solid, influences dotted."""
    ids = {node.goal_id: f"g{i}" for i, node in enumerate(result.nodes)}
    lines = ["flowchart LR"]
    for node in result.nodes:
        name = _plain(result.names[node.goal_id].in_(lang))
        aim = f"{amount(node.baseline, node.unit, lang)} → {amount(node.target, node.unit, lang)}"
        lines.append(f'  {ids[node.goal_id]}["{name}<br/>{_plain(aim)}"]')
    for node in result.nodes:
        if node.parent_id in ids:
            arrow = "-->" if node.edge == "formula" else "-.->"
            lines.append(f"  {ids[node.goal_id]} {arrow} {ids[node.parent_id]}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Text that stays text inside a quoted label, on one line."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, written)
    return " ".join(text.split())
