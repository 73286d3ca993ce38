/** Some images under each perturbation at checkpoints of a run, to be looked at: pictures first, then views of them. */
import { CancelledError } from '../../common/errors';
import type { Handler } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { openRun, selectCheckpoints } from '../../runs';
import { PUBLISHED_PERTURBATIONS } from '../../study';
import type { ImageToExplain } from '../explain/explain';
import { targetStage } from '../explain/targetLayer';
import { inputOf, modelOf } from '../fromStudy';
import { pause } from '../pause';
import type { Sight } from '../robustness/observe';
import { hashCheckpoint, type HashedCheckpoint } from '../weights/hashedCheckpoint';
import { drawings, pictureMessage, type Drawn } from './drawings';
import { imageHash } from '../explain/keep';
import { inParallel } from '../inParallel';
import { cleanMessage, perturbedMessage } from './perturbedMessages';
import { loadRequested } from './pictures';
import { describeEntries, meantEntries } from './robustnessPlan';
import type { Turns } from './turns';
import { viewStore, type ViewStore } from './views';

/** An image with its place in the request. */
interface Placed {
  readonly position: number;
  readonly image: ImageToExplain;
  readonly hash: string;
  readonly drawn: readonly Drawn[];
}

/** A checkpoint's views of an image, as far as they are known; perturbed in the order of the image's drawings. */
interface Views {
  readonly clean: Sight | undefined;
  readonly perturbed: readonly (Sight | undefined)[];
}

export function perturbedHandler(
  turns: Turns,
  start: () => Promise<unknown>,
  complain: (text: string, error: unknown) => void,
): Handler<EngineContract, 'perturbed'> {
  return async (params, { signal, progress }) => {
    const begin = performance.now();
    const run = await openRun(params.run);
    const meant = await meantEntries(run, params, PUBLISHED_PERTURBATIONS);
    const model = modelOf(run.study);
    const input = inputOf(run.study);
    const stage = targetStage(model, params.layer);
    const checkpoints = await inParallel(await selectCheckpoints(run.folder, params.epochs), hashCheckpoint);
    const requested = await loadRequested(run, params.images, signal);
    const { name, height, width } = stage;
    const layer = { name, height, width };
    const images = requested.map(({ shown }) => shown);
    const classNames = [...run.manifest.dataset.classNames];
    progress({ kind: 'start', images, entries: describeEntries(meant), classNames, layer });

    const placed = params.images.flatMap((reference, position): Placed[] => {
      const image = requested[position]?.image;
      if (image === undefined) return [];
      const hash = imageHash(image);
      return [{ position, image, hash, drawn: drawings(meant, reference, image, hash, params.rounds) }];
    });
    for (const { position, drawn } of placed) {
      for (const each of drawn) {
        if (signal.aborted) throw new CancelledError();
        progress(pictureMessage(position, each));
        await pause();
      }
    }

    const store = viewStore(run.folder, { model, stage, input });
    const of = checkpoints.length * placed.reduce((sum, { drawn }) => sum + drawn.length, 0);
    let done = 0;
    const deliver = ({ epoch }: HashedCheckpoint, asked: Placed, clean: Sight, perturbed: readonly Sight[]): void => {
      const place = { image: asked.position, epoch };
      progress(cleanMessage(place, clean));
      asked.drawn.forEach((drawn, i) => {
        const views = { clean, perturbed: perturbed[i] as Sight };
        progress(perturbedMessage({ ...place, drawn, label: asked.image.label, layer }, views, { done: ++done, of }));
      });
    };
    const missing: { readonly checkpoint: HashedCheckpoint; readonly asked: Placed }[] = [];
    for (const checkpoint of checkpoints) {
      for (const asked of placed) {
        if (signal.aborted) throw new CancelledError();
        const { clean, perturbed } = await load(store, checkpoint, asked);
        const known = perturbed.filter((view) => view !== undefined);
        if (clean === undefined || known.length < perturbed.length) missing.push({ checkpoint, asked });
        else deliver(checkpoint, asked, clean, known);
      }
    }
    if (missing.length > 0) {
      await turns.take('soon', signal, async (giveWay) => {
        await start();
        const { viewAtCheckpoint } = await import('./compute');
        for (const { checkpoint, asked } of missing) {
          if (signal.aborted) throw new CancelledError();
          // Whoever had the turn before may have computed the same.
          const known = await load(store, checkpoint, asked);
          const left = asked.drawn.filter((_, i) => known.perturbed[i] === undefined);
          const { image } = asked;
          const drawn = left.map(({ draw }) => draw);
          const plan = { model, checkpoint, input, stage, image, clean: known.clean, drawings: drawn, signal, giveWay };
          const { clean, perturbed } = await viewAtCheckpoint(plan);
          const computed = new Map(left.map((each, i) => [each, perturbed[i] as Sight]));
          const all = asked.drawn.map((each, i) => known.perturbed[i] ?? (computed.get(each) as Sight));
          deliver(checkpoint, asked, clean, all);
          await keep(store, checkpoint, asked, clean, computed).catch((error: unknown) => {
            complain('views could not be kept', error);
          });
        }
      });
    }
    return { milliseconds: performance.now() - begin };
  };
}

async function load(store: ViewStore, { hash }: HashedCheckpoint, asked: Placed): Promise<Views> {
  const [clean, ...perturbed] = await inParallel([undefined, ...asked.drawn], (drawn) =>
    store.load(hash, asked.hash, drawn),
  );
  return { clean, perturbed };
}

async function keep(
  store: ViewStore,
  { hash }: HashedCheckpoint,
  asked: Placed,
  clean: Sight,
  perturbed: ReadonlyMap<Drawn, Sight>,
): Promise<void> {
  await store.store(hash, asked.hash, clean);
  await inParallel([...perturbed], ([drawn, sight]) => store.store(hash, asked.hash, sight, drawn));
}
