/** Gathers values of cells into the numbers of methods at checkpoints. */
import type { MeasuredFaithfulness } from '../../measures/faithfulness/measured';
import type { ScoreId } from '../../measures/faithfulness/scores';
import { createSummary, joinedClean, joinedScores } from '../../measures/faithfulness/summary';
import type { CleanValues, ScoredValues } from '../../measures/faithfulness/values';
import type { FaithfulnessValues } from '../../runs';
import type { Cell, Chunk } from './cells';
import type { MethodSubjects, Subject } from './subjects';

interface Point {
  /** The place in the request's methods. */
  readonly method: number;
  readonly measured: MeasuredFaithfulness;
}

export interface CollectorOf {
  readonly methods: readonly MethodSubjects[];
  readonly scores: readonly ScoreId[];
  readonly chunks: readonly Chunk[];
  readonly seed: number;
  readonly perImage: boolean;
}

export interface Collector {
  /** @returns the points that are whole by these */
  take(cells: readonly Cell[], values: readonly FaithfulnessValues[]): Point[];
  has(method: number, epoch: number): boolean;
  /** Of each method, by epoch. */
  points(): MeasuredFaithfulness[][];
}

export function createCollector({ methods, scores, chunks, seed, perImage }: CollectorOf): Collector {
  const values = new Map<string, FaithfulnessValues>();
  const points = methods.map(() => new Map<number, MeasuredFaithfulness>());
  const summarise = createSummary(seed, perImage);
  const labels = chunks.flatMap(({ images }) => images.map(({ image: { label } }) => label));

  function valuesOf<V extends FaithfulnessValues>(epoch: number, score: Cell['score'], subject?: Subject): V[] {
    return chunks.flatMap(({ start }) => (values.get(nameOf(epoch, start, score, subject)) as V | undefined) ?? []);
  }

  function scored(epoch: number, score: ScoreId, subject: Subject): ScoredValues | undefined {
    const parts = valuesOf<ScoredValues>(epoch, score, subject);
    return parts.length < chunks.length ? undefined : joinedScores(parts);
  }

  function pointOf({ method, controls }: MethodSubjects, epoch: number): MeasuredFaithfulness | undefined {
    const clean = valuesOf<CleanValues>(epoch, 'clean');
    if (clean.length < chunks.length) return undefined;
    const all = scores.map((score) => ({
      score,
      method: scored(epoch, score, method),
      controls: controls.map(({ control, subject }) => ({ control, values: scored(epoch, score, subject) })),
    }));
    const whole = all.flatMap(({ score, method, controls }) => {
      const known = controls.flatMap(({ control, values }) => (values === undefined ? [] : [{ control, values }]));
      return method === undefined || known.length < controls.length ? [] : [{ score, method, controls: known }];
    });
    if (whole.length < scores.length) return undefined;
    return summarise({ epoch, labels, clean: joinedClean(clean), scores: whole });
  }

  return {
    take(cells, taken) {
      cells.forEach((cell, at) =>
        values.set(
          nameOf(
            cell.checkpoint.epoch,
            cell.chunk.start,
            cell.score,
            cell.score === 'clean' ? undefined : cell.subject,
          ),
          taken[at] as FaithfulnessValues,
        ),
      );
      const found: Point[] = [];
      for (const epoch of new Set(cells.map(({ checkpoint }) => checkpoint.epoch))) {
        methods.forEach((each, method) => {
          if (points[method]?.has(epoch) === true) return;
          const measured = pointOf(each, epoch);
          if (measured === undefined) return;
          points[method]?.set(epoch, measured);
          found.push({ method, measured });
        });
      }
      return found;
    },
    has: (method, epoch) => points[method]?.has(epoch) ?? false,
    points: () => points.map((each) => [...each.values()].sort((a, b) => a.epoch - b.epoch)),
  };
}

function nameOf(epoch: number, start: number, score: Cell['score'], subject: Subject | undefined): string {
  return `${epoch}:${start}:${score}:${subject?.id ?? ''}`;
}
