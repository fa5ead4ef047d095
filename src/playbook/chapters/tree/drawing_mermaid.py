"""The tree as Mermaid text, for documents that draw it themselves."""

from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import TreeResult
from playbook.core.text import Lang


def mermaid(result: TreeResult, lang: Lang) -> str:
    """A flow chart from left to right: formula edges solid, influences dotted."""
    ids = {node.goal_id: f"g{i}" for i, node in enumerate(result.nodes)}
    lines = ["flowchart LR"]
    for node in result.nodes:
        name = result.names[node.goal_id].in_(lang).replace('"', "'")
        aim = f"{amount(node.baseline, node.unit, lang)} → {amount(node.target, node.unit, lang)}"
        lines.append(f'  {ids[node.goal_id]}["{name}<br/>{aim}"]')
    for node in result.nodes:
        if node.parent_id in ids:
            arrow = "-->" if node.edge == "formula" else "-.->"
            lines.append(f"  {ids[node.goal_id]} {arrow} {ids[node.parent_id]}")
    return "\n".join(lines) + "\n"
