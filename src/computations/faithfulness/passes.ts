/** What cells of one checkpoint and chunk cost. */
import { passesOf, type Passes } from '../../explanations';
import { SUBSETS } from '../../measures/faithfulness/muFidelity';
import { DRAWN_CURVES, imagesOfCurve } from './drawn';
import { NOISE_DRAWS } from '../../measures/faithfulness/sensitivity';
import { closedForm, type Explained } from '../heatmaps/explained';
import type { Cell } from './cells';
import type { Subject } from './subjects';

/** The map of one class of one image. */
function mapPasses(explained: Explained): Passes {
  const { method, model } = explained;
  if (method.method.needs !== 'activationsAndGradients') return passesOf(method, model, false);
  return { forward: 1, backward: closedForm(explained) === undefined ? 1 : 0 };
}

/** @param cells of one checkpoint and chunk, at least one */
export function passesOfGroup(cells: readonly Cell[]): Passes {
  const [first] = cells;
  if (first === undefined) return { forward: 0, backward: 0 };
  const count = first.chunk.images.length;
  const scored = cells.flatMap((cell) => (cell.score === 'clean' ? [] : [cell]));
  const has = (score: Cell['score']): boolean => scored.some((cell) => cell.score === score);
  // As they are, blurred, and black.
  let forward = count + (has('insertion') ? count : 0) + (has('deletion') ? 1 : 0);
  let backward = 0;
  const add = (subject: Subject, times: number): void => {
    if (subject.kind === 'control') return;
    const passes = mapPasses(subject.explained);
    forward += times * passes.forward;
    backward += times * passes.backward;
  };
  const subjects = new Map(scored.map(({ subject }) => [subject.id, subject]));
  for (const subject of subjects.values()) add(subject, count);
  const grids = new Set<string>();
  for (const { score, subject } of scored) {
    const curve = DRAWN_CURVES.find((each) => each === score);
    if (curve !== undefined) forward += count * imagesOfCurve(curve);
    if (score === 'muFidelity') grids.add(JSON.stringify(subject.grid));
    if (score === 'sensitivity') add(subject, count * NOISE_DRAWS);
  }
  return { forward: forward + grids.size * count * SUBSETS, backward };
}
