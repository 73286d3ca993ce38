/** Accuracy under attacks at a run's checkpoints: what is kept at once, the rest as it is computed. */
import { isForwardOnly } from '../../architectures';
import { InputError } from '../../common/errors';
import type { ImageSource } from '../../datasets';
import { attackMisses } from '../../measures/attacks/expectations';
import type { Attacked } from '../../measures/attacks/measured';
import { attackTitle } from '../../measures/attacks/title';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import { attackResults, currentStudy, openRun, storeAttackLogits, type Run } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { checkpointsOf } from '../checkpoints';
import type { createAttacker } from '../compute';
import type { Computation, Work } from '../computation';
import { withSet } from '../images/sets';
import { keptOrComputed, type ResultStore, type Wanted } from '../keptOrComputed';
import { aboutBatchesNow } from '../madeBy';
import { hashImages } from '../robustness/testImages';
import type { AttackProgress, attackRequest, AttackSettings } from './schema';

/** An attack at a checkpoint. */
interface Cell {
  readonly checkpoint: HashedCheckpoint;
  readonly place: number;
  readonly attack: AttackSettings;
}

/** Counts, and logits where they were computed now. */
interface Found {
  readonly attacked: Attacked;
  readonly logits?: Float32Array;
}

interface Plan {
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  readonly test: ImageSource;
}

export const attack: Computation<typeof attackRequest> = async (params, work) => {
  const begin = performance.now();
  const run = await openRun(params.run);
  const model = modelOf(run);
  if (isForwardOnly(model.network)) refuse(run);
  const attacks = params.attacks ?? (await currentStudy(run)).attacks ?? [];
  const places = placesIn(attacks, params.entries, run);
  const checkpoints = await checkpointsOf(run, params.epochs);
  const of = (place: number): AttackSettings => attacks[place] as AttackSettings;
  return withSet(run, 'test', async ({ set: test }) => {
    if (test.count === 0) throw new InputError('the data set has no test images', { expected: 'at least one' });
    const entries = places.map((entry) => ({
      entry,
      title: attackTitle(of(entry)),
      attack: of(entry),
      images: imagesOf(of(entry), test),
    }));
    work.progress({ kind: 'start', entries });
    const plan: Plan = { folder: run.folder, model, input: inputOf(run.study), test };
    const { compute, plans } = computing(plan, work);
    const { kept, computed, missing } = await keptOrComputed<Cell, Found>(
      {
        // One at a time: each is kept as soon as it is there.
        groups: checkpoints.flatMap((checkpoint) => places.map((place) => [{ checkpoint, place, attack: of(place) }])),
        store: storeOf(plan),
        priority: 'later',
        take(cells, found, state) {
          cells.forEach(({ place, checkpoint: { epoch } }, at) => {
            const { attacked } = found[at] as Found;
            const misses = attackMisses(of(place), attacked).map(({ text, actual, expected }) => ({
              text,
              actual,
              expected,
            }));
            work.progress({ kind: 'result', entry: place, epoch, state, attacked, misses });
          });
        },
        onMissing: plans,
        compute: params.compute ? compute : undefined,
      },
      work,
    );
    return {
      kept,
      computed,
      missing: missing.map(({ place, checkpoint: { epoch } }) => ({ entry: place, epoch })),
      milliseconds: performance.now() - begin,
    };
  });
};

function refuse({ folder }: Run): never {
  throw new InputError('a network that only runs forward cannot be attacked along its gradient', {
    file: folder,
    found: 'a network that onnxruntime runs, which gives no gradients',
    expected: 'one of our architectures, or an ONNX file whose operations are all known',
    advice: 'Perturbations need no gradient: test it by them.',
  });
}

/** @throws InputError for a place that the list does not have */
function placesIn(attacks: readonly AttackSettings[], asked: readonly number[] | undefined, run: Run): number[] {
  const unknown = asked?.find((place) => place >= attacks.length);
  if (unknown !== undefined) {
    throw new InputError('the study has no such attack', {
      file: run.studyFile,
      place: `attacks[${unknown}]`,
      found: `a list of ${attacks.length}`,
      advice: 'The study file may have changed: try again.',
    });
  }
  return [...attacks.keys()].filter((place) => asked?.includes(place) ?? true);
}

function imagesOf({ images }: AttackSettings, { count }: ImageSource): number {
  return Math.min(images ?? count, count);
}

function storeOf({ folder, model, input, test }: Plan): ResultStore<Cell, Found> {
  const inputsOf = ({ checkpoint, attack: settings }: Cell) => ({
    architecture: model.id,
    input,
    checkpoint: checkpoint.hash,
    images: hashImages(test, imagesOf(settings, test)),
    attack: settings,
  });
  return {
    load: (cells) => Promise.all(cells.map((cell) => attackResults.load(folder, inputsOf(cell)))),
    async store(cell, { attacked, logits }) {
      const about = aboutBatchesNow(model);
      // The counts last: what they were counted from is there with them.
      if (logits !== undefined) await storeAttackLogits(folder, inputsOf(cell), logits, about);
      await attackResults.store(folder, inputsOf(cell), { epoch: cell.checkpoint.epoch, attacked }, about);
    },
  };
}

/** How missing cells are computed, and how far that is: progress counts images × steps. */
function computing({ model, input, test }: Plan, { signal, progress }: Work<AttackProgress>) {
  let of = 0;
  let done = 0;
  const cost = ({ attack: settings }: Cell): number => imagesOf(settings, test) * settings.steps * settings.restarts;
  const advance = (images: number): void => {
    done += images;
    progress({ kind: 'count', done, of });
  };
  let attacker: ReturnType<typeof createAttacker> | undefined;
  const compute: Wanted<Cell, Found>['compute'] = async (cells, computed, { yieldTurn, next }) => {
    const loaded = await import('../compute');
    attacker ??= loaded.createAttacker({ model, input });
    for (const cell of cells) {
      const images = { set: test, count: imagesOf(cell.attack, test), attack: cell.attack };
      const steps = { signal, yieldTurn, advance };
      const { counts, logits } = await attacker(cell.checkpoint, images, steps, next?.[0]?.checkpoint);
      await computed([cell], [{ attacked: counts, logits }]);
    }
  };
  return {
    compute,
    /** What has to be computed. */
    plans: (cells: readonly Cell[]): void => {
      of = cells.reduce((sum, cell) => sum + cost(cell), 0);
    },
  };
}
