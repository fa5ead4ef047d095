"""All tables of the case, and the folder they are written to."""

from pathlib import Path

import pandas as pd

from playbook.teach.csv_text import as_csv
from playbook.teach.hotel import (
    goals,
    history,
    learning,
    next_round,
    pilot,
    plan_actions,
    plan_enabling,
    plan_money,
    plan_people,
    review,
    sentences,
    surveys,
    tree,
)
from playbook.teach.hotel.casefile import case_toml
from playbook.teach.hotel.labels import labels
from playbook.teach.hotel.truth import TRUTH, Truth

SEED = 20260701


def tables(seed: int = SEED, truth: Truth = TRUTH) -> dict[str, pd.DataFrame]:
    """Every table of the case by name."""
    monthly = pilot.periods(truth, seed)
    return {
        "labels": labels(),
        "kano": surveys.kano(truth, seed),
        "servqual": surveys.servqual(truth, seed),
        "servqual_instrument": surveys.instrument(),
        "goals": goals.cards_table(monthly),
        "goals_metrics": goals.metrics(),
        "goals_history": history.history(seed, monthly),
        "goals_needs": history.needs(truth, seed),
        "goals_benchmark": history.benchmark(seed),
        "goals_market": history.market(),
        "goals_sources": history.sources(),
        "goals_capability": history.capability(),
        "smart_sentences": sentences.sentences(),
        "smart_samples": sentences.samples(),
        "smart_drivers": sentences.drivers(),
        "pilot": pilot.counts(monthly, truth),
        "pilot_periods": monthly,
        "pilot_guardrails": pilot.guardrails(truth, seed),
        "pilot_process": pilot.process(),
        "tree": tree.tree(monthly),
        "tree_stages": tree.stages(),
        "tree_cases": tree.cases(seed),
        "tree_weights": tree.weights(),
        "tree_raci": tree.raci(),
        "plan_actions": plan_actions.actions(),
        "plan_work": plan_actions.work(),
        "plan_calendar": plan_actions.calendar(),
        "plan_people": plan_people.people(),
        "plan_load": plan_people.load(),
        "plan_messages": plan_people.messages(),
        "plan_expectations": plan_people.expectations(),
        "plan_budget": plan_money.budget(),
        "plan_risks": plan_money.risks(),
        "plan_vendors": plan_money.vendors(),
        "plan_training": plan_enabling.training(seed),
        "plan_points": plan_enabling.points(seed),
        "plan_sop": plan_enabling.sop(),
        "plan_blueprint": plan_enabling.blueprint(),
        "plan_articles": plan_enabling.articles(),
        "plan_forms": pd.concat([plan_people.forms(), plan_enabling.forms()], ignore_index=True),
        "review_actuals": review.actuals(seed, monthly),
        "review_competitor": review.competitor(),
        "review_scorecard": review.scorecard(),
        "review_money": review.money(),
        "review_flows": review.flows(),
        "review_actions": review.actions(),
        "review_pdca": learning.pdca(),
        "review_cases": learning.practices(),
        "review_replication": learning.replication(truth, seed),
        "review_pairs": learning.pairs(seed),
        "review_goals_next": next_round.goals_next(monthly),
    }


def write_case(folder: Path, seed: int = SEED) -> tuple[Path, ...]:
    """Write ``case.toml`` and the tables; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "case.toml"]
    written[0].write_text(case_toml(seed), encoding="utf-8", newline="\n")
    for name, table in tables(seed).items():
        path = folder / f"{name}.csv"
        path.write_text(as_csv(table), encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)
