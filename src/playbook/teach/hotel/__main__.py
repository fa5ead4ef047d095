"""Write the hotel case: ``python -m playbook.teach.hotel data/hotel --seed 20260701``."""

import argparse
from pathlib import Path

from playbook.teach.hotel.write import SEED, write_case


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(prog="python -m playbook.teach.hotel", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    for path in write_case(chosen.folder, chosen.seed):
        print(f"{path.stat().st_size:>9,}  {path}")


if __name__ == "__main__":
    main()
