/** A checkpoint of a graph from an ONNX file, for the PyTorch network that it was exported from. */
import { FILE_NETWORK, type FileNetwork } from '../../architectures';
import { createModel } from '../../models/model';
import { checkpointTensors, weightsOf } from '../checkpoint';
import { normalizationIn } from '../facts';
import { graphStateIn } from '../graph/state';
import { serialiseSafetensors } from '../safetensors';
import type { StoredFile } from '../stored';
import type { InputSettings } from '../../models/input';

export interface ExportedGraph {
  readonly architecture: typeof FILE_NETWORK;
  readonly path: string;
  readonly classes: number;
  readonly bytes: Uint8Array;
  readonly python: string;
}

interface GraphExport {
  readonly from: string;
  readonly out: string;
  readonly input?: InputSettings | undefined;
  readonly stateDict?: string | undefined;
}

/** @throws InputError where the file's tensors are not the graph's */
export function exportGraph(
  file: StoredFile,
  network: FileNetwork,
  { from, out, input, stateDict }: GraphExport,
): ExportedGraph {
  const stored = graphStateIn(file, network, { path: from, stateDict });
  const { classes, metadata } = stored;
  const { inputSize } = network.file.graph;
  const model = createModel(network, inputSize, classes);
  const normalization = normalizationIn(metadata);
  const known = input ?? (normalization && { inputSize, ...normalization });
  const tensors = checkpointTensors(model, weightsOf(stored, from, model));
  const about = {
    ...metadata,
    format: 'pt',
    architecture: FILE_NETWORK,
    ...(known && { inputSize: String(known.inputSize), mean: known.mean.join(), std: known.std.join() }),
  };
  const python = [
    'from safetensors.torch import load_file',
    '',
    '# model: the PyTorch network that the ONNX file was exported from; what its export has folded is not in the file.',
    `model.load_state_dict(load_file(${JSON.stringify(out)}), strict=False)`,
    'model.eval()',
    '',
  ].join('\n');
  return { architecture: FILE_NETWORK, path: out, classes, bytes: serialiseSafetensors(tensors, about), python };
}
