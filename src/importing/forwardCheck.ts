/** Whether a network from an ONNX file computes here what its own program computed. */
import type { FileNetwork } from '../architectures';
import { createModel } from '../models/model';
import { weightsOf } from '../weights/checkpoint';
import { readOnnxCheckpoint } from '../weights/onnx';
import { differs } from './differs';
import { storedOutputs } from './storedOutputs';

/** Of the largest logit: rounding is a hundredth of it. */
const TOLERANCE = 1e-3;

/**
 * Compares the logits of the stored input beside the file.
 * @param start the engine, which is not started where there is nothing to compare with
 * @returns a sentence @throws InputError where they differ
 */
export async function forwardCheckText(
  { file: { path, graph } }: FileNetwork,
  start: () => Promise<unknown>,
): Promise<string> {
  const stored = await storedOutputs(path, graph);
  if (stored === undefined)
    return 'The network’s outputs were not compared with its own program’s: no test_data_set_0 lies beside the file.';
  const { read, stored: checkpoint } = await readOnnxCheckpoint(path, graph.inputSize);
  const model = createModel(read.network, graph.inputSize, graph.classes);
  await start();
  const { verifyGraph } = await import('../models/graph/verify');
  const verification = verifyGraph(model, weightsOf(checkpoint, path, model), stored);
  const { relative } = verification;
  if (relative <= TOLERANCE)
    return `The logits are those of test_data_set_0, to ${relative.toExponential(1)} of the largest.`;
  const than = 'where it comes from';
  throw differs(path, verification, { than, of: 'of test_data_set_0', tolerance: TOLERANCE });
}
