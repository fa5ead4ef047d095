"""Words in a goal sentence that make a letter weak or settle it (SM8, 9, 13, 14)."""

import re

SLOGAN = re.compile(
    r"优质|優質|一流|最好|最佳|最优|卓越|领先|領先|极致|極致|"
    r"\bbest\b|world[- ]?class|delight|excellen",
    re.IGNORECASE,
)
FUZZY = re.compile(
    r"大约|大約|大概|大致|(?<![预預节節合违違签簽履公邀条條])[约約](?=\s?[\d百千万一二两三四五六七八九十半])"
    r"|[\d%成倍分点秒钟時时天日月]\s?(?:左右|上下)"
    r"|\b(?:about|around|roughly|approximately|circa|some)\s(?=[\d$])|\d\s?-?ish\b",
    re.IGNORECASE,
)
TENS = re.compile(
    r"\bin the (?:(?:low|mid|high|upper)[ -])?(?:teens|(?:twen|thir|for|fif|six|seven|eigh|nine)"
    r"ties)\b"
    r"|[一二三四五六七八九]成(?:多|左右)|[一二三四五六七八九]?十[多几]个?(?:%|点|分)",
    re.IGNORECASE,
)
"""A number told by its tens only."""
EVERYBODY = re.compile(r"所有|全部|每一?[个位次条]|人人|\bevery\b|\ball\b", re.IGNORECASE)
PROBLEM = re.compile(
    r"太(?:慢|多|差|低|高|长)|不(?:足(?!率)|够|满(?![意率情]))|too (?:slow|many|low|high|long)",
    re.I,
)
ASAP = re.compile(r"尽快|儘快|尽早|早日|as soon as possible|asap", re.IGNORECASE)
RECURRING = re.compile(
    r"每(?:天|日|周|月|季|年|季度)|\b(?:every|each) (?:day|week|month|quarter|year)\b|\b"
    r"(?:daily|weekly|monthly|quarterly)\b",
    re.IGNORECASE,
)
APPROXIMATE_DATE = re.compile(r"左右|前后|前後|around|about|roughly", re.IGNORECASE)
TEAM = re.compile(
    r"(?:部|部门|部門|组|小组|团队|團隊|中心|科|处|队|门店|team|department|dept\.?|centre|center|"
    r"unit|staff|agents)$",
    re.IGNORECASE,
)
STATISTIC = re.compile(
    r"平均|均值|中位|百分位|分位|最长|最多|每[一个位次条件]|所有|全部|P\s?\d{2}|\d(?:th|st)|"
    r"\baverage\b|\bmean\b|\bmedian\b|percentile|\bevery\b|\ball\b|\bmax|%|％|成[以之]?",
    re.IGNORECASE,
)
SCALE = re.compile(
    r"(?:满分|滿分|总分)\s?(?:为|是|為)?\s?(?P<zh>\d+)|\bout of (?P<en>\d+)"
    r"|\d\s?/\s?(?P<of>\d+)(?!\d*[/-])",
    re.IGNORECASE,
)
ALSO_DONE = re.compile(
    r"(?:并且?|同时|以及|並|同時|[,，;；])\s?(?:要)?(?:上线|上線|开展|搭建|建设|推出|引入|引进|举办"
    r"|完成[^,，。;；]{0,10}(?:培训|系统|建设))"
    r"|\b(?:and|while) (?:launch|train|roll out|implement|introduc|install|build|hold)",
    re.IGNORECASE,
)
"""Something to be done, told beside a result."""
WHO = re.compile(
    r"\b(?:callers|customers|guests|members|clients|patients|passengers)\b"
    r"|(?:每[位个]|所有|全部|新|老|重点|投诉)(?:客户|顾客|客人|会员|用户|旅客)|来电(?:者|客户)",
    re.IGNORECASE,
)
"""People a goal is for: a scope, even where the sentence names no channel or place."""
