"""Texts that state no goal: results already reported, notices, thanks, opening hours, creeds."""

import re
from collections.abc import Sequence

from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_model import ReadGoal
from playbook.chapters.smart.reading_words import MILESTONE, verbs_in

# What looks ahead: with one of these words a text is never taken for a report.
_AHEAD = re.compile(
    r"目标|指标|力争|争取|计划|将|把|要|需|必须|须|应当|应该|确保|努力|希望|预计|拟|务必|挑战"
    r"|冲[刺击到]|突破"
    r"|达到|实现|[升降减增]到|控制在|不低于|不超过|不少于|至少|以上|以下|以内|之前|前完成|明年"
    r"|下[季月周年个]"
    r"|年内|[年月季]底前?|请(?:大家|各)|\b(?:will|must|should|shall|needs?|wants?|aim(?:s|ing)?"
    r"|targets?"
    r"|goals?|objectives?|plans?|commit(?:s|ted)?|ensure|let's|please|get|bring|raise|lift|cut"
    r"|reduce|increase|improve|keep|hold|maintain|make|push|reach|hit|achieve|grow|lower|drop"
    r"|boost|move|set|next|hope|expect|propose|due|deadline|at least|at most|no more than)\b",
    re.ASCII,
)
# Finite past verbs of results; the second kind may also be a participle, so it needs a past date.
_PAST = re.compile(
    r"\b(?:rose|fell|grew|climbed|slipped|was|were|stood at|came in at|(?:survey|audit|results?"
    r"|report|figures) (?:showed|found|gave)|went (?:up|down)"
    r"|(?:has|have) (?:risen|fallen|grown|improved|dropped|increased|decreased|declined))\b"
    r"|(?:上升|下降|提高|增长|改善|提升|降低|减少|回升|下滑)了|已经?(?:升至|降至|升到|降到)"
    r"|创(?:下)?(?:历史)?新[高低]",
    re.ASCII,
)
_PAST_IF_DATED = re.compile(
    r"\b(?:improved|increased|decreased|declined|dropped|scored|received|handled|recorded|answered"
    r"|resolved|reported|rated|said)\b|(?:表示|感到|认为)(?:非常|很|较|比较|基本)?满意|实测为?"
    r"|(?:得分|均值)为",
    re.ASCII,
)
# Counts of what was done, in a period that may still run.
_DONE_SO_FAR = re.compile(
    r"\b(?:we|they|our team|the team) (?:answered|handled|resolved|received|achieved|reached"
    r"|reduced"
    r"|improved|raised|increased|completed|launched|trained|served)\b|为[0-9.]+%?[,;](?:同比|环比"
    r"|较[去上同]"
    r"[^,;。]{1,3})(?:提升|上升|下降|增长|提高|减少|回升|下滑)|(?<!公)(?:共|累计)(?:接获|录得|受理"
    r"|接听|接待"
    r"|处理|收到|服务|回复|办理|接收|完成了)|\b(?:so far"
    r"|to date)\b",
    re.ASCII,
)
# How things stood on a day, with the change up to it; and an aim that was missed.
_STOOD = re.compile(
    r"截[至止][^,;。\x00]{2,10}[,;].{2,24}?[0-9][,;分点%]*较[^,;。]{1,4}(?:提升|上升|下降|增长"
    r"|提高|减少|回升|下滑)"
)
_MISSED = re.compile(
    r"\b(?:did not|didn't|failed to) (?:meet|reach|hit|achieve)\b|\bmissed (?:its|the|our)\b"
    r"|未(?:能)?(?:达到|达成|完成|实现|达标)",
    re.ASCII,
)
# Without a number, a change or a milestone these say nothing that could be reached.
_NO_AIM = {
    "thanks": r"感谢|谢谢|辛苦了|祝贺|恭喜|祝大家|早上好|各位好|\b(?:thank(?:s| you)|well done"
    r"|congratulations"
    r"|good (?:morning|afternoon)|welcome)\b",
    "notice": r"已经?(?:发[到在至]|贴[在出]|上传|更新|放在)|请(?:大家)?(?:查收|知悉|周知|查阅"
    r"|参阅)|详见|见附件|\b(?:is|are)"
    r" (?:now )?(?:on the|attached|available|posted|in the)\b|\b(?:fyi|please (?:find|see|note))\b",
    "opening hours": r"营业(?!额|收入|利润)|开放时间|服务时间|办公时间|\b(?:opening hours"
    r"|we are open|is open|are open"
    r"|(?:can )?reach us)\b",
    "creed": r"^\s*(?:we|our [a-z]+|at [a-z ]+, we) (?:always |truly |really )?(?:put|believe|care"
    r"|value|love|treat"
    r"|listen|take pride|are (?:proud|passionate|here))|我们(?:一直|始终)?(?:相信|坚信|深信|重视"
    r"|热爱|引以为)",
}
_DONE = re.compile(
    r"已(?:经|于)?[^,;。]{0,8}(?:完成|上线|发布|启动|开展|推出|建成|落地)|\b(?:has"
    r"|have) been (?:completed|launched"
    r"|finished|rolled out|introduced|published)\b|\b(?:we|they|the team) (?:completed|launched"
    r"|finished"
    r"|rolled out|introduced|trained)\b",
    re.ASCII,
)
_AIMLESS = re.compile("|".join(_NO_AIM.values()), re.ASCII)


def states_no_goal(text: str, dates: Sequence[DateSpan], goals: Sequence[ReadGoal]) -> bool:
    """Whether a plain text reports, tells or thanks, and asks for nothing.

    Careful on purpose: one word that looks ahead, and the text stays a goal.

    >>> from playbook.chapters.smart.reading_model import Slot
    >>> read = (ReadGoal(target=Slot(37.0, 0, 0)),)
    >>> states_no_goal("nps rose by 4 points to 37", (), read)
    True
    >>> states_no_goal("nps fell to 31; bring it back to 37", (), read)
    False
    """
    if not any(_has_value(goal) for goal in goals):
        return _is_aimless(text)
    open_ended = any(_is_to_come(text, span, goals) for span in dates)
    if _STOOD.search(text) or (_MISSED.search(text) and not open_ended):
        return True
    if _AHEAD.search(text):
        return False
    done = _DONE_SO_FAR.search(text)
    if done and not any(s.role == "deadline" and s.start > done.start() for s in dates):
        return True
    if not open_ended and not any(goal.target or goal.delta for goal in goals):
        return not any(verb[2] != "reach" for verb in verbs_in(text, 0, len(text)))
    dated = any(span.role == "base" for span in dates)
    told = _PAST.search(text) or (dated and (_PAST_IF_DATED.search(text) or _lone(text, goals)))
    return bool(told) and not open_ended


def _is_to_come(text: str, span: DateSpan, goals: Sequence[ReadGoal]) -> bool:
    """Whether a date sets an end; `fell to 4.1 % in May` with nothing else is a date that was."""
    alone = len(_levels(goals)) == 1 and text.startswith("in ", span.start)
    return span.role == "deadline" and not alone


def _levels(goals: Sequence[ReadGoal]) -> list[object]:
    return [s for g in goals for s in (g.target, g.delta, g.baseline) if s is not None]


def _lone(text: str, goals: Sequence[ReadGoal]) -> bool:
    """One level of a past period, and no verb that would move it (2025年满意度87.6分)."""
    return len(_levels(goals)) == 1 and not verbs_in(text, 0, len(text))


def _is_aimless(text: str) -> bool:
    """Whether a text without a number tells, thanks or says what was done."""
    if _DONE.search(text):
        return not _AHEAD.search(text)
    changes = any(verb[2] in {"up", "down", "better"} for verb in verbs_in(text, 0, len(text)))
    if not _AIMLESS.search(text) or changes:
        return False
    return not MILESTONE.search(text) or bool(re.search(_NO_AIM["opening hours"], text))


def _has_value(goal: ReadGoal) -> bool:
    return any(slot is not None for slot in (goal.target, goal.delta, goal.baseline))
