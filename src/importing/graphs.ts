/** The ONNX files of an import: each a checkpoint of one graph, or one alone that state dicts are the weights of. */
import { basename } from 'node:path';
import type { FileNetwork } from '../architectures';
import { InputError } from '../common/errors';
import { ONNX_FILE, readNetwork, type ReadNetwork } from '../networks';
import type { FileToInspect, LeftOut } from './files';

export interface FilesByKind {
  /** Checkpoints. */
  readonly files: readonly FileToInspect[];
  /** What all of them are the weights of, where that is a graph from a file. */
  readonly graph: ReadNetwork | undefined;
  readonly leftOut: readonly LeftOut[];
}

/**
 * @param isOther whether a person says that the weights are of another network: ONNX files of a folder are then left out
 * @param inputSize pixels a side, where a file leaves them open
 * @throws InputError where state dicts lie beside several graphs, or a graph cannot be read
 */
export async function byKind(
  files: readonly FileToInspect[],
  { isOther, inputSize }: { readonly isOther: boolean; readonly inputSize: number | undefined },
): Promise<FilesByKind> {
  const graphs = files.filter(({ path }) => ONNX_FILE.test(path));
  const dicts = files.filter(({ path }) => !ONNX_FILE.test(path));
  const [first, second] = graphs;
  if (first === undefined) return { files, graph: undefined, leftOut: [] };
  if (isOther) {
    const named = graphs.find(({ isNamed }) => isNamed);
    if (named !== undefined)
      throw new InputError('an ONNX file as weights of another network', {
        file: named.path,
        place: '--architecture',
        expected: 'no --architecture: an ONNX file is the network as well',
      });
    const leftOut = graphs.map(({ path }) => ({ path, reason: 'it is a network of its own' }));
    return { files: dicts, graph: undefined, leftOut };
  }
  const graph = await readNetwork(first.path, inputSize);
  if (dicts.length === 0) return { files: graphs, graph, leftOut: [] };
  if (second !== undefined)
    throw new InputError('several ONNX graphs beside state dicts', {
      file: second.path,
      found: `${graphs.length} graphs: ${graphs.map(({ path }) => basename(path)).join(', ')}`,
      expected: 'one graph that all state dicts are the weights of, or ONNX files alone',
      advice: 'Name the files that are meant instead of their folder.',
    });
  return {
    files: dicts,
    graph,
    leftOut: [{ path: first.path, reason: 'it is the graph that the others are weights of' }],
  };
}

/** @throws InputError that names the first file of another graph than the others */
export function refuseOtherGraph(expected: FileNetwork, { file: { path, graph, hash } }: FileNetwork): void {
  if (hash === expected.file.hash) return;
  const text = (of: FileNetwork['file']): string =>
    `${of.graph.nodes.length} operations on ${of.graph.tensors.length} tensors, at ${of.graph.inputSize} for ${of.graph.classes} classes`;
  const other = graph.nodes.find(({ operation }, index) => {
    return JSON.stringify(operation) !== JSON.stringify(expected.file.graph.nodes[index]?.operation);
  });
  throw new InputError('another graph than the others', {
    file: path,
    ...(other === undefined ? {} : { place: `node ${other.name} (${other.operator})` }),
    found: text({ path, graph, hash }),
    expected: `the graph of ${basename(expected.file.path)}: ${text(expected.file)}`,
    advice: 'Epochs of one network are one graph with different weights: export each in the same way.',
  });
}
