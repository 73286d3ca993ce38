/** Runs a graph: TensorFlow has it in a session, which takes tensors and gives tensors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend';
import type { Graph } from './graph';
import { outputName, SAVED_MODEL_FILE, SAVED_MODEL_TAG, writeSavedModel } from './savedModel';

export interface GraphSession {
  /** @param inputs of the types and shapes that were recorded. @returns new tensors, in the order of the graph's outputs */
  run(inputs: readonly Tensor[]): Tensor[];
  /** Frees TensorFlow's session and graph; nothing can be run afterwards. */
  dispose(): void;
}

/** @throws Error when TensorFlow refuses the graph */
export function openSession(backend: NativeBackend, graph: Graph): GraphSession {
  const id = load(backend, writeSavedModel(graph));
  const feeds = graph.inputs.map((node) => outputName({ node, index: 0 })).join(',');
  const fetches = graph.outputs.map(outputName).join(',');
  return {
    run(inputs) {
      const outputs = backend.binding.runSavedModel(id, backend.getInputTensorIds([...inputs]), feeds, fetches);
      return outputs.map((output) => backend.createOutputTensor(output));
    },
    dispose() {
      backend.binding.deleteSavedModel(id);
    },
  };
}

/** TensorFlow reads a graph from a folder only; once it has, the folder is no longer needed. */
function load(backend: NativeBackend, file: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-graph-'));
  try {
    writeFileSync(join(folder, SAVED_MODEL_FILE), file);
    return backend.binding.loadSavedModel(folder, SAVED_MODEL_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
