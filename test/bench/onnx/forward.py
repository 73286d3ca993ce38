"""Milliseconds that onnxruntime takes for a batch: forward.py FILE INPUT_SIZE BATCH_SIZE."""

import statistics
import sys
import time

import numpy
import onnxruntime

path, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
images = numpy.random.default_rng(1).standard_normal((count, 3, size, size), dtype=numpy.float32)
inputs = {session.get_inputs()[0].name: images}


def step():
    begin = time.perf_counter()
    session.run(None, inputs)
    return 1000 * (time.perf_counter() - begin)


for _ in range(3):
    step()
print(statistics.median(step() for _ in range(15)))
