import { describe, expect, it } from 'vitest';
import { allStudies, parseStudy, problemText, studyHash, studyInForce, type Sweep } from '../../../src/study';

const BASE = { name: 'demo', training: { epochs: 4, seed: 7 } };

/** What the sweep of a file means; the file has one field a line. */
function sweepOf(sweep: object, rest: object = BASE): Sweep {
  const parsed = parseStudy(textOf(sweep, rest), 'demo.epochlens.json');
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  if (parsed.sweep === undefined) throw new Error('no sweep');
  return parsed.sweep;
}

function textOf(sweep: object, rest: object = BASE): string {
  return JSON.stringify({ ...rest, sweep }, null, 1);
}

/** Each problem as a sentence, and the text that it underlines. */
function problemsOf(sweep: object, rest: object = BASE): [string, string][] {
  const text = textOf(sweep, rest);
  const parsed = parseStudy(text, 'demo.epochlens.json');
  if (parsed.ok) throw new Error('it has no problem');
  return parsed.problems.map((each) => [problemText(each), text.slice(each.offset, each.offset + each.length)]);
}

const UNFIT = 'expected a setting under dataset, model or training, such as "training.learningRate", and not the seed';

const GRID = { 'training.augmentation': ['none', 'flipCrop'], 'training.learningRate': [0.1, 0.05] };

describe('a grid', () => {
  const { recipes, seeds, cells, baseline, tests } = sweepOf({ axes: GRID, seeds: 2 });

  it('is every combination with every seed from the study’s on, the last axis fastest', () => {
    expect(recipes).toEqual([
      'augmentation none, learningRate 0.1',
      'augmentation none, learningRate 0.05',
      'augmentation flipCrop, learningRate 0.1',
      'augmentation flipCrop, learningRate 0.05',
    ]);
    expect([seeds, baseline, tests]).toEqual([[7, 8], recipes[0], 'last']);
    expect(cells.map(({ recipe, seed }) => `${recipe}/${String(seed)}`)).toEqual(
      recipes.flatMap((recipe) => [`${recipe}/7`, `${recipe}/8`]),
    );
    expect(cells[3]?.settings).toEqual({ 'training.augmentation': 'none', 'training.learningRate': 0.05 });
  });

  it('makes of a cell the study that says the same in a file of its own, with its hash', () => {
    const alone = parseStudy(
      JSON.stringify({ ...BASE, training: { epochs: 4, seed: 8, learningRate: 0.05, augmentation: 'flipCrop' } }),
      'demo.epochlens.json',
    );
    if (!alone.ok) throw new Error('not a study');
    expect(cells.at(-1)?.study).toEqual(alone.study);
    expect(cells.at(-1)?.id).toBe(studyHash(alone.study));
    expect(new Set(cells.map(({ id }) => id)).size).toBe(8);
  });
});

describe('recipes', () => {
  it('change what they name, whatever stood there, and null takes a setting away', () => {
    const { recipes, cells, seeds } = sweepOf(
      {
        recipes: {
          plain: {},
          step: { 'training.schedule': { kind: 'step', milestones: [2] } },
          factor: { 'training.schedule.factor': 0.5, 'training.schedule.milestones': [3] },
          'no decay given': { 'training.weightDecay': null },
        },
        seeds: [3, 1],
        baseline: 'step',
      },
      {
        ...BASE,
        training: { ...BASE.training, weightDecay: 0.1, schedule: { kind: 'step', milestones: [1] } },
      },
    );
    expect(recipes).toEqual(['plain', 'step', 'factor', 'no decay given']);
    expect(seeds).toEqual([3, 1]);
    const trained = cells.filter(({ seed }) => seed === 1).map(({ study }) => study.training);
    expect(trained[1]?.schedule).toEqual({ kind: 'step', milestones: [2], factor: 0.1 });
    expect(trained[2]?.schedule).toEqual({ kind: 'step', milestones: [3], factor: 0.5 });
    expect(trained.map(({ weightDecay }) => weightDecay)).toEqual([0.1, 0.1, 0.1, 0.0005]);
  });

  it('of several models have the architecture first', () => {
    const model = [{ architecture: 'resnet20' }, { architecture: 'resnet32' }];
    const { recipes, cells } = sweepOf(
      { recipes: { plain: {}, fast: { 'training.learningRate': 1 } } },
      { ...BASE, model },
    );
    expect(recipes).toEqual(['resnet20, plain', 'resnet20, fast', 'resnet32, plain', 'resnet32, fast']);
    expect(cells.at(-1)?.study.model.architecture).toBe('resnet32');
  });

  it('change the data set’s settings although the file names none', () => {
    const { cells } = sweepOf({ axes: { 'dataset.trainCount': [64, 128] }, seeds: 1 });
    expect(cells.map(({ study }) => study.dataset)).toMatchObject([{ trainCount: 64 }, { trainCount: 128 }]);
    expect(cells.map(({ recipe }) => recipe)).toEqual(['dataset.trainCount 64', 'dataset.trainCount 128']);
  });

  it('are named by short JSON where a value is no plain text', () => {
    const schedule = [{ kind: 'step', milestones: [2] }, null];
    expect(sweepOf({ axes: { 'training.schedule': schedule } }).recipes).toEqual([
      'schedule {"kind":"step","milestones":[2]}',
      'schedule none',
    ]);
  });
});

it('moves the seeds of perturbations with the training’s, alike for every recipe', () => {
  const { cells } = sweepOf(
    { recipes: { a: {}, b: { 'training.learningRate': 1 } }, seeds: [7, 9] },
    { ...BASE, perturbations: [{ kind: 'gaussianNoise', seed: 5 }] },
  );
  expect(cells.map(({ study }) => study.perturbations[0]?.seed)).toEqual([5, 7, 5, 7]);
});

it('counts for a run of a cell as the cell, and for others as the study', () => {
  const parsed = parseStudy(
    textOf({ recipes: { a: {} }, seeds: [7, 9] }, { ...BASE, perturbations: [{ kind: 'gaussianNoise', seed: 5 }] }),
    'demo.epochlens.json',
  );
  if (!parsed.ok) throw new Error('not a study');
  const all = allStudies(parsed);
  const [plain, , ninth] = all;
  if (ninth === undefined) throw new Error('no cell');
  expect(studyInForce({ ...ninth, perturbations: [] }, all).perturbations[0]?.seed).toBe(7);
  const other = { ...plain, training: { ...plain.training, seed: 100 } };
  expect(studyInForce(other, all).perturbations[0]?.seed).toBe(5);
});

it('leaves the studies of the file as they are without it', () => {
  const [parsed, without] = [textOf({ axes: GRID }), JSON.stringify(BASE)].map((text) => parseStudy(text, 'x'));
  expect(parsed).toMatchObject({ study: without?.ok === true ? without.study : {} });
});

describe('what is wrong is said at its place', () => {
  it.each<[string, object, string, string]>([
    [
      'a value of an axis',
      { axes: { 'training.learningRate': [0.1, 'fast'], 'training.momentum': [0, 0.5] } },
      'line 11, column 5 (sweep.axes.training.learningRate[1]): wrong type: found "fast", expected a number from 0 to 100',
      '"fast"',
    ],
    [
      'a setting that does not exist',
      { axes: { 'training.learningRat': [0.1] } },
      'Did you mean "training.learningRate"?',
      '"training.learningRat"',
    ],
    [
      'a value within a recipe',
      { recipes: { step: { 'training.schedule': { kind: 'step', milestones: [0] } } } },
      '(sweep.recipes.step.training.schedule.milestones[0]): out of range: found 0',
      '0',
    ],
    [
      'settings that do not go together',
      { recipes: { plain: {}, warm: { 'training.warmupEpochs': 9 } } },
      '(sweep.recipes.warm.training.warmupEpochs): the warm-up is longer than the training: found 9, expected at most 4',
      '9',
    ],
    [
      'a setting that does not go with one of the file',
      { axes: { 'training.epochs': [2] } },
      'with recipe "epochs 2", training ends before this epoch: found 4',
      '2',
    ],
    ['both', { axes: GRID, recipes: { a: {} } }, 'a sweep has both axes and recipes', '{\n   "a": {}\n  }'],
    ['neither', { seeds: 2 }, 'a sweep has neither axes nor recipes', '{\n  "seeds": 2\n }'],
    ['nothing', { axes: {} }, 'the sweep is empty', '{}'],
    [
      'two recipes alike',
      { recipes: { a: {}, b: { 'training.momentum': 0.9 } } },
      'two recipes mean the same: found "a" and "b"',
      '{\n    "training.momentum": 0.9\n   }',
    ],
    ['two values alike', { axes: { 'training.momentum': [0.9, 0.5, null] } }, 'two recipes mean the same', 'null'],
    [
      'too many',
      { axes: { 'training.learningRate': manyRates() }, seeds: 100 },
      '150 recipes × 100 seeds = 15000 runs',
      '{',
    ],
    [
      'a baseline',
      { axes: GRID, baseline: 'augmentation none' },
      '(sweep.baseline): the sweep has no such recipe',
      '"augmentation none"',
    ],
    ['a seed twice', { axes: GRID, seeds: [1, 2, 1] }, '(sweep.seeds[2]): a seed is named twice', '1'],
    ['a setting of no training', { axes: { 'explain.method': ['gradcam'] } }, UNFIT, '"explain.method"'],
    ['the seed as an axis', { axes: { 'training.seed': [1, 2] } }, UNFIT, '"training.seed"'],
  ])('%s', (_what, sweep, message, underlined) => {
    const explain = { checkpoints: [4] };
    const found = problemsOf(
      sweep,
      'axes' in sweep && 'training.epochs' in (sweep.axes as object) ? { ...BASE, explain } : BASE,
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.[0]).toContain(message);
    expect(found[0]?.[1].startsWith(underlined)).toBe(true);
  });
});

function manyRates(): number[] {
  return Array.from({ length: 150 }, (_, index) => (index + 1) / 1000);
}

it('says once what is wrong with a value that many recipes have', () => {
  const found = problemsOf({
    axes: { 'training.learningRate': [-1], 'training.momentum': [0, 0.1, 0.2], 'training.batchSize': [8, 16] },
  });
  expect(found).toHaveLength(1);
});
