/** Heatmaps of images at checkpoints of a run, as they are asked for. */
import { InputError } from '../../common/errors';
import { openRun, selectCheckpoints, type Run } from '../../runs';
import { hashCheckpoints } from '../../weights/hashedCheckpoint';
import type { Computation } from '../computation';
import { loadRequested } from '../images/requested';
import type { ClassHeatmaps } from './explain';
import { imageHash } from './hashedImage';
import { mapKeeper, takeMaps } from './maps';
import { describeExplanation, mapsOf } from './mapsOf';
import type { TargetClass } from './target';
import type { explainRequest, ExplainMaps } from './schema';

export const heatmaps: Computation<typeof explainRequest> = async (params, work) => {
  const begin = performance.now();
  const { progress } = work;
  const run = await openRun(params.run);
  const of = await mapsOf(run, params);
  const { target = 'predicted' } = params;
  requireClass(target, run);
  const found = await selectCheckpoints(run, params.epochs);
  // Beside the data, which is checked too. What is wrong with a checkpoint is said when it is waited for.
  const hashing = hashCheckpoints(found);
  hashing.catch(() => undefined);
  const requested = await loadRequested(run, params.images, work);
  progress({
    kind: 'start',
    images: requested.map(({ shown }) => shown),
    classNames: [...run.manifest.dataset.classNames],
    ...describeExplanation(of),
  });
  // Pictures can be looked at while files of hundreds of megabytes are told apart.
  const checkpoints = await hashing;
  const images = requested.flatMap(({ image }, position) =>
    image === undefined ? [] : [{ position, image, hash: imageHash(image), target }],
  );
  let [done, asked] = [0, 0];
  const { kept, computed } = await takeMaps(
    {
      ...of,
      keeper: mapKeeper(run.folder, of),
      checkpoints,
      images,
      priority: 'soon',
      shard: params.shard,
      onShare: (maps) => (asked = maps),
      take({ epoch }, taken, maps) {
        const positions = taken.map(({ position }) => position);
        for (const message of messagesOf(positions, maps)) {
          done += message.images.length;
          progress({ kind: 'maps', epoch, ...message, done, of: asked });
        }
      },
    },
    work,
  );
  const all = images.length * checkpoints.length;
  const share = params.shard && { done: kept + computed, kept, of: all };
  return { kept, computed, ...(share && { share }), milliseconds: performance.now() - begin };
};

/** @throws InputError for a class that the data set does not have */
function requireClass(target: TargetClass, { manifest }: Run): void {
  const { classNames } = manifest.dataset;
  if (typeof target !== 'number' || target < classNames.length) return;
  throw new InputError('no such class', {
    place: 'target',
    found: String(target),
    expected: `a class from 0 to ${classNames.length - 1}: ${classNames.join(', ')}`,
  });
}

/** Numbers in a message, at most; more are sent in several. */
const MOST_VALUES = 2_000_000;

function* messagesOf(
  positions: readonly number[],
  results: readonly ClassHeatmaps[],
): Generator<Pick<ExplainMaps, 'images' | 'logits' | 'maps' | 'targets' | 'expectedSums'>> {
  const [{ logits, maps } = { logits: [], maps: [] }] = results;
  const valuesEach = logits.length + maps.length * (maps[0]?.length ?? 0);
  const most = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, valuesEach)));
  for (let first = 0; first < results.length; first += most) {
    const part = results.slice(first, first + most);
    yield {
      images: positions.slice(first, first + most),
      logits: concatenate(part.map((result) => result.logits)),
      maps: concatenate(part.flatMap((result) => result.maps)),
      ...(maps.length === 1 && {
        targets: part.flatMap((result) => result.classes),
        expectedSums: part.flatMap(({ expectedSum }) => expectedSum ?? []),
      }),
    };
  }
}

function concatenate(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
