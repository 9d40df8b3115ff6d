"""A text classifier of a few numbers, as a folder in the form that a municipality's own has.

The file is written by hand (onnx.proto3): nothing is installed for it. Each token's row of the
table is its scores; a text's are their mean.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path

INT64, FLOAT, INTS = 7, 1, 7


def write(
    folder: Path, words: Sequence[str], scores: Sequence[Sequence[float]], order: Sequence[str]
) -> Path:
    """`scores` has a row per word, in the order of `order`; unknown words score nothing."""
    folder.mkdir(parents=True)
    table = [[0.0] * len(order), *scores]
    (folder / "model.onnx").write_bytes(_model(table))
    vocabulary = {"[UNK]": 0, **{word: n for n, word in enumerate(words, 1)}}
    tokenizer: dict[str, object] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    labels = {str(n): name for n, name in enumerate(order)}
    config = {"id2label": labels, "max_position_embeddings": 8}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def _model(table: Sequence[Sequence[float]]) -> bytes:
    rows, columns = len(table), len(table[0])
    numbers = struct.pack(f"<{rows * columns}f", *(x for row in table for x in row))
    tensor = _number(1, rows) + _number(1, columns) + _number(2, FLOAT)
    tensor += _bytes(8, b"table") + _bytes(9, numbers)
    gather = _node("Gather", ["table", "input_ids"], "rows")
    axes = _bytes(1, b"axes") + _number(8, 1) + _number(20, INTS)
    keep = _bytes(1, b"keepdims") + _number(3, 0) + _number(20, 2)
    mean = _node("ReduceMean", ["rows"], "scores", axes, keep)
    graph = _bytes(1, gather) + _bytes(1, mean) + _bytes(2, b"tiny") + _bytes(5, tensor)
    graph += _bytes(11, _value("input_ids", INT64, ("n", "length")))
    graph += _bytes(12, _value("scores", FLOAT, ("n", columns)))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _node(kind: str, given: Sequence[str], result: str, *attributes: bytes) -> bytes:
    parts = b"".join(_bytes(1, name.encode()) for name in given) + _bytes(2, result.encode())
    return parts + _bytes(4, kind.encode()) + b"".join(_bytes(5, one) for one in attributes)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = b"".join(
        _bytes(1, _number(1, one) if isinstance(one, int) else _bytes(2, one.encode()))
        for one in shape
    )
    tensor = _number(1, kind) + _bytes(2, sizes)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes(found) + bytes([value])
