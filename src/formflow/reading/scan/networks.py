"""The two networks of the OCR, as plain functions on arrays: where text stands, and what a line of it says.

The models travel inside the `rapidocr` package and run on OpenVINO, or on onnxruntime where that is missing; nothing is downloaded. The
dictionary is part of the recognition model. Knows nothing of pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Network = Callable[[Floats], tuple[NDArray[Any], ...]]
Runtime = Literal["openvino", "onnxruntime"]

_DETECTION, _RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_MAX_THREADS = 4


@dataclass(frozen=True, slots=True)
class Networks:
    """`detect`: (1, 3, H, W) → (1, 1, H, W), the probability of text at each point. `recognise`: (N, 3, 48, W) → for each step along the
    line the likeliest class and its probability, both (N, T). Class 0 is none, class i is `characters[i - 1]`, the one behind the last
    is a space."""

    detect: Network
    recognise: Network
    characters: tuple[str, ...]
    runtime: Runtime


def runtime() -> Runtime | None:
    """The runtime there is, the faster first."""
    if find_spec("openvino"):
        return "openvino"
    return "onnxruntime" if find_spec("onnxruntime") else None


def models() -> tuple[Path, Path] | None:
    """The model files (detection, recognition) inside the installed package; found without importing it."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "models"
    files = folder / _DETECTION, folder / _RECOGNITION
    return files if all(file.is_file() for file in files) else None


@cache
def networks(which: Runtime | None = None) -> Networks:
    """Loaded once in a process; takes about a second. Asks for what `runtime` and `models` say is there."""
    which = which or runtime()
    files = models()
    if which is None or files is None:
        raise RuntimeError("no OCR runtime or models installed")
    try:
        return _on_openvino(*files) if which == "openvino" else _on_onnxruntime(*files)
    # Both runtimes report the allocator's failure as an error of their own.
    except RuntimeError as error:
        if "alloc" in str(error):
            raise MemoryError(str(error)) from error
        raise


def _threads() -> int:
    return max(1, min(_MAX_THREADS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))


def _on_openvino(detection: Path, recognition: Path) -> Networks:
    import openvino
    from openvino import opset13 as ops

    core = openvino.Core()
    options = {"INFERENCE_NUM_THREADS": _threads(), "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}

    def compiled(model: Any) -> Network:
        request = core.compile_model(model, "CPU", options).create_infer_request()

        def run(batch: Floats) -> tuple[NDArray[Any], ...]:
            try:
                outputs = request.infer([batch], share_inputs=True)
            # What it says when the system gives it no more memory.
            except RuntimeError as error:
                raise MemoryError(str(error)) from error
            return tuple(np.array(outputs[port]) for port in outputs)

        return run

    reader = core.read_model(recognition)
    characters = reader.get_rt_info(["framework", "character"]).astype(str).splitlines()
    # Of 18,710 probabilities a step only the highest is wanted: found inside the network it costs a tenth.
    shares = reader.get_results()[0].input_value(0)
    best = ops.topk(shares, ops.constant(np.int32(1)), 2, "max", "none")
    chosen = openvino.Model(
        [
            ops.squeeze(best.output(1), ops.constant(np.int32(2))),
            ops.squeeze(best.output(0), ops.constant(np.int32(2))),
        ],
        reader.get_parameters(),
    )
    return Networks(compiled(core.read_model(detection)), compiled(chosen), tuple(characters), "openvino")


def _on_onnxruntime(detection: Path, recognition: Path) -> Networks:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _threads()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False

    def session(path: Path) -> Any:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    finder, reader = session(detection), session(recognition)
    characters = reader.get_modelmeta().custom_metadata_map["character"].splitlines()

    def detect(batch: Floats) -> tuple[NDArray[Any], ...]:
        return tuple(finder.run(None, {finder.get_inputs()[0].name: batch}))

    def recognise(batch: Floats) -> tuple[NDArray[Any], ...]:
        (shares,) = reader.run(None, {reader.get_inputs()[0].name: batch})
        return shares.argmax(axis=2), shares.max(axis=2)

    return Networks(detect, recognise, tuple(characters), "onnxruntime")


def in_batches(widths: Sequence[int], most: int, budget: int) -> list[list[int]]:
    """Positions of lines by growing width, at most `most` at a time and no more than `budget` pixels of width together: lines of like
    width waste least, and what the network needs for a batch grows with its width."""
    batches: list[list[int]] = []
    for at in sorted(range(len(widths)), key=widths.__getitem__):
        batch = batches[-1] if batches else []
        if batch and len(batch) < most and (len(batch) + 1) * widths[at] <= budget:
            batch.append(at)
        else:
            batches.append([at])
    return batches
