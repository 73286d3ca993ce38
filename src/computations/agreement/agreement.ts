/** How far explanation methods agree over epochs, of images that a request names. */
import { canonicalJson } from '../../common/canonicalJson';
import { InputError } from '../../common/errors';
import { coincidingMethods, methodKey } from '../../explanations';
import { coarserSize, everyPair, summariseAgreement } from '../../measures/agreement';
import type { ImageAgreement } from '../../measures/agreement/numbers';
import { agreementResults, openRun, selectCheckpoints, type AgreementInputs } from '../../runs';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Computation } from '../computation';
import { hashInOrder, hashedImage } from '../heatmaps/hashedImage';
import { closedForm } from '../heatmaps/explained';
import { mapKeeper } from '../heatmaps/maps';
import { mapsOf, type MapsOf } from '../heatmaps/mapsOf';
import { loadRequested } from '../images/requested';
import { keptOrComputed, type Wanted } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import { createScheduler } from '../scheduler';
import { measureAgreement } from './measure';
import type { agreementRequest } from './schema';

/** Two methods at a checkpoint. */
interface Item {
  readonly checkpoint: HashedCheckpoint;
  /** Its place among the pairs. */
  readonly pair: number;
}

export const agreement: Computation<typeof agreementRequest> = async (params, work) => {
  const { epochs, target, layer } = params;
  const run = await openRun(params.run);
  const methods: MapsOf[] = [];
  for (const { id, parameters } of params.methods) methods.push(await mapsOf(run, { method: id, parameters, layer }));
  requireDistinct(methods);
  const pairs = everyPair(methods.length);
  const found = await selectCheckpoints(run, epochs);
  const requested = await loadRequested(run, params.images, work);
  const images = requested.flatMap(({ image }) => (image === undefined ? [] : [hashedImage(image)]));
  const checkpoints = await hashCheckpoints([...found].sort((a, b) => a.epoch - b.epoch));
  const imagesHash = hashInOrder(images);
  const inputsOf = ({ checkpoint, pair }: Item): AgreementInputs => {
    const { a, b } = pairs[pair] as (typeof pairs)[number];
    const [one, other] = [methods[a] as MapsOf, methods[b] as MapsOf];
    const explanations = [one, other]
      .map(explanationKey)
      .sort((x, y) => (canonicalJson(x) < canonicalJson(y) ? -1 : 1));
    return {
      architecture: one.model.id,
      explanations: explanations as AgreementInputs['explanations'],
      input: one.input,
      target,
      checkpoint: checkpoint.hash,
      images: imagesHash,
    };
  };
  const values = new Map<HashedCheckpoint, ImageAgreement[]>(checkpoints.map((checkpoint) => [checkpoint, []]));
  const each = methods.length * images.length;
  const of = each * checkpoints.length;
  let done = 0;
  const advance = (heatmaps: number): void => work.progress({ done: (done += heatmaps), of });
  const computePairs: Wanted<Item, ImageAgreement>['compute'] = async (items, computed, { next }) => {
    const { checkpoint } = items[0] as Item;
    const wanted = items.map(({ pair }) => pairs[pair] as (typeof pairs)[number]);
    const needed = [...new Set(wanted.flatMap(({ a, b }) => [a, b]))];
    advance((methods.length - needed.length) * images.length);
    const plan = {
      methods: needed.map((place) => {
        const method = methods[place] as MapsOf;
        return { ...method, keeper: mapKeeper(run.folder, method) };
      }),
      pairs: wanted.map(({ a, b }) => ({ a: needed.indexOf(a), b: needed.indexOf(b) })),
      images,
      target,
    };
    await computed(items, await measureAgreement(plan, { checkpoint, next: next?.[0]?.checkpoint }, work, advance));
  };
  const { missing } = await keptOrComputed<Item, ImageAgreement>(
    {
      groups: checkpoints.map((checkpoint) => pairs.map((_, pair) => ({ checkpoint, pair }))),
      store: {
        load: (items) => Promise.all(items.map((item) => agreementResults.load(run.folder, inputsOf(item)))),
        store: (item, value) =>
          agreementResults.store(run.folder, inputsOf(item), value, {
            ...aboutNow(),
            images: images.map(({ image }) => image.name),
          }),
      },
      priority: 'later',
      take(items, taken, state) {
        items.forEach(({ checkpoint, pair }, at) => {
          (values.get(checkpoint) as ImageAgreement[])[pair] = taken[at] as ImageAgreement;
        });
        if (state === 'kept' && items.length === pairs.length) advance(each);
      },
      compute: params.compute === false ? undefined : computePairs,
    },
    // The numbers need no engine: their heatmaps do, each of which takes its turn.
    { ...work, scheduler: createScheduler(), start: () => Promise.resolve() },
  );
  return {
    methods: methods.map(({ method: { method, parameters }, targetLayer: { name, height, width } }) => ({
      id: method.id,
      name: method.name,
      parameters: { ...parameters },
      layer: { name, height, width },
    })),
    pairs: pairs.map(({ a, b }) => {
      const [one, other] = [methods[a] as MapsOf, methods[b] as MapsOf];
      return { a, b, ...coarserSize(one.targetLayer, other.targetLayer), isSame: areSame(one, other) };
    }),
    // Without those of which not all is there.
    epochs: checkpoints
      .filter((checkpoint) => !missing.some((item) => item.checkpoint === checkpoint))
      .map((checkpoint) => ({
        epoch: checkpoint.epoch,
        pairs: (values.get(checkpoint) as ImageAgreement[]).map(summariseAgreement),
      })),
    missing: new Set(missing.map(({ checkpoint }) => checkpoint)).size * each,
    target,
    images: requested.map(({ shown }) => shown),
  };
};

function explanationKey({ method, targetLayer: { name: layer } }: MapsOf): AgreementInputs['explanations'][number] {
  return { ...methodKey(method), layer };
}

/** @throws InputError */
function requireDistinct(methods: readonly MapsOf[]): void {
  const keys = methods.map((method) => canonicalJson(explanationKey(method)));
  const again = methods.find((_, place) => keys.indexOf(keys[place] as string) < place);
  if (again === undefined) return;
  throw new InputError('a method that is named twice', {
    place: 'method',
    found: again.method.method.id,
    expected: 'each once, or with other parameters',
  });
}

function areSame(a: MapsOf, b: MapsOf): boolean {
  return closedForm(a) !== undefined && coincidingMethods(a.method.method).includes(b.method.method);
}
