/** Runs a graph: TensorFlow has it in a session, which takes tensors and gives tensors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend';
import type { Graph } from './graph';
import { lastingOutputs } from './lasting';
import { outputName, SAVED_MODEL_FILE, SAVED_MODEL_TAG, writeSavedModel } from './savedModel';

export interface GraphSession {
  /** @param inputs of the types and shapes that were recorded. @returns new tensors, in the order of the graph's outputs */
  run(inputs: readonly Tensor[]): Tensor[];
  /** Frees TensorFlow's session and graph; nothing can be run afterwards. */
  dispose(): void;
}

/**
 * @param lasting which of the inputs are the same tensors for many runs, such as weights. What depends on them alone is
 * kept from one run to the next, until they are others.
 * @throws Error when TensorFlow refuses the graph
 */
export function openSession(
  backend: NativeBackend,
  graph: Graph,
  lasting: (index: number) => boolean = () => false,
): GraphSession {
  const inputNames = graph.inputs.map(({ name }) => outputName({ node: name, index: 0 }));
  const lastingNames = inputNames.filter((_, index) => lasting(index));
  const keptNames = lastingOutputs(
    graph,
    graph.inputs.filter((_, index) => lasting(index)),
  ).map(outputName);
  const outputNames = graph.outputs.map(outputName);
  const session = load(backend, writeSavedModel(graph));
  /** The addon's numbers of tensors: of the lasting inputs, and of what has been made of them. */
  let kept: { readonly from: readonly number[]; readonly ids: readonly number[] } = { from: [], ids: [] };

  // Any output can be fed as if it were an input: the rest is then computed from it.
  const compute = (ids: readonly number[], feeds: readonly string[], fetches: readonly string[]) =>
    backend.binding.runSavedModel(session, [...ids], feeds.join(','), fetches.join(','));

  function release(): void {
    for (const id of kept.ids) backend.binding.deleteTensor(id);
    kept = { from: [], ids: [] };
  }

  function renew(from: readonly number[]): void {
    if (keptNames.length === 0 || from.every((id, index) => id === kept.from[index])) return;
    release();
    kept = { from, ids: compute(from, lastingNames, keptNames).map(({ id }) => id) };
  }

  return {
    run(inputs) {
      const ids = backend.getInputTensorIds([...inputs]);
      renew(ids.filter((_, index) => lasting(index)));
      const outputs = compute([...kept.ids, ...ids], [...keptNames, ...inputNames], outputNames);
      return outputs.map((output) => backend.createOutputTensor(output));
    },
    dispose() {
      release();
      backend.binding.deleteSavedModel(session);
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
