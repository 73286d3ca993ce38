/** Where relevance lies by known masks and by mosaics: kept values, and the rest computed and kept. */
import { InputError } from '../../common/errors';
import { openRunData } from '../../datasets/runData';
import { methodKey } from '../../explanations';
import type { MeasuredLocalisation } from '../../measures/localisation/measured';
import type { ValuesOfImages } from '../../measures/localisation/summary';
import { localisationResults, openRun, selectCheckpoints, type LocalisationInputs } from '../../runs';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Computation } from '../computation';
import { hashInOrder } from '../heatmaps/hashedImage';
import { mapKeeper } from '../heatmaps/maps';
import { describeExplanation, mapsOf, type MapsOf } from '../heatmaps/mapsOf';
import { keptOrComputed, type Wanted } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import { createScheduler } from '../scheduler';
import { maskedImages, mosaicImages, type ObjectImage } from './images';
import { localiseImages } from './measure';
import { createPoints, meanMaskArea } from './points';
import type { localisationRequest } from './schema';

/** Images of one kind, in their order, whose map is of the same target. */
interface Part {
  readonly kind: 'masked' | 'mosaics';
  readonly images: readonly ObjectImage[];
  readonly hash: string;
  readonly target: 'predicted' | 'label';
}

/** A method at a checkpoint, on the images of one kind. */
interface Item {
  readonly method: number;
  readonly checkpoint: HashedCheckpoint;
  readonly part: Part;
}

export const localisation: Computation<typeof localisationRequest> = async (params, work) => {
  const begin = performance.now();
  const { seed = 0, target = 'label', layer } = params;
  const run = await openRun(params.run);
  const explained = await Promise.all(
    params.methods.map(({ id, parameters }) => mapsOf(run, { method: id, parameters, layer })),
  );
  const { input } = explained[0] as MapsOf;
  const found = await selectCheckpoints(run, params.epochs);
  const { test } = await openRunData(run);
  const masked = partOf('masked', await maskedImages(test, params.images), target);
  const mosaics = partOf('mosaics', await mosaicImages(test, params.mosaics, seed, input.inputSize), 'label');
  const parts = [masked, mosaics].filter(({ images }) => images.length > 0);
  if (parts.length === 0)
    throw new InputError('nothing to measure', {
      found: 'a data set without masks, and no mosaics',
      expected: 'mosaics, or a data set of the kind "synthetic", whose objects are known',
    });
  const checkpoints = await hashCheckpoints([...found].sort((a, b) => a.epoch - b.epoch));
  const started = {
    methods: explained.map(describeExplanation),
    images: masked.images.length,
    mosaics: mosaics.images.length,
  };
  work.progress({ kind: 'start', ...started });
  const items = checkpoints.flatMap((checkpoint) =>
    explained.flatMap((_, method) => parts.map((part): Item => ({ method, checkpoint, part }))),
  );
  const inputsOf = ({ method, checkpoint, part }: Item): LocalisationInputs => {
    const of = explained[method] as MapsOf;
    return {
      architecture: of.model.id,
      explanation: methodKey(of.method),
      layer: of.targetLayer.name,
      input: of.input,
      checkpoint: checkpoint.hash,
      images: part.hash,
      target: part.target,
    };
  };
  const summarise = createPoints(explained, masked.images, seed);
  const values = new Map<string, ValuesOfImages>();
  const points = explained.map((): MeasuredLocalisation[] => []);
  const of = items.reduce((sum, { part }) => sum + part.images.length, 0);
  let done = 0;
  const advance = (images: number): void => {
    done += images;
    work.progress({ kind: 'count', done, of });
  };
  const computeItem: Wanted<Item, ValuesOfImages>['compute'] = async ([item], computed, { next }) => {
    if (item === undefined) return;
    const { method, checkpoint, part } = item;
    const each = explained[method] as MapsOf;
    const plan = {
      ...each,
      ...part,
      keeper: mapKeeper(run.folder, each),
      checkpoint,
      next: next?.[0]?.checkpoint,
    };
    await computed([item], [await localiseImages(plan, { ...work, progress: () => undefined }, advance)]);
  };
  const { missing } = await keptOrComputed<Item, ValuesOfImages>(
    {
      groups: items.map((item) => [item]),
      store: {
        load: (all) => Promise.all(all.map((item) => localisationResults.load(run.folder, inputsOf(item)))),
        store: (item, value) =>
          localisationResults.store(run.folder, inputsOf(item), mutable(value), {
            ...aboutNow(),
            images: item.part.images.map(({ image }) => image.name),
          }),
      },
      priority: 'later',
      take([item], [value], state) {
        if (item === undefined || value === undefined) return;
        if (state === 'kept') advance(item.part.images.length);
        values.set(nameOf(item), value);
        const { method, checkpoint } = item;
        const whole = parts.map((part) => values.get(nameOf({ ...item, part })));
        if (whole.includes(undefined)) return;
        const valuesOf = (part: Part) => values.get(nameOf({ ...item, part }));
        const measured = summarise(method, checkpoint.epoch, valuesOf(masked), valuesOf(mosaics));
        (points[method] as MeasuredLocalisation[]).push(measured);
        work.progress({ kind: 'result', method, measured });
      },
      compute: params.compute === false ? undefined : computeItem,
    },
    // The numbers need no engine: their heatmaps do, each of which takes its turn.
    { ...work, scheduler: createScheduler(), start: () => Promise.resolve() },
  );
  return {
    kind: 'all',
    ...started,
    maskArea: meanMaskArea(masked.images),
    missing: missing.reduce((sum, { part }) => sum + part.images.length, 0),
    points: points.map((ofMethod) => ofMethod.sort((a, b) => a.epoch - b.epoch)),
    milliseconds: performance.now() - begin,
  };
};

function partOf(kind: Part['kind'], images: readonly ObjectImage[], target: Part['target']): Part {
  return { kind, images, hash: hashInOrder(images), target };
}

function nameOf({ method, checkpoint, part }: Item): string {
  return `${method}:${checkpoint.epoch}:${part.kind}`;
}

function mutable(values: ValuesOfImages) {
  const { energy, pointing, mass, rank } = values;
  return { energy: [...energy], pointing: [...pointing], mass: [...mass], rank: [...rank] };
}
