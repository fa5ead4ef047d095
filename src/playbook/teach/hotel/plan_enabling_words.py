"""What stands in the tables of procedure, blueprint, articles and forms, with its English.

The tables hold the Chinese text itself where it is text; ``NAMES`` gives its English for labels.
"""

from playbook.teach.hotel.cast import BRANCHES, Named

POSTS = (("fd", "前台领班", "front desk"), ("hk", "客房领班", "housekeeping"),
         ("fb", "餐厅领班", "breakfast"))  # fmt: skip
TOPICS: tuple[Named, ...] = (
    ("communication", "沟通技巧", "Communication"),
    ("emotion", "情绪管理", "Handling emotions"),
    ("common_problems", "常见问题处理", "Common problems"),
    ("digital_tools", "数字化工具", "Digital tools"),
    ("product", "产品与权益", "Products and benefits"),
    ("customer_psychology", "客户心理", "Customer psychology"),
)
CASE_TYPES: tuple[Named, ...] = (
    ("ct_checkin", "办理入住退房", "Check-in and check-out"),
    ("ct_bill", "账单与发票", "Bill and invoice"),
    ("ct_noise", "噪音与换房", "Noise and change of room"),
    ("ct_room", "客房送物与清扫", "Room requests"),
    ("ct_repair", "客房报修", "Repairs in the room"),
    ("ct_food", "早餐服务", "Breakfast service"),
)
ROLES: tuple[Named, ...] = (
    ("first_person", "首问员工", "First person asked"),
    ("desk_dispatch", "宾客服务台", "Guest service desk"),
    ("duty_manager", "值班经理", "Duty manager"),
    ("dept_owner", "责任部门", "Department in charge"),
)
CAUSES: tuple[Named, ...] = (
    ("cause_noise", "走廊与临街噪音", "Noise from corridor and street"),
    ("cause_queue", "高峰办理入住排队", "Queue at check-in in peak hours"),
    ("cause_hair", "客房有毛发或异味", "Hair or odour in the room"),
    ("cause_slow_reply", "投诉后久无回音", "No answer for long after a complaint"),
    ("cause_aircon", "空调不制冷", "Air conditioning does not cool"),
    ("cause_refill", "早餐补菜慢", "Slow refill at breakfast"),
    ("cause_invoice", "发票抬头出错", "Wrong name on the invoice"),
    ("cause_wifi", "无线网络掉线", "Wi-Fi drops"),
    ("cause_deposit", "押金退还慢", "Deposit paid back late"),
)

# step, role, input, output, target, p50, p95, check question, decision limit, checked, passed
Step = tuple[str, str, str, str, int, int, int, str, str, int, int]
SOP: tuple[Step, ...] = (
    ("首问登记", "first_person", "客人提出不满", "工单编号", 15, 6, 14,
     "客人还在面前时就登记了吗？", "", 16, 16),
    ("当场处理或上报", "first_person", "工单编号", "已当场解决或已上报", 45, 15, 42,
     "额度内的，是否当场就定了？", "200元以内的餐饮、延迟退房或换房，当场决定", 16, 13),
    ("自动派单", "desk_dispatch", "已上报的工单", "责任人姓名", 60, 10, 75,
     "工单上写的是人名而不是部门吗？", "", 16, 15),
    ("联系客人确认受理", "duty_manager", "责任人姓名", "客人知道由谁处理、何时答复", 120, 45, 150,
     "2小时内给客人打过电话吗？", "500元以内的减免由值班经理决定", 16, 14),
    ("查明原因并处理", "dept_owner", "客人知道由谁处理、何时答复", "处理结果", 960, 420, 1560,
     "处理结果写清原因和做法了吗？", "2000元以内的赔付由部门负责人决定", 16, 13),
    ("答复客人并征得认可", "duty_manager", "处理结果", "客人认可", 180, 60, 230,
     "客人亲口认可了吗？", "客人不认可的，4小时内报总经理", 16, 14),
    ("结案归因", "desk_dispatch", "客人认可", "已归因的工单", 60, 15, 55,
     "原因编码填的是根因吗？", "", 16, 15),
)  # fmt: skip
SOP_EN = {
    "首问登记": "Register at once",
    "当场处理或上报": "Settle on the spot or pass on",
    "自动派单": "Assign automatically",
    "联系客人确认受理": "Call the guest to confirm",
    "查明原因并处理": "Find the cause and act",
    "答复客人并征得认可": "Answer and ask for consent",
    "结案归因": "Close with a root cause",
    "客人提出不满": "Guest is not content",
    "工单编号": "Ticket number",
    "已当场解决或已上报": "Settled on the spot or passed on",
    "已上报的工单": "Ticket passed on",
    "责任人姓名": "Name of the person in charge",
    "客人知道由谁处理、何时答复": "Guest knows who acts and when",
    "处理结果": "Result of the work",
    "客人认可": "Guest consents",
    "已归因的工单": "Ticket with its root cause",
    "客人还在面前时就登记了吗？": "Was it registered while the guest was still there?",
    "额度内的，是否当场就定了？": "Within the limit: was it settled on the spot?",
    "工单上写的是人名而不是部门吗？": "Does the ticket name a person, not a department?",
    "2小时内给客人打过电话吗？": "Was the guest called within two hours?",
    "处理结果写清原因和做法了吗？": "Does the result state cause and remedy?",
    "客人亲口认可了吗？": "Did the guest consent in his own words?",
    "原因编码填的是根因吗？": "Is the coded cause the root cause?",
    "200元以内的餐饮、延迟退房或换房，当场决定":
        "Up to CNY 200: a meal, late check-out or another room",
    "500元以内的减免由值班经理决定": "Up to CNY 500: the duty manager",
    "2000元以内的赔付由部门负责人决定": "Up to CNY 2,000: the head of department",
    "客人不认可的，4小时内报总经理": "No consent: to the general manager within four hours",
}  # fmt: skip

# step, customer, front stage, back stage, support system, p50, p95
BLUEPRINT: tuple[tuple[str, str, str, str, str, int, int], ...] = (
    ("夜间报修或投诉", "在房间扫码说明问题", "夜班接单并回复“已收到”", "", "手机工单", 4, 15),
    ("确认受理", "收到负责人姓名", "夜班主管致电客人", "按类别派给待命人员", "手机工单；待命表",
     12, 60),
    ("临时安置", "换房或收到静音耳塞", "夜班当场决定换房", "房态即时调整", "房态系统", 25, 110),
    ("次日根治", "白天不被打扰", "", "工程部检修并拍照", "报修模块；备件台账", 300, 900),
    ("答复客人", "退房前得到说明", "值班经理当面或电话答复", "核对处理结果", "会员档案", 30, 120),
    ("归因入库", "收到一次回访", "服务台回访", "归因编码，更新知识库", "知识库", 20, 90),
)  # fmt: skip
BLUEPRINT_EN = {
    "夜间报修或投诉": "Report at night",
    "在房间扫码说明问题": "Scans a code in the room, states the problem",
    "夜班接单并回复“已收到”": "Night shift takes it and replies",
    "手机工单": "Mobile ticket",
    "确认受理": "Confirm",
    "收到负责人姓名": "Learns who is in charge",
    "夜班主管致电客人": "Night supervisor calls",
    "按类别派给待命人员": "Goes to the person on call by kind",
    "手机工单；待命表": "Mobile ticket, rota on call",
    "临时安置": "First relief",
    "换房或收到静音耳塞": "Gets another room or earplugs",
    "夜班当场决定换房": "Night shift decides on the room at once",
    "房态即时调整": "Room status changed at once",
    "房态系统": "Room status system",
    "次日根治": "Repair next day",
    "白天不被打扰": "Is not disturbed by day",
    "工程部检修并拍照": "Engineering repairs and takes pictures",
    "报修模块；备件台账": "Repair module, spare parts list",
    "答复客人": "Answer",
    "退房前得到说明": "Hears before check-out what was done",
    "值班经理当面或电话答复": "Duty manager answers in person or by phone",
    "核对处理结果": "Result is checked",
    "会员档案": "Member record",
    "归因入库": "Learn from it",
    "收到一次回访": "Gets one call back",
    "服务台回访": "Service desk calls back",
    "归因编码，更新知识库": "Cause coded, knowledge base updated",
    "知识库": "Knowledge base",
}

# cause, complaints of the half-year, article, owner, to be reviewed on
ARTICLES: tuple[tuple[str, int, str, str, str], ...] = (
    ("cause_noise", 214, "KB-01", "ma_jun", "2026-12-31"),
    ("cause_queue", 176, "KB-02", "he_feng", "2026-12-31"),
    ("cause_hair", 151, "KB-03", "luo_qian", "2026-09-30"),
    ("cause_slow_reply", 138, "", "", ""),
    ("cause_aircon", 96, "KB-05", "ma_jun", "2026-05-31"),
    ("cause_refill", 84, "KB-06", "tang_wei", "2026-10-31"),
    ("cause_invoice", 61, "KB-07", "he_feng", "2026-12-31"),
    ("cause_wifi", 47, "KB-08", "", "2026-12-31"),
    ("cause_deposit", 33, "", "", ""),
)

# form, item, value (Chinese, English), owner, due, done
FormRow = tuple[str, str, tuple[str, str], str, str, int]
FORMS: tuple[FormRow, ...] = (
    ("authority", "front_line", ("200元以内：餐饮、延迟退房、换房",
     "Up to CNY 200: meal, late check-out, another room"), "he_feng", "2026-08-14", 0),
    ("authority", "shift_lead", ("300元以内", "Up to CNY 300"), "xu_jing", "2026-08-14", 0),
    ("authority", "duty_manager", ("500元以内", "Up to CNY 500"), "zhou_min", "2026-08-14", 0),
    ("authority", "department_head", ("2000元以内", "Up to CNY 2,000"), "zhou_min",
     "2026-08-14", 0),
    ("authority", "room_change", ("有空房即可，不必请示", "If a room is free, without asking"),
     "he_feng", "2026-08-14", 0),
    ("authority", "never_alone", ("人身伤害、财物丢失、媒体来访一律上报",
     "Injury, loss of property, press: always passed on"), "zhou_min", "2026-08-14", 0),
    ("authority", "record", ("当班内记入工单", "In the ticket before the shift ends"),
     "xu_jing", "", 0),
    ("response", "staged_targets", ("先承诺2小时确认，测稳后再谈解决时限",
     "Promise confirmation in 2 hours first, solution times once they hold"), "zhou_min", "", 0),
    ("response", "tiers", ("按会员等级分三档沟通", "Three tiers by member level"), "shen_yi",
     "2026-09-18", 0),
    ("response", "transparency", ("每月在大堂公布实际达成率",
     "Actual rates shown in the lobby each month"), "shen_yi", "", 0),
    ("response", "on_call", ("工程部夜间待命表", "Rota of engineers on call at night"), "ma_jun",
     "2026-07-31", 0),
    ("response", "staged_rollout", ("手机工单先上3店夜班",
     "Mobile tickets in 3 night shifts first"), "xu_jing", "2026-08-31", 0),
    ("response", "sponsor", ("总经理每月主持一次", "Chaired by the general manager monthly"),
     "chen_lan", "", 1),
    ("response", "ambassadors", ("每店一名领班", "One shift lead per hotel"), "gao_ning",
     "2026-07-31", 0),
    ("response", "tolerance", ("试点期内按流程做错不扣分",
     "No deduction for faults made within the procedure while it is on trial"), "gao_ning", "", 0),
    ("response", "complaint_72_hours", ("热点投诉72小时内给出改进措施",
     "A remedy within 72 hours of a complaint that spreads"), "shen_yi", "", 0),
    ("technology", "all_channels", ("前台、电话、公众号、平台四个入口",
     "Front desk, phone, WeChat account, travel platforms"), "ding_rui", "2026-09-30", 0),
    ("technology", "smart_answer", ("未购买", "Not bought"), "ding_rui", "", 0),
    ("technology", "interfaces", ("房态、会员、工单三个系统",
     "Room status, members, tickets"), "ding_rui", "2026-10-31", 0),
    ("technology", "weekly_meeting", ("周一上午", "Monday morning"), "ding_rui", "", 1),
    ("recognition", "within_a_day", ("次日早会宣布", "Named in the next morning's meeting"),
     "gao_ning", "", 1),
    ("recognition", "open_to_all", ("不限名额，含后台岗位", "No quota, back office included"),
     "gao_ning", "", 1),
    ("recognition", "B03_fd", ("深夜为发热客人联系急诊并陪同",
     "Found an emergency ward for a guest with fever and went along"), "fang_hua",
     "2026-05-17", 1),
    ("recognition", "B10_hk", ("在床底找回客人的婚戒并当天寄出",
     "Found a wedding ring under the bed and sent it the same day"), "jiang_nan",
     "2026-06-03", 1),
    ("recognition", "B08_fb", ("记住过敏客人并提前备好餐食",
     "Remembered a guest with an allergy and had a meal ready"), "lu_tao", "2026-06-21", 1),
    ("resource", "crm", ("会员系统，已有", "Member system, in place"), "shen_yi", "", 1),
    ("resource", "knowledge_base", ("企业微信文档", "Shared documents"), "zhou_min",
     "2026-09-30", 0),
    ("resource", "trainers", ("14家店各一名内训师", "One trainer per hotel"), "gao_ning",
     "2026-08-05", 0),
    ("resource", "stand_ins", ("培训日由邻近门店顶班", "Nearby hotels cover training days"),
     "gao_ning", "2026-08-05", 0),
    ("release", "goal_and_gate", ("试点登记表已封存", "Registration of the pilot sealed"),
     "ding_rui", "", 1),
    ("release", "guardrails", ("等待、合格率、加班三项", "Wait, room pass rate, overtime"),
     "ding_rui", "", 1),
    ("release", "decision", ("管理层会议", "Meeting of the board"), "chen_lan", "2026-12-11", 0),
)  # fmt: skip


def names() -> tuple[Named, ...]:
    """Names of posts, topics, kinds, roles, causes and texts for ``labels``."""
    posts = tuple(
        (f"{b.code}_{code}", f"{b.zh}{zh}", f"{b.en}, {en}")
        for b in BRANCHES
        for code, zh, en in POSTS
    )
    texts = (SOP_EN | BLUEPRINT_EN).items()
    values = dict(value for _, _, value, *_ in FORMS)
    return (
        *posts, *TOPICS, *CASE_TYPES, *ROLES, *CAUSES, *((zh, zh, en) for zh, en in texts),
        *((zh, zh, en) for zh, en in values.items()),
    )  # fmt: skip
