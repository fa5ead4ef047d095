"""Every fault and doubt in the tables and the registration of a pilot."""

from collections.abc import Iterable, Iterator

import pandas as pd

from playbook.chapters.pilot.inputs import ARMS, Settings
from playbook.chapters.pilot.phases import phase
from playbook.chapters.pilot.registration import check_seal
from playbook.chapters.pilot.stores import (
    FEWEST_CONTROLS,
    FEWEST_STORES,
    measure_of,
    number,
    words,
)
from playbook.core.inputs import Inputs, Tables
from playbook.core.problems import Level, Problem, did_you_mean

SIDES = ("pre", "post")
DAYS_APART = 7
SETTINGS_FILE = "case.toml"


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """All problems of the pilot tables, errors and doubts, in the order of the tables."""
    found = [*_settings(inputs.settings, _measure(inputs.tables))]
    if "pilot" not in inputs.tables:
        return tuple(found)
    table = inputs.tables["pilot"]
    found += _stores(inputs.tables, table)
    found += _outcome(inputs.tables, table)
    found += _arms(inputs.tables, table)
    found += _answers(inputs.tables, table, inputs.settings.min_answers)
    stores = set(words(table, "store"))
    for name in ("pilot_periods", "pilot_answers", "pilot_guardrails"):
        if name in inputs.tables:
            found += _side_table(inputs.tables, name, stores, inputs.settings)
    if "pilot_guardrails" in inputs.tables:
        found += _guardrails(inputs.tables)
    if "pilot_process" in inputs.tables:
        found += _process(inputs.tables)
    found += _conduct(inputs.settings, table)
    return tuple(found)


def _of_settings(
    code: str, key: str, value: object = "", level: Level = "error", **values: str | int | float
) -> Problem:
    return Problem(
        f"pilot.{code}", level, SETTINGS_FILE, column=key, value=str(value), values=values
    )


def _measure(tables: Tables) -> str | None:
    return measure_of(tables["pilot"]) if "pilot" in tables else None


def _settings(s: Settings, measure: str | None) -> Iterator[Problem]:
    if s.margin is None:
        yield _of_settings("margin_missing", "pilot.margin")
    for key in ("margin", "planned_lift"):
        value = getattr(s, key)
        if value is not None and measure == "share" and abs(value) >= 1:
            yield _of_settings("lift_in_points", f"pilot.{key}", value, share=value / 100)
        if value is not None and value < 0:
            yield _of_settings("negative", f"pilot.{key}", value)
    bounds = {
        "alpha": (0, 0.5), "power": (0.5, 1), "prob_scale": (0.5, 1),
        "stop_confidence": (0.5, 1), "mix_alpha": (0, 0.5),
    }  # fmt: skip
    for key, (low, high) in bounds.items():
        if not low < getattr(s, key) < high:
            yield _of_settings("out_of_range", f"pilot.{key}", getattr(s, key), low=low, high=high)
    if s.money and s.money.customers * s.money.value_per_point <= 0:
        yield _of_settings("money_without_value", "pilot.money", s.money.value_per_point)
    yield from _registration(s)
    yield from _dates(s)


def _registration(s: Settings) -> Iterator[Problem]:
    seal = check_seal(s)
    if not seal.registered:
        yield _of_settings(
            "not_registered", "pilot.registered_sha256", level="warn", sha256=seal.sha256
        )
    elif seal.intact is False:
        yield _of_settings(
            "hash_differs", "pilot.registered_sha256", s.registered_sha256[:12], "warn",
            sha256=seal.sha256,
        )  # fmt: skip
    if len(s.primary_metrics) > 1:
        yield _of_settings(
            "several_primary", "pilot.primary_metrics", len(s.primary_metrics), "warn"
        )


def _dates(s: Settings) -> Iterator[Problem]:
    if s.training_ended and s.post_from and s.post_from <= s.training_ended:
        yield _of_settings("trained_after_start", "pilot.post_from", s.post_from, "warn",
                           ended=s.training_ended.isoformat())  # fmt: skip
    if s.pre_until and s.post_from and s.pre_until >= s.post_from:
        yield _of_settings("periods_overlap", "pilot.pre_until", s.pre_until)
    if s.pre_from and s.pre_until and s.post_from and s.post_until:
        pre = (s.pre_until - s.pre_from).days + 1
        post = (s.post_until - s.post_from).days + 1
        if min(pre, post) <= 0:
            yield _of_settings("periods_reversed", "pilot.post_until", s.post_until)
        elif abs(pre - post) > DAYS_APART:
            yield _of_settings(
                "period_lengths_differ", "pilot.post_until", level="warn", pre=pre, post=post
            )


def _stores(tables: Tables, table: pd.DataFrame) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for row, store, arm in zip(
        table.index, words(table, "store"), words(table, "arm"), strict=True
    ):
        if arm not in ARMS:
            yield tables.problem(
                "pilot", "pilot.arm_unknown", row=row, column="arm", value=arm,
                near=did_you_mean(arm, ARMS) or " / ".join(ARMS),
            )  # fmt: skip
        if store in seen:
            code = "store_twice" if seen[store] == arm else "store_in_both_arms"
            yield tables.problem("pilot", f"pilot.{code}", row=row, column="store", value=store)
        seen[store] = arm


def _outcome(tables: Tables, table: pd.DataFrame) -> Iterator[Problem]:
    measure = measure_of(table)
    if measure is None:
        yield tables.problem("pilot", "pilot.no_outcome")
        return
    for side in SIDES:
        n = number(table, f"n_{side}")
        needed = [f"x_{side}"] if measure == "share" else [f"mean_{side}", f"sd_{side}"]
        for column in needed:
            values = number(table, column)
            for row in table.index[(values.isna() & (n > 0)).to_numpy()]:
                yield tables.problem("pilot", "pilot.outcome_missing", row=row, column=column)
            if measure == "share":
                yield from _above_n(tables, "pilot", values, n, column)
    pre = number(table, "n_pre")
    for row in table.index[(~(pre > 0)).to_numpy()]:
        yield tables.problem("pilot", "pilot.no_baseline", row=row, column="n_pre")


def _above_n(
    tables: Tables, name: str, x: "pd.Series[float]", n: "pd.Series[float]", column: str
) -> Iterator[Problem]:
    for row in x.index[(x > n).to_numpy()]:
        yield tables.problem(
            name, "pilot.x_above_n", row=row, column=column, value=f"{x[row]:g}", n=float(n[row])
        )


def _arms(tables: Tables, table: pd.DataFrame) -> Iterator[Problem]:
    arms = words(table, "arm")
    pilots, controls = arms.count("pilot"), arms.count("control")
    if pilots == 0:
        yield tables.problem("pilot", "pilot.no_pilot", column="arm")
    elif controls == 0:
        yield tables.problem("pilot", "pilot.no_control", level="warn", column="arm")
    elif pilots + controls < FEWEST_STORES:
        yield tables.problem(
            "pilot", "pilot.too_few_stores", value=pilots + controls, needed=FEWEST_STORES
        )
    elif controls < FEWEST_CONTROLS:
        yield tables.problem(
            "pilot", "pilot.too_few_controls", level="warn", value=controls,
            needed=FEWEST_CONTROLS,
        )  # fmt: skip
    if pilots == 1 and controls:
        yield tables.problem(
            "pilot", "pilot.one_pilot", level="warn", column="arm",
            p_min=1 / (controls + 1), controls=controls,
        )  # fmt: skip
    yield from _strata(tables, table)


def _strata(tables: Tables, table: pd.DataFrame) -> Iterator[Problem]:
    arms, strata = words(table, "arm"), words(table, "stratum")
    known = {s for s, arm in zip(strata, arms, strict=True) if arm == "control" and s}
    for row, stratum, arm in zip(table.index, strata, arms, strict=True):
        if known and arm == "pilot" and stratum and stratum not in known:
            yield tables.problem(
                "pilot", "pilot.stratum_without_control", level="warn", row=row,
                column="stratum", value=stratum,
            )  # fmt: skip


def _answers(tables: Tables, table: pd.DataFrame, fewest: int) -> Iterator[Problem]:
    started = number(table, "n_post").fillna(0).gt(0).any()
    for side in SIDES if started else ("pre",):
        n = number(table, f"n_{side}").fillna(0)
        for row in table.index[((n < fewest) & ((n > 0) | (side == "post"))).to_numpy()]:
            yield tables.problem(
                "pilot", "pilot.few_answers", level="warn", row=row, column=f"n_{side}",
                value=f"{n[row]:g}", needed=fewest,
            )  # fmt: skip


def _side_table(
    tables: Tables, name: str, stores: Iterable[str], settings: Settings
) -> Iterator[Problem]:
    """Stores and periods of a side table that nothing is known of; each said once."""
    table, known = tables[name], list(stores)
    for store in dict.fromkeys(words(table, "store")):
        if store not in known:
            yield tables.problem(
                name, "pilot.store_unknown", level="warn", column="store", value=store,
                near=did_you_mean(store, known) or ", ".join(known[:3]),
            )  # fmt: skip
    for period in dict.fromkeys(words(table, "period")):
        if phase(period, settings.post_from) is None:
            yield tables.problem(
                name, "pilot.period_not_used", level="warn", column="period", value=period
            )
    if name == "pilot_periods":
        yield from _above_n(tables, name, number(table, "x"), number(table, "n"), "x")
        invited, n = number(table, "invited"), number(table, "n")
        for row in table.index[(n > invited).to_numpy()]:
            yield tables.problem(
                name, "pilot.more_answers_than_invited", row=row, column="n",
                value=f"{n[row]:g}", invited=float(invited[row]),
            )  # fmt: skip


def _guardrails(tables: Tables) -> Iterator[Problem]:
    name = "pilot_guardrails"
    table = tables[name]
    value, n, x = (number(table, column) for column in ("value", "n", "x"))
    yield from _above_n(tables, name, x, n, "x")
    for row in table.index[(value.isna() & (n.isna() | x.isna())).to_numpy()]:
        yield tables.problem(name, "pilot.guardrail_without_value", row=row, column="value")
    margin = number(table, "margin")
    for row in table.index[(~(margin > 0)).to_numpy()]:
        yield tables.problem(
            name, "pilot.guardrail_margin", row=row, column="margin", value=f"{margin[row]:g}"
        )
    for metric, rows in table.groupby("metric", sort=False):
        for column in ("worse", "margin"):
            if rows[column].nunique(dropna=False) > 1:
                yield tables.problem(
                    name, "pilot.guardrail_mixed", column=column, value=str(metric)
                )
    for row, worse in zip(table.index, words(table, "worse"), strict=True):
        if worse not in ("up", "down"):
            yield tables.problem(
                name, "pilot.direction_unknown", row=row, column="worse", value=worse
            )


def _process(tables: Tables) -> Iterator[Problem]:
    name = "pilot_process"
    table = tables[name]
    yield from _above_n(tables, name, number(table, "x"), number(table, "n"), "x")
    for column in ("x", "n"):
        for row in table.index[number(table, column).isna().to_numpy()]:
            yield tables.problem(name, "pilot.outcome_missing", row=row, column=column)
    red, green = number(table, "red"), number(table, "green")
    for row in table.index[(~((red >= 0) & (red < green) & (green <= 1))).to_numpy()]:
        yield tables.problem(
            name, "pilot.gate_limits", row=row, column="red", value=f"{red[row]:g}",
            green=float(green[row]),
        )  # fmt: skip


def _conduct(s: Settings, table: pd.DataFrame) -> Iterator[Problem]:
    """How the pilot was chosen and run."""
    if s.selection_rule in ("worst_score", "best_score"):
        yield _of_settings("selected_by_score", "pilot.selection_rule", s.selection_rule, "warn")
    elif s.selection_rule == "not_said":
        yield _of_settings("selection_not_said", "pilot.selection_rule", level="note")
    if s.interim_looks and s.look_bounds == "none":
        from playbook.chapters.pilot.looks import false_positives

        alarms = false_positives([1.959964] * (s.interim_looks + 1))
        yield _of_settings(
            "looks_without_bounds", "pilot.interim_looks", s.interim_looks, "warn",
            alarms=alarms,
        )  # fmt: skip
    if s.shared_staff:
        yield _of_settings("shared_staff", "pilot.shared_staff", ", ".join(s.shared_staff), "warn")
    controls = [
        store
        for store, arm in zip(words(table, "store"), words(table, "arm"), strict=True)
        if arm == "control" and store in s.contaminated
    ]
    if controls:
        yield _of_settings("contaminated", "pilot.contaminated", ", ".join(controls), "warn")
