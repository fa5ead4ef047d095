"""Goal sentences as clients write them, good and bad, with planned samples and drivers."""

import pandas as pd

_DAY = "2026-07-01"

SENTENCES: tuple[tuple[str, str, str], ...] = (
    ("T01", "zh-Hans", "提升客户满意度"),
    ("T02", "zh-Hans", "3个月内客户满意度达到85%以上"),
    ("T03", "zh-Hans", "由客户服务部负责，2026年底前把投诉24小时内解决率从84.2%提高到90%"),
    ("T04", "zh-Hans", "半年内首次问题解决率达到90%以上，由前厅部何峰负责"),
    ("T05", "zh-Hans", "尽快缩短入住等待时间"),
    ("T06", "zh-Hans", "投诉2小时内确认，24小时内解决"),
    ("T07", "zh-Hans", "打造一流的服务品质，让每一位客人都满意"),
    ("T08", "zh-Hans", "年底前净推荐值提高10个百分点"),
    ("T09", "zh-Hans", "三季度末高峰时段入住平均等待时间由6.2分钟降到5分钟以内"),
    ("T10", "zh-Hans", "下半年投诉率降低15%"),
    ("T11", "zh-Hans", "2026年12月31日前网评回复率达到100%"),
    ("T12", "zh-Hans", "上线新的投诉工单系统"),
    ("T13", "zh-Hans", "提高早餐满意度，同时降低早餐成本，并完成全部厨师培训"),
    ("T14", "zh-Hans", "三年内将客户满意度由75%提升到90%，总投入不超过500万元"),
    ("T15", "zh-Hant", "六個月內將客訴平均回應時間由1.93小時縮短至1.5小時以內"),
    ("T16", "zh-Hant", "明年第一季末會員回購率達到三成五"),
    ("T17", "en", "Raise first contact resolution from 76.9% to 81.3% by 31 December 2026"),
    ("T18", "en", "Improve the guest experience"),
    ("T19", "en", "Answer 90% of messages within 5 minutes by the end of Q3 2026"),
    ("T20", "en", "Cut check-in waiting time by 20% as soon as possible"),
    ("T21", "zh-Hans", "全年一线员工流失率保持在26%以内，由人力资源部高宁负责"),
    ("T22", "zh-Hans", "客房清洁一次合格率从95.9%提升到92%"),
    ("T23", "zh-Hans", "2026年底前，由总经理陈岚负责，把全集团客户满意度从78.1%提高到82%"),
    ("T24", "zh-Hans",
     "2026年12月31日前，由前厅部何峰负责，把高峰时段入住平均等待时间从6.2分钟缩短到5分钟以内"),
    ("T25", "zh-Hans", "2026年底前，由营销部沈怡负责，把净推荐值从27.8点提高到32点"),
    ("T26", "zh-Hans",
     "2026年12月31日前，由客户服务部周敏负责，把每千间夜投诉从8.86件降到7.5件"),
    ("T27", "en",
     "Raise breakfast satisfaction from 67.8% to 72% by 31 December 2026 (owner: Luo Qian)"),
    ("T28", "zh-Hans", "2026年底前客户满意度达到100%"),
    ("T29", "zh-Hans", "由何峰负责，把首次问题解决率从76.9%提高到81.3%"),
    ("T30", "zh-Hans", "客户投诉24小时内响应"),
    ("T31", "zh-Hans", "2026年底前客户满意(mǎn yì)度提(tí)升到82%，由陈岚负责"),
    ("T32", "zh-Hans", "2026年底前把投??率降到7.5‰以下，由周敏负责"),
)  # fmt: skip
"""Sentence id, language, text: all written for this case.

T08, T10, T14, T28, T29, T30 carry what the source documents leave open: NPS in percentage points,
per cent or points, a speed never shown, a promise at the limit, no date, a service time. T31 and
T32 came through a converter: pinyin notes are left out in reading, lost characters are not guessed.
"""

REWRITES = {"T23": "T01", "T24": "T05", "T25": "T08", "T26": "T10", "T27": "T18"}
"""A rewritten sentence and the one it replaces."""


def sentences() -> pd.DataFrame:
    """The table ``smart_sentences``."""
    rows = [(key, text, lang, _DAY, REWRITES.get(key, "")) for key, lang, text in SENTENCES]
    columns = ["sentence_id", "text", "lang", "reference_date", "rewrite_of"]
    return pd.DataFrame(rows, columns=columns)


def samples() -> pd.DataFrame:
    """The table ``smart_samples``: answers before and after; breakfast has too few."""
    rows = (
        ("csat", 6644, 6600), ("nps", 6644, 6600), ("sla_compliance", 660, 640),
        ("fcr", 2400, 2400), ("room_pass_rate", 4980, 5000), ("breakfast_csat", 220, 220),
        ("review_reply_rate", 3100, 3100), ("training_pass_rate", 430, 430),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=["metric_id", "n_before", "n_after"])


def drivers() -> pd.DataFrame:
    """The table ``smart_drivers``: what moves satisfaction and recommendation, by hotel-months."""
    rows = (
        ("csat", "complaint_rate", "estimated", -0.58, -0.78, -0.26, 28, 2),
        ("csat", "fcr", "estimated", 0.63, 0.34, 0.81, 28, 1),
        ("csat", "wait_time", "estimated", -0.52, -0.75, -0.18, 28, 3),
        ("csat", "room_pass_rate", "estimated", 0.44, 0.08, 0.70, 28, 4),
        ("csat", "breakfast_csat", "estimated", 0.31, -0.07, 0.61, 28, 5),
        ("csat", "staff_turnover", "listed", None, None, None, None, None),
        ("complaint_rate", "sla_compliance", "estimated", -0.49, -0.73, -0.14, 28, 1),
        ("complaint_rate", "noise_complaint_rate", "formula", None, None, None, None, None),
        ("sla_compliance", "complaint_response_time", "estimated", -0.66, -0.83, -0.38, 28, 1),
        ("complaint_response_time", "ack_time", "formula", None, None, None, None, None),
        ("fcr", "training_pass_rate", "estimated", 0.21, -0.36, 0.67, 14, 3),
        ("nps", "review_score", "listed", None, None, None, None, None),
        ("nps", "repurchase_rate", "listed", None, None, None, None, None),
        ("csat", "csat", "formula", None, None, None, None, None),
        ("csat", "nps", "listed", None, None, None, None, None),
    )
    columns = ["parent_metric", "metric_id", "kind", "r", "r_low", "r_high", "n", "rank"]
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64", "rank": "Int64"})
