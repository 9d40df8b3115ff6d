"""Makes the shipped head from etl/analysis/labels: python -m etl.analysis.train_head

Writes etl/analysis/models/head.json. Needed after every change of rules, words or base.
"""

from __future__ import annotations

import json

from etl.analysis import head, models, training


def main() -> None:
    """Fits the head on the labelled comments that come with the program."""
    comments = training.shipped_comments()
    model = head.train(head.read(comments), training.tone_labels(comments), "felles")
    path = models.FOLDER / "head.json"
    path.write_text(json.dumps(model.as_json(), ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
