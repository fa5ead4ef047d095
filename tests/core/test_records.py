"""Records: strict reading with the path of each fault, stable bytes, atomic writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.problems import RefusedError
from playbook.core.records import (
    from_dict,
    load_toml,
    to_dict,
    to_json,
    write_bytes,
    write_text,
)


@dataclass(frozen=True)
class Part:
    name: str
    share: float | None = None


@dataclass(frozen=True)
class Whole:
    day: date
    kind: Literal["a", "b"] = "a"
    parts: tuple[Part, ...] = ()
    pair: tuple[float, float] | None = None
    count: Mapping[str, int] = field(default_factory=dict)


def faults(data: dict[str, object]) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as refused:
        from_dict(Whole, data)
    return [(p.code.split(".")[1], str(p.values["path"])) for p in refused.value.problems]


def test_reads_nested_records_and_writes_them_back() -> None:
    data = {
        "day": "2026-03-05",
        "parts": [{"name": "x", "share": 1}],
        "pair": [0.5, 1.0],
        "count": {"n": 3},
    }
    whole = from_dict(Whole, data)
    assert whole == Whole(date(2026, 3, 5), "a", (Part("x", 1.0),), (0.5, 1.0), {"n": 3})
    assert from_dict(Whole, to_dict(whole)) == whole


def test_every_fault_is_told_with_its_path() -> None:
    found = faults(
        {"knid": "a", "parts": [{"nam": 1, "share": "x"}], "pair": [1], "count": {"n": 1.5}}
    )
    assert ("key_unknown_near", "knid") in found
    assert ("key_missing", "day") in found
    assert ("key_unknown_near", "parts[0].nam") in found
    assert ("key_missing", "parts[0].name") in found
    assert ("bad_value", "parts[0].share") in found
    assert ("bad_value", "pair") in found
    assert ("bad_value", "count.n") in found


def test_a_truth_value_is_no_number() -> None:
    assert ("bad_value", "parts[0].share") in faults(
        {"day": "2026-01-01", "parts": [{"name": "x", "share": True}]}
    )


def test_did_you_mean_stands_in_the_sentence_of_both_languages() -> None:
    with pytest.raises(RefusedError) as refused:
        from_dict(Whole, {"day": "2026-01-01", "knid": "b"}, "case.toml")
    assert "kind" in refused.value.lines("zh")[0]
    assert refused.value.lines("en") == [
        "case.toml: `knid` is not a known setting; did you mean `kind`?"
    ]


def test_numpy_values_and_not_a_number_become_plain() -> None:
    assert to_dict({"a": np.float64(0.1), "b": float("nan"), "c": np.int64(3)}) == {
        "a": 0.1, "b": None, "c": 3,
    }  # fmt: skip


def test_an_object_that_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_dict(object())


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_json_bytes_do_not_depend_on_the_last_bits(x: float) -> None:
    assert to_json(x) == to_json(float(f"{x:.10g}"))


def test_toml_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(RefusedError, match="line 1"):
        load_toml(Whole, path)
    path.write_bytes("名 = 1".encode("gbk"))
    with pytest.raises(RefusedError, match="UTF-8"):
        load_toml(Whole, path)


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_text(path, "old")
    with pytest.raises(TypeError):
        write_bytes(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_problem_shows_the_clients_name_beside_the_id_that_stands_in_the_file() -> None:
    import pandas as pd

    from playbook.core.inputs import Tables

    labels = pd.DataFrame({"id": ["B01"], "zh": ["东门店"], "en": ["East Gate"]})
    problem = Tables({"labels": labels}).problem("pilot", "intake.not_a_number", value="B01")
    assert "东门店（B01）" in problem.say("zh")
    assert from_dict(type(problem), to_dict(problem)) == problem


def test_rows_of_a_table_are_plain_values_with_none_for_missing() -> None:
    import pandas as pd

    from playbook.core.inputs import Tables

    frame = pd.DataFrame({"a": [1.5, float("nan")], "b": ["x", None]}, index=[2, 5])
    tables = Tables({"t": frame})
    assert tables.rows("t") == [(2, {"a": 1.5, "b": "x"}), (5, {"a": None, "b": None})]
    assert type(tables.rows("t")[0][1]["a"]) is float
    assert tables.rows("absent") == []
