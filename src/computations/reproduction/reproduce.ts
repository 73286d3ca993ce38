/** Some of a run's kept results, computed again and compared: whether they are of these checkpoints and images. */
import { CancelledError, isReportedError } from '../../common/errors';
import { createRandom } from '../../common/random';
import { listResults, readKeptResult, type KeptResult, type Run } from '../../runs';
import type { Engine } from '../../engine/engine';
import { madeByThis, type MadeBy } from '../madeBy';
import { openBasis, SkippedError, type Basis } from './basis';
import type { Recomputed } from './recomputing';

export interface Reproduced extends Recomputed {
  /** The result's file, from the run folder. */
  readonly file: string;
  /** 0 where it must be equal to the bit. */
  readonly tolerance: number;
  readonly agrees: boolean;
  /** Undefined where an older version kept it. */
  readonly madeBy: MadeBy | undefined;
}

export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

export interface Reproduction {
  readonly reproduced: readonly Reproduced[];
  readonly skipped: readonly Skipped[];
}

export interface ReproductionPlan {
  readonly run: Run;
  /** How many are recomputed, as far as there are so many. */
  readonly count: number;
  /** Which ones: the same seed and files, the same ones. */
  readonly seed: number;
  readonly start: () => Promise<Engine>;
  readonly signal: AbortSignal;
  readonly progress?: (done: number, of: number) => void;
}

/** @throws CancelledError, WorkError where no engine can be used */
export async function reproduce(plan: ReproductionPlan): Promise<Reproduction> {
  const { run, count, seed, signal, progress } = plan;
  const names = inDrawnOrder(await listResults(run.folder), seed);
  const basis = await openBasis(run, signal);
  const reproduced: Reproduced[] = [];
  const skipped: Skipped[] = [];
  for (const name of names) {
    if (reproduced.length >= count) break;
    if (signal.aborted) throw new CancelledError();
    progress?.(reproduced.length, Math.min(count, names.length));
    const file = `results/${name}`;
    try {
      reproduced.push(await reproduceOne(plan, basis, name, file));
    } catch (error) {
      if (!(error instanceof SkippedError)) throw error;
      skipped.push({ file, reason: error.message });
    }
  }
  return { reproduced, skipped };
}

/** One of each kind in turn, each kind in the order that the seed draws: of heatmaps there may be thousands. */
function inDrawnOrder(names: readonly string[], seed: number): string[] {
  const results = names.filter((name) => /^[A-Za-z]+-[0-9a-f]{32}\./.test(name));
  const order = [...createRandom('reproduced results', seed).permutation(results.length)];
  const scheduler = new Map<string, number>();
  const drawn = order.map((at) => {
    const name = results[at] as string;
    const kind = name.slice(0, name.indexOf('-'));
    const turn = scheduler.get(kind) ?? 0;
    scheduler.set(kind, turn + 1);
    return { name, kind, turn };
  });
  return drawn.sort((a, b) => a.turn - b.turn || (a.kind < b.kind ? -1 : 1)).map(({ name }) => name);
}

async function reproduceOne(
  { run, start }: ReproductionPlan,
  basis: Basis,
  name: string,
  file: string,
): Promise<Reproduced> {
  const kept = await readKeptResult(run.folder, name);
  if (kept.state !== 'whole') throw new SkippedError('it is damaged');
  if (kept.origin === undefined)
    throw new SkippedError('an older version kept it, which does not say what it was computed from');
  const engine = await start();
  // Loaded once the engine has been started: it needs TensorFlow.js.
  const { KINDS } = await import('./kinds');
  const kind = KINDS[kept.kind];
  if (kind === undefined) throw new SkippedError('this version does not know its kind');
  const { by: madeBy } = kept.origin.about;
  const found = await recomputed(kind.recompute, basis, kept, kept.origin);
  const tolerance = found.sameBatches && madeByThis(madeBy, engine) ? 0 : kind.tolerance;
  return { file, ...found, tolerance, agrees: found.difference <= tolerance, madeBy };
}

type Whole = Extract<KeptResult, { state: 'whole' }>;

/** Inputs of a shape that this version does not know, or that it refuses by now, are skipped. */
async function recomputed(
  recompute: (basis: Basis, kept: { inputs: unknown; about: object; value: unknown }) => Promise<Recomputed>,
  basis: Basis,
  { value }: Whole,
  { inputs, about }: NonNullable<Whole['origin']>,
): Promise<Recomputed> {
  try {
    return await recompute(basis, { inputs, about, value });
  } catch (error) {
    if (error instanceof SkippedError || error instanceof CancelledError) throw error;
    if (isReportedError(error)) throw new SkippedError(error.message);
    if (error instanceof Error && error.name === 'ZodError')
      throw new SkippedError('this version does not know what it says that it was computed from');
    throw error;
  }
}
