"""Names of codes: the client's own, else the words for the presets of this part."""

from collections.abc import Mapping

from playbook.core.text import LANGS, Lang, Name, say, words

PRESETS = "plan.enabling.topic."


def name_of(code: str, names: Mapping[str, Name], lang: Lang) -> str:
    """The client's name of a code, else that of the preset topic, else the code itself."""
    if code in names:
        return names[code].in_(lang)
    return words("plan", lang).get(PRESETS + code, code)


def preset_names() -> dict[str, Name]:
    """Preset topics with their names, for sentences that name them."""
    keys = [key for key in words("plan", LANGS[0]) if key.startswith(PRESETS)]
    return {key.removeprefix(PRESETS): Name(say(key, "zh"), say(key, "en")) for key in keys}
