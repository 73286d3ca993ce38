/** Runs of a table, by hand. */
import type { RunFacts } from '../../../../src/comparison';
import type { TableRun } from '../../../../src/protocol/runsTable';

export interface GivenRun {
  readonly augmentation: string;
  readonly seed: number;
  /** At the final epoch, 2; at the best one, 1, it is one higher. */
  readonly accuracy: number;
  readonly state?: string;
}

export function factsOf({ augmentation, seed, accuracy, state = 'finished' }: GivenRun): RunFacts {
  const id = `${augmentation}-${seed}`;
  return {
    run: `/w/.epochlens/runs/study/${id}`,
    ...{ id, name: id, note: '', pinned: false, studyName: 'study', studyFile: '/w/study.epochlens.json' },
    ...{ recipe: augmentation, seed, createdAt: `2026-11-0${seed}T00:00:00Z`, state, engine: 'wasm' },
    settings: { 'training.augmentation': JSON.stringify(augmentation), 'training.epochs': '2' },
    ...{ finalEpoch: 2, bestEpoch: 1, chosenBy: 'test' },
    values: { seconds: 10 },
    series: { accuracy: { epochs: [0, 1, 2], values: [10, accuracy + 1, accuracy] } },
  };
}

export function tableRunOf(given: GivenRun): TableRun {
  const facts = factsOf(given);
  return { facts, label: facts.id, stateText: given.state ?? '2 epochs', ...STILL, problem: null };
}

const STILL = { live: false, reading: false, checkpoints: true };

/** Two recipes of three seeds. Cutout is 2, 3 and 4 better than none, whose mean is 60. */
export const SIX: readonly GivenRun[] = [
  { augmentation: 'none', seed: 1, accuracy: 59 },
  { augmentation: 'none', seed: 2, accuracy: 60 },
  { augmentation: 'none', seed: 3, accuracy: 61 },
  { augmentation: 'cutout', seed: 1, accuracy: 61 },
  { augmentation: 'cutout', seed: 2, accuracy: 63 },
  { augmentation: 'cutout', seed: 3, accuracy: 65 },
];
