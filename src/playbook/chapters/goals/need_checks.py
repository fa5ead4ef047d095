"""Faults and doubts of the table of needs: periods, volumes, seasons, KANO classes."""

from collections.abc import Iterator, Sequence

from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.need_table import feature_of, kano_survey, season_unseen
from playbook.chapters.goals.rows import Row, rows_of
from playbook.core.inputs import Inputs
from playbook.core.periods import frequency, ordinal
from playbook.core.problems import Problem, did_you_mean


def need_problems(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Every fault and doubt of the table ``goals_needs``."""
    rows = rows_of(inputs, "goals_needs")
    if not rows:
        return
    tell = inputs.tables.problem
    yield from lengths(inputs, "goals_needs", rows, "error")
    low, high = inputs.settings.need_scale
    for row in rows:
        held = row["satisfaction"]
        if held is not None and not low <= held <= high:
            yield tell(
                "goals_needs", "goals.satisfaction_out_of_scale", row=row.at,
                column="satisfaction", value=held, low=low, high=high,
            )  # fmt: skip
    with_base = [r for r in rows if r["exposure"] is not None]
    if len(with_base) < len(rows):
        code = "goals.exposure_partly" if with_base else "goals.exposure_missing"
        bare = next(r for r in rows if r["exposure"] is None)
        at = bare.at if with_base else None
        yield tell("goals_needs", code, level="warn", row=at, column="exposure")
    yield from _season(inputs, rows)
    yield from _typed(inputs, rows)
    yield from _surveyed(inputs, rows)


def _season(inputs: Inputs[Settings], rows: Sequence[Row]) -> Iterator[Problem]:
    periods = sorted({str(r["period"]) for r in rows}, key=ordinal)
    if len({frequency(p) for p in periods}) == 1 and season_unseen(periods, inputs.settings):
        yield inputs.tables.problem(
            "goals_needs", "goals.season_ignored", level="note", column="period",
            value=periods[-1], count=len(periods),
        )  # fmt: skip


def _typed(inputs: Inputs[Settings], rows: Sequence[Row]) -> Iterator[Problem]:
    """One need, one class."""
    classes: dict[str, str] = {}
    for row in rows:
        if row["kano"] and classes.setdefault(row["need"], row["kano"]) != row["kano"]:
            yield inputs.tables.problem(
                "goals_needs", "goals.kano_conflict", level="warn", row=row.at, column="kano",
                value=row["kano"], before=classes[row["need"]], need=str(row["need"]),
            )  # fmt: skip


def _surveyed(inputs: Inputs[Settings], rows: Sequence[Row]) -> Iterator[Problem]:
    """The classes typed in against those of the survey; features the survey does not know."""
    survey = kano_survey(inputs)
    by_need: dict[str, list[Row]] = {}
    for row in rows if survey else ():
        by_need.setdefault(str(row["need"]), []).append(row)
    for need, group in by_need.items():
        found = survey.get(feature_of(group))
        named = next((r for r in group if r["kano_feature"]), None)
        if found is None and named is not None:
            yield inputs.tables.problem(
                "goals_needs", "goals.kano_feature_unknown", level="warn", row=named.at,
                column="kano_feature", value=named["kano_feature"], need=need,
                near=did_you_mean(str(named["kano_feature"]), survey) or "–",
            )  # fmt: skip
        typed = next((r for r in reversed(group) if r["kano"]), None)
        if found is not None and typed is not None and typed["kano"] != found.category:
            yield inputs.tables.problem(
                "goals_needs", "goals.kano_differs", level="warn", row=typed.at, column="kano",
                value=typed["kano"], need=need, feature=found.feature, found=found.category,
                n=found.n or 0,
            )  # fmt: skip


def lengths(
    inputs: Inputs[Settings], table: str, rows: Sequence[Row], level: str
) -> Iterator[Problem]:
    """Periods of another length than the first row's."""
    first = frequency(str(rows[0]["period"])) if rows else ""
    odd = next((r for r in rows if frequency(str(r["period"])) != first), None)
    if odd:
        yield inputs.tables.problem(
            table, "goals.period_mixed", level="error" if level == "error" else "warn",
            row=odd.at, column="period", value=odd["period"], before=str(rows[0]["period"]),
        )  # fmt: skip
