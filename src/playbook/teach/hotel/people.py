"""Departments, teams, people, themes, sources and the case's own metrics, with their names."""

from playbook.teach.hotel.cast import Named

DEPARTMENTS: tuple[Named, ...] = (
    ("guest_service", "客户服务部", "Guest service"),
    ("front_office", "前厅部", "Front office"),
    ("housekeeping", "客房部", "Housekeeping"),
    ("food_beverage", "餐饮部", "Food and beverage"),
    ("engineering", "工程部", "Engineering"),
    ("marketing", "营销部", "Marketing"),
    ("hr", "人力资源部", "Human resources"),
    ("operations", "运营管理部", "Operations"),
)
TEAMS: tuple[Named, ...] = (
    ("service_desk", "宾客服务台", "Guest service desk"),
    ("night_shift", "宾客服务台夜班", "Guest service desk, night shift"),
    ("room_care", "客房维护组", "Room maintenance team"),
    ("reviews_team", "网评运营组", "Online review team"),
)
PEOPLE: tuple[Named, ...] = (
    ("chen_lan", "陈岚（总经理）", "Chen Lan (general manager)"),
    ("zhou_min", "周敏（客户服务部总监）", "Zhou Min (director of guest service)"),
    ("xu_jing", "许静（服务台夜班主管）", "Xu Jing (night supervisor, service desk)"),
    ("he_feng", "何峰（前厅部总监）", "He Feng (director of front office)"),
    ("luo_qian", "罗倩（客房部总监）", "Luo Qian (director of housekeeping)"),
    ("tang_wei", "唐伟（餐饮部总监）", "Tang Wei (director of food and beverage)"),
    ("ma_jun", "马骏（工程部经理）", "Ma Jun (engineering manager)"),
    ("shen_yi", "沈怡（营销部总监）", "Shen Yi (director of marketing)"),
    ("gao_ning", "高宁（人力资源部总监）", "Gao Ning (director of human resources)"),
    ("ding_rui", "丁睿（运营数据分析师）", "Ding Rui (operations analyst)"),
)
THEMES: tuple[Named, ...] = (
    ("word_of_mouth", "口碑领先", "Lead in word of mouth"),
    ("standard_service", "服务标准化", "Standardised service"),
    ("member_growth", "会员增长", "Growth of members"),
)
SOURCES: tuple[Named, ...] = (
    ("guest_survey", "离店短信问卷", "Survey by text message after check-out"),
    ("ticket_log", "投诉工单系统", "Complaint ticket system"),
    ("front_desk_log", "前台排队记录", "Front desk queue log"),
    ("room_inspection", "客房质检记录", "Room inspection log"),
    ("ota_reviews", "在线旅游平台点评", "Reviews on travel platforms"),
    ("member_system", "会员系统", "Member system"),
    ("hr_system", "人事系统", "Personnel system"),
    ("peer_exchange", "同行数据互换（虚构）", "Data exchange among peers (fictional)"),
    ("mystery_report", "神秘顾客报告（虚构）", "Mystery shopper report (fictional)"),
    ("kano_survey", "KANO需求问卷", "Kano survey of needs"),
    ("servqual_survey", "SERVQUAL质量问卷", "SERVQUAL survey of quality"),
)
METRICS: tuple[Named, ...] = (
    ("room_pass_rate", "客房清洁一次合格率", "Rooms passing inspection at first sight"),
    ("breakfast_csat", "早餐满意度", "Breakfast satisfaction"),
    ("noise_complaint_rate", "噪音投诉率", "Noise complaint rate"),
)
