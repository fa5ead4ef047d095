"""SM3: numerals that are no amounts, by the kind of thing they belong to."""

import re

_N = "0-9一二三四五六七八九十"

# Kind -> how it is written in a plain text. A number inside a match is left alone.
_KINDS = {
    "list number": (
        r"(?:^|[;。]\s?)\s*(?:\(?[0-9]{1,2}(?:[、)]|[.](?![0-9]))|[一二三四五六七八九十]{1,3}[、.]"
        r"|\([一二三四五六七八九十]\))"
    ),
    "numbered aim": (
        rf"(?:目标|任务|指标|举措|重点)[{_N}]{{1,2}}(?=\s?(?:[:、]|是|\.(?![0-9])))"
        r"|\b(?:minute|item|section|page|goal|objective|kpi|kr|okr|action|slide|para(?:graph)?"
        r"|chapter|ref|priority|row|line|pillar|initiative|room|floor|gate|terminal|counter|ward"
        r"|zone|branch|store|shop|team|sprint|release|round|cohort|unit"
        r"|site)\s?#?[0-9]+(?:\.[0-9]+)*\b(?!:[0-9]|\s?(?:%|percent|per cent|points?\b))"
    ),
    "numbered heading": (
        r"\b(?:aim|theme|commitment|promise|ambition|outcome|standard|proposal|resolution|measure"
        r"|recommendation|motion|point|step|question|topic|decision) [0-9]{1,2}(?=\s?[:)]\s)"
    ),
    "name with a number": (
        r"\b(?!sub|under|over|mid|pre|post|non|plus|minus|from|to\b)[a-z]{2,}-[0-9]{1,4}\b(?!\s?%)"
        r"|\b[a-z]{1,2}[0-9]+[a-z]*\b|[0-9]+[vx][0-9]+|\b[0-9]{1,2}[gs](?=[\u4e00-\u9fff店 ]|$)"
    ),
    "product promise": r"[0-9一二三四五七]{1,2}天(?:无理由|价保|包退|退换)|[0-9]+小时便利店|三包",
    "ordinal": (
        r"第[0-9零一二两三四五六七八九十百]+[\u4e00-\u9fff]?|首次|首轮|[首二](?:单|购)|\bfirst\b"
        r"|\bsecond (?:half|line|visit|call)|\b[0-9]+(?:st|nd|rd|th)\b(?: percentile)?"
    ),
    "phase, tier, class": (
        r"一线|二线|[一二三]线|\b(?:phase|tier|level|class|stage|grade|step|wave|line|version|iso|l"
        r"|no\.?)\s?-?[0-9]+(?:\.[0-9]+)?\b|(?<![0-9])[0-9一二三四五六七八九十]{1,2}(?:期|级|类"
        r"|阶段|号线)|(?<![目当之此提])前[0-9一二三四五六七八九十百]+(?:名|强|位)?"
        r"|\btop[- ]?[0-9]+(?:[- ]box)?\b|(?<!\.)\b[a-z0-9]+-star\b|五星级"
    ),
    "date in brackets": r"\([0-9]{1,2}/[0-9]{1,2}\)",
    "percentile": r"\bp[0-9]{2}\b|[0-9]+分位数?",
    "word with one": (
        r"一次性?|一站式|一体化|一对一|一起|一定|一流|唯一|统一|进一步|一律|一致|一键|一人一|一些"
        r"|一般|一旦|(?<!分)之一|单一|每一|逐一|一直|万一|一事一|一把手|(?:每|每个)[一1]?(?:名|位"
        r"|个|次|件)(?=[\u4e00-\u9fff])|\bone[- ](?:stop|touch|on[- ]one|time|call|click|team)\b"
        r"|\bone of\b|\bno one\b|\bone another\b"
    ),
    "word with another numeral": (
        r"十分(?![钟之])|千方百计|百分百满意|二维码|三方|四季|万能|\b(?:single|double|two"
        r"|three)[- ]digit\b|(?<=[^动静心])零(?=售|件|食|钱|距离|碎|工|担|基础|点)"
    ),
    "whole of a rate": r"每\s?(?:[百千万]"
    r"|1[0-9,]*0)(?=[单件名位人张次个笔通宗份台床例户元票班航工住间部辆吨公])",
    "opening hours": (
        r"24\s?/\s?7|7\s?[x×*]\s?24(?:小时)?|全?24小时(?:热线|服务|客服|营业|在线|值守|自助|不打烊)"
        r"|24-hour (?:hotline|service|support|line)|\b[0-9]{1,2}\s?(?:am|pm)\b"
        r"|(?<![0-9:])[0-2]?[0-9]:[0-5][0-9]\s?(?:前|以前|之前|-|~)"
        r"|\bbetween (?:[0-9]{1,2}) and (?:[0-9]{1,2})(?=$|[.,;])(?<=[0-9])"
        r"|\b(?:open|weekdays|daily|hours:?) (?:from )?(?:[0-9]|1[0-2]) to (?:[0-9]|1[0-2])(?=$"
        r"|[.,;])"
    ),
    "size of the whole": (
        r"\b(?:all|across (?:all |our |the )?)\s?[0-9]+(?= [a-z-]+(?: [a-z]+)?s\b(?! (?:closed"
        r"|resolved)))|(?:全部|所有|全市|全国|全省)[0-9]+(?=[家个座间])|[0-9]+家(?:门店|网点|分店"
        r"|分行)(?=全部|均|都)"
    ),
    "clock time": (
        r"[0-9]{1,2}点半?[到至~-][0-9]{1,2}点|(?:早上|上午|下午|晚上|凌晨|中午)[0-9]{1,2}点"
        r"|(?<![0-9.])[0-9]{1,2}点(?=前|之前|整|半|钟|后)"
    ),
    "year in a name": r"\b(?:the|our|this|its) 20[1-4][0-9](?= [a-z])",
    "settlement day in a name": r"\bt\s?\+\s?[0-9]+日?(?=[\u4e00-\u9fff]{0,6}率)",
    "hot line": (
        r"(?<![0-9])(?:12345|12315|10086|10010|400|95[0-9]{3})\s?(?:热线|平台|电话|hotline)"
        r"|(?<![0-9])[0-9]{3,5}(?=\s?(?:[\u4e00-\u9fff]{0,4}(?:热线|平台|专线)|hotline|helpline"
        r"|number))"
    ),
    "scale": (
        r"满分(?:为)?[0-9]+分?|[0-9]+分制|[0-9一二三四五六七八九十百]+分满分|(?:scale of"
        r"|scale from) [0-9]+ ?(?:to|-) ?[0-9]+|\b[0-9]{1,3}-(?:degree|point scale|point)\b"
        r"(?! (?:jump|increase|rise|improvement|gain|drop|reduction|decrease|fall|lift|uplift|cut"
        r"|boost)\b)"
    ),
    "damaged number": r"[0-9.]*(?:[?]{2,}|\ufffd+)[0-9.]*%?",
}
NOT_AMOUNTS = re.compile("|".join(_KINDS.values()), re.ASCII)
