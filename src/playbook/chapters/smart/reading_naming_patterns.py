"""Where the name of a measure stands in a clause, and where it ends.

The long patterns are compiled when a sentence first needs them.
"""

import re
from functools import cache

from playbook.chapters.smart.reading_words import BETTER, DOWN, KEEP, REACHING, UP

ANY_VERB = rf"{UP}|{DOWN}|{BETTER}|{KEEP}|{REACHING}"
_STOP_ZH = (
    rf"{ANY_VERB}|确保|力争|争取|推动|促进|做好|推进|加强|健全|完善|深化|推行|开展|累计|新增"
    rf"|(?:个月|[天日周年期])(?:之|以)?内|[将把让由为和并的至]"
    r"|使(?!用)|在(?![线途岗职校院库])|于(?!是)|从(?!业)|对(?![账接话])|及(?![时格])|与(?!会)"
    r"|到(?![货场账岗期店访位达])|[^\u4e00-\u9fffa-z]"
)
# Words that never belong to the name of a measure.
STOP_EN = re.compile(
    r"a|achieve|aim|all|an|and|are|as|at|be|both|bring|by|current|deliver|drive|each|ensure|every"
    r"|fewer|for|from|get|goal|have|i|in|is|it|its|keep|least|make|more|most|move|must|need|new|no"
    r"|of|on|or|our|overall|per|please|push|reach|should|so|take|target|than|that|the|their|they"
    r"|this|to|us|via|want|we|while|will|with|your|zero|let|don|go|off|hit|hits|takes|brings|gets"
    r"|raises|cuts|lifts|avg|d|ll|re|s|turn|were|was|if|when|unless|hold|holds|holding|million"
    r"|thousand"
    r"|hundred|back|like"
)
_MEASURE_ZH = (
    r"[\u4e00-\u9fffa-z]{1,14}?(?:率|量|总数|人数|件数|次数|天数|时间|时长|成本|费用|得分|评分|分数"
    r"|占比|比例|速度|额|周期|时效|住院日|面积|价值|指数|深度|广度|收入|利润|单价|均价|房价"
    r"|(?<![多少无])数)"
    rf"(?=\s|\x00|{ANY_VERB}|平均|分别|均"
    rf"|[从由≥>=<达为至到在不低超过逾近约必须应要需能,;。(:0-9一二两三四五六七八九十百]|$)"
)
_NP_ZH = (
    rf"(?:将|把|使|让|{ANY_VERB}|确保)\s?(?P<np>[\u4e00-\u9fffa-z\"]{{2,16}}?)(?=\x00|从|由"
    rf"|{ANY_VERB}|至|到|[,;。0-9]|$)"
)
_NP_EN = (
    rf"(?:{UP}|{DOWN}|{BETTER}|{KEEP}|{REACHING}|\bhave\b|\bensure\b|\bget\b)\s+(?:the "
    r"|our |a |an )?(?P<np>[a-z][a-z0-9' &/-]*?)(?=\s(?:from|to|by|at|within|in|is|are|under|below"
    r"|above|over|up|down|until|through|and|so|before|during|for)\b|[,;.(\x00:]|\s?[0-9$<>=]|$)"
)
_SUBJECT_ZH = (
    rf"^(?:[\s,\x00]|确保|实现|力争|争取|努力|计划|预计"
    rf"|务必)*(?P<np>[\u4e00-\u9fff]{{2,16}}?)(?=\x00|{ANY_VERB}"
    rf"|[从由为在不至到,;。0-9]|$)"
)
_COUNTED_EN = (
    r"[0-9]%?\s(?:of (?:the |our |all )?)?(?P<np>[a-z][a-z ]*?)(?=\s(?:by|in|from|to|before|on|at"
    r"|are)\b|[,;.\x00]|$)"
)
_SUBJECT_EN = (
    r"^[\s,\x00]*(?:[a-z][a-z0-9 ]{0,24}:\s|kr[0-9]?\s)?(?:the "
    r"|our )?(?P<np>[a-z][a-z0-9' &/-]*?)\s?(?=\b(?:from|to|by|at|is|are|will|should|must|up|down"
    r"|of)\b|[:<>=]|\s[0-9])"
)


@cache
def stop_zh() -> re.Pattern[str]:
    """Where the Chinese name of a measure ends."""
    return re.compile(_STOP_ZH, re.ASCII)


@cache
def measure_zh() -> re.Pattern[str]:
    """A Chinese measure that is told by its last characters."""
    return re.compile(_MEASURE_ZH, re.ASCII)


@cache
def phrases(chinese: bool) -> tuple[re.Pattern[str], ...]:
    """Where the words for a measure stand, in the order to be tried; group `np` is the phrase."""
    sources = (_NP_ZH, _SUBJECT_ZH) if chinese else (_NP_EN, _SUBJECT_EN, _COUNTED_EN)
    return tuple(re.compile(source, re.ASCII) for source in sources)
