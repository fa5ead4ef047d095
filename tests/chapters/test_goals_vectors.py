"""The formulas of the chapter against the reference numbers."""

from playbook.chapters.goals.estimates import rate_per
from playbook.chapters.goals.evidence import RatePoint
from playbook.chapters.goals.needs import Series, assess
from playbook.chapters.goals.paths import glide_path
from playbook.chapters.goals.peers import attainable, market_share, position
from playbook.core.stats import mean_t, nps, wilson


def test_baselines_with_their_intervals(vector, assert_agrees) -> None:
    given = vector("goals_baseline")
    i = given["inputs"]
    share = wilson(i["share"]["x"], i["share"]["n"])
    mean = mean_t(i["scores"])
    n = sum(i["nps"].values())
    points = nps(i["nps"]["promoters"], i["nps"]["detractors"], n)
    rate = rate_per(i["complaints"]["count"], i["complaints"]["orders"], 1000)
    half = (points.high - points.low) / 2
    found = {
        "share": share,
        "mean": {"mean": mean.value, "low": mean.low, "high": mean.high},
        "nps": {
            "nps": points.value, "low": points.low, "high": points.high,
            "se": half / 1.959963984540054,
        },
        "rate_per_1000": rate,
    }  # fmt: skip
    assert_agrees(found, given["expected"], given["tolerance"])


def test_needs_share_rank_and_trend(vector, assert_agrees) -> None:
    given = vector("goals_needs")
    series = [
        Series(
            need,
            tuple(
                RatePoint(f"2026-{t + 1:02d}", t, v, e, v / e)
                for t, (v, e) in enumerate(zip(raw["volume"], raw["exposure"], strict=True))
            ),
        )
        for need, raw in given["inputs"]["needs"].items()
    ]
    found = assess(series, given["inputs"]["window"])
    assert_agrees({"needs": list(found)}, given["expected"], given["tolerance"])


def test_position_among_peers(vector, assert_agrees) -> None:
    given = vector("goals_benchmark")
    i = given["inputs"]
    found = position(i["own"], i["peers"], i["direction"])
    assert_agrees(found, given["expected"], given["tolerance"])


def test_attainable_benchmark(vector, assert_agrees) -> None:
    given = vector("goals_attainable_benchmark")
    i = given["inputs"]
    level, units = attainable(i["x"], i["n"], i["share"])
    found = {"benchmark": level.value, "units_0based": list(units)}
    assert_agrees(found, given["expected"], given["tolerance"])


def test_market_share(vector, assert_agrees) -> None:
    given = vector("goals_market_share")
    found = market_share(given["inputs"]["sales"], "us")
    assert_agrees(found, given["expected"], given["tolerance"])


def test_glide_paths(vector, assert_agrees) -> None:
    given = vector("goals_glide_path")
    cases = given["inputs"]["baseline_target_periods_kind_low_high"]
    found = {"paths": [list(glide_path(*case)) for case in cases]}
    assert_agrees(found, given["expected"], given["tolerance"])
