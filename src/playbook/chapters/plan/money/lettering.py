"""Names of categories, touchpoints and vendors' criteria as they are printed."""

from collections.abc import Mapping

from playbook.core.text import Lang, Name, has, known_as, say


def named(key: str, names: Mapping[str, Name], lang: Lang) -> str:
    """The house's word for a code of its own, else the client's name, else the code.

    The client's come second: ``operations`` may also be the id of a department.

    >>> named("reserve", {}, "en"), named("our own", {}, "en")
    ('Reserve', 'our own')
    """
    word = f"plan.money.code.{key}"
    if has(word, lang):
        return say(word, lang)
    return known_as(key, names, lang)
