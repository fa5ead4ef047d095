"""SM7: how days, months, quarters, halves, feasts and years are written."""

import re

from playbook.chapters.smart.reading_calendar import FIXED_HOLIDAYS, MONTHS, MOVABLE_FEASTS

_MON = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y4 = r"(?:20[0-9]{2}|二零[零一二三四五六七八九]{2})"
_ZN = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ZY = (
    rf"(?:(?P<y>{_Y4}|(?<![0-9.])2[4-9](?=年(?:[底末初中]|[0-9]{{1,2}}月|第?[一二三四]季|[上下]半))|民国\s?1[0-9]{{2}}|(?<![0-9])1[0-4][0-9]|今|本|当|明|后|来|次|隔|去"
    r"|上)\s?年度?的?)"
)
_EY = r"(?P<y>20[0-9]{2}|'[0-9]{2}|next year|this year|the year|the following year|last year)"
_FY = (
    r"(?:fye?|fiscal year|financial year|fiscal)\s?'?(?P<fy>20[0-9]{2}"
    r"|[0-9]{2})(?:\s?[/-]\s?(?P<fy2>20[0-9]{2}|[0-9]{2})(?![0-9]))?"
)
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|last)"
_WD = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NOT_AMOUNT = (
    r"(?![0-9]|\s?(?:%|percent|per cent|points?|pp|sec|min|hour|days?\b|out of)|[.,:][0-9])"
)
_MOVABLE = "|".join(re.escape(w) for w in MOVABLE_FEASTS if w.isascii())
_FEASTS = "|".join(
    re.escape(w) for w in sorted([*FIXED_HOLIDAYS, *MOVABLE_FEASTS], key=len, reverse=True)
)

# Each pattern names its parts: y year, m month, d day, q quarter, h half, fy fiscal year,
# r relative, o ordinal, f feast, a and b the two numbers of a day whose order is a setting.
_PATTERNS = [
    ("day",
        r"(?<![0-9])(?P<y>20[0-9]{2})\s?[-/.]\s?(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<d>[0-9]{1,2})(?![0-9])"
    ),
    ("day", r"(?<![0-9])(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<y>20[0-9]{2})(?![0-9])"),
    ("day", rf"{_ZY}?(?P<m>{_ZN})\s?月份?的?(?P<d>{_ZN})\s?[日号]"),
    ("day",
        (r"(?<![0-9.:])(?P<d>[0-9]{1,2})(?:st|nd|rd"
        rf"|th)?(?: of)?[ -](?P<mon>{_MON})\b\.?(?:,?[ -]{_EY})?")
    ),
    ("day",
        r"(?<![0-9])(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<y>2[0-9])(?![0-9/.-])"
    ),
    ("day",
        (r"(?<![0-9/])(?P<m>1[0-2]|0?[1-9])/(?P<d>[0-3]?[0-9])(?=\s?(?:日"
         r"|号)?\s?(?:\([^)]{1,4}\)|\))?\s?(?:前|之前|以前|止|为止|截止|完成))|(?:(?<=截至)"
         r"|(?<=[至到于在前限])|(?<=限:)|(?<=止:))(?P<m>1[0-2]"
         r"|0?[1-9])/(?P<d>[0-3]?[0-9])(?![0-9/%])")
    ),
    ("day",
        (r"(?P<r>本|这个|当|下个?)月(?:的)?(?P<d>[0-9]{1,2})\s?[日号]"
         r"|(?<![0-9月每])(?P<d>[0-9]{1,2})[日号](?=\s?(?:之?前|以前|下班))"
         r"|(?:the )?(?P<d>[0-9]{1,2})(?:st|nd|rd|th) of (?P<r>this|next|the) month"
         r"|(?<=by the )(?P<d>[0-9]{1,2})(?:st|nd|rd|th)(?! (?:percentile|of|quarter))")
    ),
    ("day", r"(?<=[0-9%钟时天分人件元次月]\()(?P<m>1[0-2]|0?[1-9])/(?P<d>[0-3]?[0-9])(?=\))"),
    ("weekday",
        (r"(?<![每逐])(?P<r>本|这个?|下下个?|下个?)(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])"
         r"|(?<![每逐本下这上个至到~-])(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?=\s?(?:下班"
         r"|(?:中午|上午|下午|晚上?)?(?:之?前|以前|内|为?止)))")
    ),
    ("weekday",
        (rf"\b(?P<r>this|next|coming|following) (?P<wd>{_WD})\b|(?:(?<=by )|(?<=before )"
         rf"|(?<=until )|(?<=than )|(?<=cob )|(?<=eod )|(?<=play )|(?<=business )|(?<=cob on )"
         rf"|(?<=close on ))(?P<wd>{_WD})\b(?! to\b|,? [0-9])")
    ),
    ("nearday",
        (r"(?P<n>今[天日晚]|当前日|明[天日晚](?![^,;。]{0,2}年)|大?后天)(?=\s?(?:之?前|以前|内|下班"
         r"|晚|中午|上午|下午|[0-9]|$|[,;。]))|\bby (?:the end of )?(?P<n>today|tonight|tomorrow)\b"
         r"|\bby (?P<n>eod|cob)\b"
        rf"(?! (?:on )?(?:{_WD}|[0-9]|{_MON}))|(?P<n>this time next year|明年(?:今日|此时"
        rf"|这个时候))")
    ),
    ("day",
        (rf"\b(?P<mon>{_MON})\b\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_NOT_AMOUNT}(?:,? {_EY})?")
    ),
    ("day",
        (r"(?:(?<=by )|(?<=before )|(?<=截至)"
         r"|(?<=due ))(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?![0-9/%])")
    ),
    ("feast", r"(?<![0-9])(?P<f>20[0-9]{2}\s?[/-]\s?(?:20)?[0-9]{2}\s?(?:学年(?!度)|(?:academic"
              r"|school) year))"),
    ("plan", r"(?P<p>十[三四五六七]五)\"?(?:规划)?\"?(?=期?末|期间|收官|结束|时期)"),
    ("fiscal", rf"q(?P<q>[1-4])\s?(?:of )?\s?{_FY}|{_FY}\s?q(?P<q>[1-4])"),
    ("fiscal", rf"\b{_FY}"),
    ("fiscal",
        (r"(?<![0-9])(?P<fy>20[0-9]{2})\s?[/-]\s?(?P<fy2>20[0-9]{2}"
         r"|[0-9]{2})(?![0-9])\s?(?:财政?年度?|会计年度|学?年度|fiscal year|financial year)?")
    ),
    ("fiscal", r"(?<![0-9])(?P<fy>20[0-9]{2}|[0-9]{2})\s?(?:财政?年度?|会计年度)"),
    ("fiscal",
        (r"(?P<r>本|这个|这一|当前|下个?|下一个?|next|this|the|current)\s?(?:财政?年度?|会计年度"
         r"|fiscal year|financial year|fy(?![0-9a-z]))")
    ),
    ("quarter",
        (rf"\b(?P<y>20[0-9]{{2}})\s?-?q(?P<q>[1-4])\b|\bq(?P<q>[1-4])(?:[,/-]?\s?(?:of )?{_EY}"
        r"|\s?'?(?P<y>2[0-9])\b)?(?![a-z0-9])|\b(?P<q>[1-4])q\s?'?(?P<y>20[0-9]{2}|[0-9]{2})\b")
    ),
    ("quarter",
        (rf"{_ZY}?(?:第\s?(?P<q>[一二三四1-4])\s?季度?|(?P<q>[一二三四1-4])季度"
        r"|(?P<q>[一二三四])季(?![节风])|(?<![0-9个近])(?P<q>[1-4])季度(?=[末底内之前结])"
        r"|q(?P<q>[1-4])(?:季度?)?(?![a-z0-9]))")
    ),
    ("quarter", rf"\b(?P<o>{_ORD}) quarter(?: of)?(?: {_EY})?"),
    ("quarter",
        (r"(?P<r>本|这个?|当|下个?|下一个?|上个?|上一个?)季度?|(?P<r>季)(?=[末底])|\b(?P<r>this|the"
         r"|current|next|coming|following|last|previous|prior) quarter(?!s| of a|ly)|\b(?P<r>e)oq\b"
         r"|(?P<r>)\bquarter[- ]end\b")
    ),
    ("half",
        (rf"\b(?:(?P<y>20[0-9]{{2}})\s?)?h(?P<h>[12])(?:\s?{_EY}"
        r"|\s?'?(?P<y>2[0-9])\b)?(?![a-z0-9])|\b(?P<h>[12])h\s?'?(?P<y>20[0-9]{2}"
        rf"|2[0-9])\b|\b(?P<o>first|second) half(?: of)?(?: {_EY})?")
    ),
    ("half", r"\b(?P<r>this|the current|next|coming|the coming) half(?: year|-year)?\b(?! of"
             r"| an?\b|[ -]day)"),
    ("half", rf"{_ZY}?(?:(?P<h>[上下])半年度?|h(?P<h>[12])(?![a-z0-9]))"),
    ("months",
        (rf"{_ZY}?(?<![0-9个第])(?P<m1>{_ZN})\s?(?:月份?)?\s?[-~至到]\s?(?P<m>{_ZN})\s?月份?"
        r"(?![0-9])")
    ),
    ("months", rf"\b(?P<mon1>{_MON})\b\.?\s?[-~]\s?(?P<mon>{_MON})\b\.?(?:,? {_EY})?"),
    ("month", rf"{_ZY}?(?<![0-9个第])(?P<m>{_ZN})\s?月份?(?![0-9])"),
    ("month", r"(?<![0-9./-])(?P<y>20[0-9]{2})\s?[-/.]\s?(?P<m>0?[1-9]|1[0-2])(?![0-9/.-])"),
    ("month",
        (rf"\b(?P<mon>{_MON})\b\.?,?(?: of)? {_EY}|\b(?P<mon>{_MON})[-'](?P<y>2[4-9]"
         rf"|3[0-9])\b(?![:-])|(?:(?<=by )|(?<=in )|(?<=of )"
        r"|(?<=before )|(?<=until )|(?<=through )|(?<=from )|(?<=since )|(?<=to )|(?<=end )"
        r"|(?<=early )|(?<=late )|(?<=mid )|(?<=mid-)|(?<=next )|(?<=this )"
        rf"|(?<=and )|(?<=starting )|(?<=end-))(?P<mon>{_MON})\b(?!\s?[0-9])")
    ),
    ("month",
        (r"(?P<r>本|这个|当|下个?|下下个?|上个?)月(?!度)|(?P<r>月)(?=[末底])|\b(?P<r>this|the"
         r"|current|next|coming|last|previous|prior) month\b(?!s)|\b(?P<r>e)om\b"
         r"|(?P<r>)\bmonth[- ]end\b")
    ),
    ("week",
        (r"(?P<r>本|这|下个?|上)周(?:[末底])?|\b(?P<r>this|next) (?:week|weekend)\b|\b(?P<r>e)ow\b"
         r"|(?<=end of )(?P<r>the) week\b|(?<=by )(?P<r>the) weekend\b")
    ),
    ("isoweek",
        (r"(?:(?<=by )|(?<=before )|(?<=end of ))(?:calendar )?week (?P<w>[0-9]{1,2})\b(?! of)"
         r"|第(?P<w>[0-9]{1,2})周(?=[末前底内之结])")
    ),
    ("feast", rf"(?P<f>{_MOVABLE}) (?:this|next) year\b"),
    ("feast", rf"{_ZY}?(?P<f>{_FEASTS})(?:,? (?P<y>20[0-9]{{2}}))?"),
    ("feast",
        (r"(?:(?<=by )|(?<=before )|(?<=end of )|(?<=until )|(?<=in ))(?:the )?(?P<f>spring|summer"
         r"|autumn|fall|winter)(?: (?P<y>20[0-9]{2}))?\b(?! (?:from|to|by|below))")
    ),
    ("year", rf"{_ZY}"),
    ("year", r"(?P<r>年|岁)(?=[末底终初中])|(?<![0-9一二两三四五六七八九十半几])(?P<r>年)(?=内)"
        r"|(?P<r>全)年"),
    ("year",
        (rf"(?<![0-9.,$/-])(?P<y>{_Y4})(?=\s?(?:[:,;年]|$|\x00|\)|-?end\b))|(?:(?<=by )"
        r"|(?<=in )|(?<=of )|(?<=during )|(?<=throughout )|(?<=through )|(?<=for )|(?<=until )"
        r"|(?<=before )|(?<=mid-)|(?<=mid )|(?<=early )|(?<=late )|(?<=year )|(?<=since )|(?<=end )"
        r"|(?<=from )|(?<=vs )|(?<=vs\. )|(?<=versus )|(?<=on )"
        r"|(?<=over ))(?P<y>20[0-9]{2})(?![0-9,%]*[0-9%])")
    ),
    ("year",
        (r"\b(?P<r>this|the|current|next|the following|last|previous|prior|calendar"
         r"|(?:the )?(?:full"
         r"|whole|entire)) year(?!s"
         r"|ly)(?:'s)?\b|\b(?P<r>e)oy\b|(?P<r>)\byear[- ]?end\b|(?<=end of )(?P<r>)year\b"
         r"|(?<=mid-)(?P<r>)year\b")
    ),
]  # fmt: skip


def _unique_groups(pattern: str) -> str:
    """Number repeated group names (q, q__2, ...), which `re` does not allow to repeat."""
    seen: dict[str, int] = {}

    def renamed(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}__{seen[name]}>"

    return re.sub(r"\(\?P<([a-z0-9]+)>", renamed, pattern)


COMPILED = [(size, re.compile(_unique_groups(p))) for size, p in _PATTERNS]
