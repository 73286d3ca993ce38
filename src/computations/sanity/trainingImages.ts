/** The images over which running statistics are computed anew. */
import { InputError } from '../../common/errors';
import { createRandom } from '../../common/random';
import type { ImageSet } from '../../datasets';
import { openRunData } from '../../datasets/runData';
import type { Run } from '../../runs';
import { imageHash } from '../heatmaps/hashedImage';

/** Some of the training images, drawn by the seed. */
export interface TrainingImages {
  readonly set: ImageSet;
  /** sha256 of their pixels. */
  readonly hash: string;
}

/** @param count or as many as there are @throws InputError where there are not two */
export async function drawTrainingImages(run: Run, count: number, seed: number): Promise<TrainingImages> {
  const { train } = await openRunData(run);
  if (train.count < 2)
    throw new InputError('randomisation computes running statistics of batch norm over training images', {
      found: `${train.count} training images`,
      expected: 'two at least, or another check: classSensitivity, against',
    });
  const indices = createRandom('sanity training images', seed).permutation(train.count).slice(0, count).sort();
  const { pixels, labels } = await train.read(indices);
  const { height, width } = train;
  const set = { count: indices.length, height, width, pixels, labels };
  return { set, hash: imageHash({ height: height * set.count, width, pixels }) };
}
