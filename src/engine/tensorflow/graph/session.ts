/** Runs a graph: TensorFlow has it in a session, which takes tensors and gives tensors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend';
import { cutAfter } from './cut';
import type { Graph } from './graph';
import { replay } from './replay';
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
  const { before, after } = cutAfter(
    graph,
    graph.inputs.filter((_, index) => lasting(index)),
  );
  const inputNames = after.inputs.map(({ name }) => outputName({ node: name, index: 0 }));
  const outputNames = graph.outputs.map(outputName);
  const session = load(backend, writeSavedModel(after));
  /** The addon's numbers of tensors: of the lasting inputs, and of what has been made of them. */
  let kept: { readonly from: readonly number[]; readonly ids: readonly number[] } = { from: [], ids: [] };

  function release(): void {
    for (const id of kept.ids) backend.binding.deleteTensor(id);
    kept = { from: [], ids: [] };
  }

  function renew(from: readonly number[]): void {
    if (before.outputs.length === 0 || from.every((id, index) => id === kept.from[index])) return;
    release();
    kept = { from, ids: replay(backend.binding, before, from) };
  }

  return {
    run(inputs) {
      const ids = backend.getInputTensorIds([...inputs]);
      renew(ids.filter((_, index) => lasting(index)));
      const fed = [...kept.ids, ...ids];
      const outputs = backend.binding.runSavedModel(session, fed, inputNames.join(), outputNames.join());
      return outputs.map((output) => backend.createOutputTensor(output));
    },
    dispose() {
      release();
      backend.binding.deleteSavedModel(session);
    },
  };
}

/** TensorFlow reads a graph from a folder only; once it has, the folder is no longer needed. */
export function load(backend: NativeBackend, file: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-graph-'));
  try {
    writeFileSync(join(folder, SAVED_MODEL_FILE), file);
    return backend.binding.loadSavedModel(folder, SAVED_MODEL_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
