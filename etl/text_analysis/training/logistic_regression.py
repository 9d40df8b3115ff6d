"""Fits the linear models of the analysis: logistic regression on sparse rows, with numpy alone."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclasses.dataclass(frozen=True)
class Rows:
    """A matrix in two parts: `dense` (rows, features), and cells of a sparse one.

    Cell k holds `values[k]` at row `at_row[k]` and column `at_column[k]` of `columns`.
    """

    dense: Array
    at_row: IntArray
    at_column: IntArray
    values: Array
    columns: int

    def times(self, weights: Array) -> Array:
        """The matrix times (features + columns, classes) weights."""
        split = self.dense.shape[1]
        result = self.dense @ weights[:split]
        for one in range(weights.shape[1]):
            cells = self.values * weights[split:, one][self.at_column]
            result[:, one] += np.bincount(self.at_row, cells, len(result))
        return result

    def transpose_product(self, errors: Array) -> Array:
        """The transposed matrix times (rows, classes) errors."""
        sparse = [
            np.bincount(self.at_column, self.values * errors[:, one][self.at_row], self.columns)
            for one in range(errors.shape[1])
        ]
        return np.vstack([self.dense.T @ errors, np.array(sparse).T])

    def only(self, rows: NDArray[np.bool_]) -> Rows:
        """Some of the rows, in their order."""
        kept = rows[self.at_row]
        place = np.cumsum(rows) - 1
        return Rows(
            self.dense[rows],
            place[self.at_row[kept]],
            self.at_column[kept],
            self.values[kept],
            self.columns,
        )


def softmax(scores: Array) -> Array:
    """Probabilities of each row's scores."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit(rows: Rows, labels: IntArray, classes: int, strength: float, sample_weight: Array) -> Array:
    """Weights (1 + features + columns, classes), the first line the bias, which is not held back.

    Minimises importance-weighted log loss + |weights|² / (2 · strength). `labels` count from 0.
    """
    wanted = np.eye(classes)[labels]
    shape = (1 + rows.dense.shape[1] + rows.columns, classes)

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape)
        found = softmax(rows.times(weights[1:]) + weights[0])
        chosen = np.clip((found * wanted).sum(axis=1), 1e-12, None)
        errors = (found - wanted) * sample_weight[:, None]
        gradient = np.vstack(
            [errors.sum(axis=0), rows.transpose_product(errors) + weights[1:] / strength]
        )
        value = -(sample_weight * np.log(chosen)).sum() + (weights[1:] ** 2).sum() / (2 * strength)
        return float(value), gradient.ravel()

    return _lbfgs(loss, np.zeros(shape[0] * classes)).reshape(shape)


def balanced(labels: IntArray, classes: int) -> Array:
    """An importance per row, so that every class counts the same in all."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    return np.asarray((len(labels) / classes / counts)[labels])


def _lbfgs(loss: Callable[[Array], tuple[float, Array]], at: Array, steps: int = 150) -> Array:
    """The lowest point of a convex function (L-BFGS)."""
    value, gradient = loss(at)
    memory: deque[tuple[Array, Array]] = deque(maxlen=8)
    for _ in range(steps):
        way = -_two_loop_recursion(gradient, memory)
        length = 1.0 if memory else 1.0 / max(float(np.abs(gradient).sum()), 1.0)
        downhill = float(way @ gradient)
        new_value, new_slope = loss(at + length * way)
        while new_value > value + 1e-4 * length * downhill and length > 1e-10:
            length /= 2
            new_value, new_slope = loss(at + length * way)
        if value - new_value <= 1e-6 * max(abs(value), 1.0):
            break
        memory.append((length * way, new_slope - gradient))
        at, value, gradient = at + length * way, new_value, new_slope
    return at


def _two_loop_recursion(gradient: Array, memory: deque[tuple[Array, Array]]) -> Array:
    """The slope seen through the curvature of the last steps (two-loop recursion)."""
    way, used = gradient.copy(), []
    for step, change in reversed(memory):
        share = float(step @ way) / float(step @ change)
        way -= share * change
        used.append(share)
    if memory:
        step, change = memory[-1]
        way *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(memory, reversed(used), strict=True):
        way += step * (share - float(change @ way) / float(step @ change))
    return way
