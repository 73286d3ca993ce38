/** A checkpoint as a file for others: safetensors, under the names of the library that is to load it. */
import { dirname } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { architecture as architectureOf, type NetworkName, type TensorDeclaration } from '../../architectures';
import { InputError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { defaultInputSize } from '../../study';
import { inputSizeIn, normalizationIn } from '../facts';
import { createModel } from '../../models/model';
import { checkpointTensors, weightsOf } from '../checkpoint';
import { readNamedWeights } from '../file';
import { graphOfRun } from '../graph/ofRun';
import { networkIn } from '../network';
import { parseWeights } from '../parse';
import { remarksOn } from '../remarks';
import { serialiseSafetensors } from '../safetensors';
import type { InputSettings } from '../../models/input';
import { exportGraph } from './exportGraph';
import { EXPORT_NAMES, type ExportNames } from './names';
import { pythonLines, type Exported } from './python';

export interface ExportRequest {
  /** Of the checkpoint, of any format that is read here. */
  readonly from: string;
  /** Its folder is made where it is not there. */
  readonly out: string;
  readonly names: ExportNames;
  /** How inputs are given to it, where a run says it; else what the file says. */
  readonly input?: InputSettings | undefined;
  /** Which of several in the file is meant. */
  readonly stateDict?: string | undefined;
}

export interface ExportResult extends Omit<Exported, 'architecture'> {
  readonly architecture: NetworkName;
  /** What loads it. */
  readonly python: string;
  /** What a person should know of the file that was read, a sentence each. */
  readonly remarks: readonly string[];
}

/** @throws InputError where the checkpoint cannot be read, or the library has no such network; WorkError */
export async function exportWeights({ from, out, names, input, stateDict }: ExportRequest): Promise<ExportResult> {
  const file = await parseWeights(await readNamedWeights(from), from);
  const graph = await graphOfRun(from, file);
  if (graph !== undefined) {
    const { bytes, ...exported } = exportGraph(file, graph, { from, out, input, stateDict });
    await makeFolder(dirname(out));
    await writeFileAtomically(out, bytes);
    return { ...exported, names, input, remarks: [] };
  }
  const network = networkIn(file, from, { stateDict });
  const { architecture, classes, metadata } = network;
  const declared = architectureOf(architecture);
  if (declared.python(names, classes) === undefined) {
    const expected = EXPORT_NAMES.find((each) => declared.python(each, classes) !== undefined);
    throw new InputError(`${names} has no ${architecture}`, {
      file: from,
      place: '--names',
      expected: expected ?? 'a network that one of the libraries has',
    });
  }
  const model = createModel(architecture, inputSizeIn(metadata) ?? defaultInputSize(architecture), classes);
  const weights = weightsOf(network, from, model);
  const naming = declared.namings.find(({ name }) => name === names);
  const tensors = checkpointTensors(model, weights).map(({ data }, at) => {
    const tensor = model.tensors[at] as TensorDeclaration;
    const name = naming?.rename(tensor.name) ?? tensor.name;
    return { name, shape: naming?.shapeOf?.(tensor) ?? tensor.shape, data };
  });
  const normalization = normalizationIn(metadata);
  const known = input ?? (normalization && { inputSize: model.inputSize, ...normalization });
  const about = {
    // What transformers and others ask for: tensors in PyTorch's layout.
    ...metadata,
    format: 'pt',
    architecture,
    names,
    ...(known && { inputSize: String(known.inputSize), mean: known.mean.join(), std: known.std.join() }),
  };
  await makeFolder(dirname(out));
  await writeFileAtomically(out, serialiseSafetensors(tensors, about));
  const exported: Exported = { architecture, names, path: out, input: known, classes };
  return { ...exported, python: pythonLines(exported), remarks: remarksOn(network) };
}
