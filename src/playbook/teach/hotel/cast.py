"""Who and what appears in the case: every code with its name in both languages."""

from typing import NamedTuple


class Branch(NamedTuple):
    """A hotel: rooms, region, size of city, quality of its start (share of satisfied guests)."""

    code: str
    zh: str
    en: str
    region: str
    stratum: str
    rooms: int
    satisfied: float


Named = tuple[str, str, str]

CHAIN = ("禾屿酒店（虚构教学案例）", "Heyu Hotels (fictional teaching case)")

BRANCHES: tuple[Branch, ...] = (
    Branch("B01", "上海外滩店", "Shanghai Bund", "east", "large", 268, 0.79),
    Branch("B02", "上海虹桥店", "Shanghai Hongqiao", "east", "large", 312, 0.75),
    Branch("B03", "杭州西湖店", "Hangzhou West Lake", "east", "mid", 186, 0.81),
    Branch("B04", "杭州滨江店", "Hangzhou Binjiang", "east", "mid", 204, 0.74),
    Branch("B05", "苏州金鸡湖店", "Suzhou Jinji Lake", "east", "mid", 192, 0.78),
    Branch("B06", "南京新街口店", "Nanjing Xinjiekou", "east", "mid", 220, 0.73),
    Branch("B07", "北京国贸店", "Beijing CBD", "north_south", "large", 296, 0.76),
    Branch("B08", "广州天河店", "Guangzhou Tianhe", "north_south", "large", 280, 0.75),
    Branch("B09", "深圳南山店", "Shenzhen Nanshan", "north_south", "large", 304, 0.77),
    Branch("B10", "成都春熙店", "Chengdu Chunxi", "west", "mid", 232, 0.80),
    Branch("B11", "重庆解放碑店", "Chongqing Jiefangbei", "west", "mid", 214, 0.72),
    Branch("B12", "西安钟楼店", "Xi'an Bell Tower", "west", "mid", 198, 0.76),
    Branch("B13", "武汉光谷店", "Wuhan Optics Valley", "west", "mid", 240, 0.74),
    Branch("B14", "厦门环岛店", "Xiamen Ring Road", "north_south", "mid", 176, 0.79),
)

REGIONS: tuple[Named, ...] = (
    ("east", "华东区", "East region"),
    ("north_south", "华北华南区", "North and South region"),
    ("west", "中西部区", "Central and West region"),
)
STRATA: tuple[Named, ...] = (
    ("large", "一线城市大店", "Large hotels in first-tier cities"),
    ("mid", "其他城市中型店", "Mid-size hotels in other cities"),
)
SEGMENTS: tuple[Named, ...] = (
    ("business", "商务客", "Business guests"),
    ("leisure", "休闲客", "Leisure guests"),
    ("family", "亲子家庭客", "Families with children"),
)
SEGMENT_SHARES = (0.45, 0.38, 0.17)

FEATURES: tuple[Named, ...] = (
    ("F01", "客房整洁无异味", "Clean room without odour"),
    ("F02", "热水与无线网络稳定", "Stable hot water and Wi-Fi"),
    ("F03", "三分钟办完入住", "Check-in within three minutes"),
    ("F04", "投诉24小时内解决", "Complaints solved within 24 hours"),
    ("F05", "早餐新鲜、品种多", "Fresh breakfast with much choice"),
    ("F06", "客房隔音好", "Quiet, sound-proof room"),
    ("F07", "生日或纪念日惊喜布置", "Surprise set-up on a birthday or anniversary"),
    ("F08", "机器人送物到房", "Robot delivery to the room"),
    ("F09", "免费延迟至14点退房", "Free late check-out until 14:00"),
    ("F10", "客房内摆放报刊", "Newspapers in the room"),
    ("F11", "极速开具发票", "Instant invoice"),
    ("F12", "入住后电话推介活动", "Promotion calls during the stay"),
)

DIMENSIONS: tuple[Named, ...] = (
    ("tangibles", "有形性", "Tangibles"),
    ("reliability", "可靠性", "Reliability"),
    ("responsiveness", "响应性", "Responsiveness"),
    ("assurance", "保证性", "Assurance"),
    ("empathy", "移情性", "Empathy"),
)

ITEMS: tuple[tuple[int, str, str, str], ...] = (
    (1, "tangibles", "客房设施设备较新、好用", "Room equipment is up to date and works"),
    (2, "tangibles", "大堂与客房环境舒适美观", "Lobby and rooms are pleasant to the eye"),
    (3, "tangibles", "员工着装整洁", "Staff are neatly dressed"),
    (
        4,
        "tangibles",
        "房内指南等资料清晰美观",
        "Printed and screen guides are clear and attractive",
    ),
    (5, "reliability", "答应的时间能兑现", "Promised times are kept"),
    (6, "reliability", "遇到问题真心帮忙解决", "Problems meet a sincere wish to solve them"),
    (7, "reliability", "第一次就把事情办对", "Things are done right the first time"),
    (8, "reliability", "按约定时间提供服务", "Service comes at the agreed time"),
    (9, "reliability", "账单与预订记录无差错", "Bills and bookings are free of error"),
    (10, "responsiveness", "会告知服务何时到位", "Guests are told when service will come"),
    (11, "responsiveness", "提出需求后很快有人响应", "A request gets a prompt response"),
    (12, "responsiveness", "员工乐于帮忙", "Staff are willing to help"),
    (13, "responsiveness", "再忙也不推脱客人", "Staff are never too busy for a guest"),
    (14, "assurance", "员工言行让人放心", "Staff behaviour inspires confidence"),
    (15, "assurance", "住店与支付感到安全", "Staying and paying feel safe"),
    (16, "assurance", "员工始终有礼貌", "Staff are always courteous"),
    (17, "assurance", "员工能专业解答问题", "Staff know the answers"),
    (18, "empathy", "能照顾到个人的特殊需要", "Individual needs are looked after"),
    (19, "empathy", "各项服务的开放时间方便", "Opening hours of services suit guests"),
    (20, "empathy", "有员工主动关心客人", "Some member of staff takes a personal interest"),
    (21, "empathy", "处处为客人利益着想", "The guest's interest comes first"),
    (22, "empathy", "懂得客人真正想要什么", "Staff understand what guests really want"),
)

NEEDS: tuple[Named, ...] = (
    ("N01", "客房安静", "A quiet room"),
    ("N02", "入住不排队", "Check-in without queuing"),
    ("N03", "客房干净", "A clean room"),
    ("N04", "早餐合口味", "A good breakfast"),
    ("N05", "投诉快速解决", "Complaints solved fast"),
    ("N06", "网络好用", "Wi-Fi that works"),
    ("N07", "开票方便", "Easy invoicing"),
    ("N08", "退房时间灵活", "Flexible check-out"),
)
