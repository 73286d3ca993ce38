/** What a file says of itself, whatever its operators: enough to run it elsewhere. */
import { readFile } from 'node:fs/promises';
import { sizeOf } from './build';
import { checkedModel, imagesInput } from './check';
import { loadExternal } from './external';
import { besideFile } from './file';
import { describedBy } from './metadata';
import type { OnnxNetwork } from './network';

export interface Outline extends Pick<OnnxNetwork, 'metadata' | 'normalization' | 'classNames'> {
  readonly isChannelsLast: boolean;
  /** How many images it takes at once; undefined of any number. */
  readonly batch: number | undefined;
  readonly inputSize: number;
  /** Whether its first output is a softmax's. */
  readonly endsInSoftmax: boolean;
  readonly notes: readonly string[];
}

/**
 * @param asked pixels a side, where the file leaves them open
 * @throws InputError as `readOnnxFile`, but for what its nodes are
 */
export async function readOnnxOutline(path: string, asked?: number): Promise<Outline> {
  const model = checkedModel(await readFile(path), path);
  // What lies outside is refused here as well, whatever another program would do.
  await loadExternal(model, path, besideFile(path));
  const images = imagesInput(model, path);
  const described = describedBy(model);
  const { inputSize, notes } = sizeOf(images, asked, described.inputSize, path);
  const { nodes, outputs } = model.graph;
  return {
    isChannelsLast: images.isChannelsLast,
    batch: images.batch,
    inputSize,
    endsInSoftmax: nodes.some(
      ({ operator, domain, outputs: made }) =>
        operator === 'Softmax' && domain === '' && made.includes(outputs[0]?.name ?? ''),
    ),
    notes,
    metadata: { ...model.metadata, ...(model.producer === '' ? {} : { producer: model.producer }) },
    normalization: described.normalization,
    classNames: described.classNames,
  };
}
