import { describe, expect, test } from 'vitest';
import { listLenses, testLenses } from '../../../../src/extension/robustness/lenses';
import { outcomesOf, type KnownTests, type Outcome } from '../../../../src/extension/robustness/outcomes';
import { studyTests, type StudyTest } from '../../../../src/extension/robustness/studyTests';
import { testedEpochs } from '../../../../src/extension/robustness/testedEpochs';
import { testedRuns } from '../../../../src/extension/robustness/testedRuns';
import type { RobustnessResultMessage } from '../../../../src/protocol/engine';
import { numberLines, testText } from '../../../../src/extension/robustness/testText';
import { batchesOf } from '../../../../src/extension/robustness/explorer/requests';
import { trainingRun } from '../runs/summaries';
import { measured, resultAt } from './measured';

const FILE = '/w/s.epochlens.json';
const text = (perturbations: string): string =>
  `{\n  // a study\n  "explain": { "checkpoints": [0, 2] },\n  "perturbations": ${perturbations}\n}`;
const NOISE = '{ "kind": "gaussianNoise", "standardDeviation": 0.1 }';
const OCCLUSION = '{ "kind": "occlusion", "pixels": 10, "expect": { "accuracy": { "min": 80 } } }';

function testsIn(...entries: string[]): readonly StudyTest[] {
  return studyTests(text(`[${entries.join(', ')}]`), FILE).tests ?? [];
}

type KnownMisses = RobustnessResultMessage['misses'];

/** What the engine knows of these at epochs 0 and 2. */
function knownOf(tests: readonly StudyTest[], misses: KnownMisses = []): KnownTests {
  const results = new Map([0, 2].map((epoch) => [epoch, resultAt(epoch, { misses })]));
  return { run: '/r', tests: tests.map((each) => ({ ...each, results })) };
}

const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ kind }) => kind);

describe('the tests of a study', () => {
  test('are found with their places, names and what their numbers follow from', () => {
    const source = text(`[\n${NOISE},\n${OCCLUSION}\n]`);
    const found = studyTests(source, FILE);
    expect(found.tests?.map(({ title }) => title)).toEqual(['gaussianNoise 0.1', 'occlusion 10']);
    expect(found.offsets.map((offset) => source.slice(offset, offset + 10))).toEqual(['{ "kind": ', '{ "kind": ']);
    expect(source.slice(found.offset).startsWith('"perturbations"')).toBe(true);
    expect(found.checkpoints).toEqual([0, 2]);
    expect(found.tests?.[0]?.expectation).toBe('');
  });

  test('keep their places while the study is wrong', () => {
    const found = studyTests(text(`[${NOISE}, { "kind": "gaussianNoise", "standardDeviation": 9 }]`), FILE);
    expect(found.tests).toBeUndefined();
    expect(found.offsets).toHaveLength(2);
    expect(studyTests('{', FILE)).toMatchObject({ offsets: [], tests: undefined, offset: undefined });
  });

  test('are tested at the epochs that the study asks for and the run has', () => {
    expect(testedEpochs({ checkpoints: [0, 2, 20] }, [0, 1, 2])).toEqual([0, 2]);
    expect(testedEpochs({ checkpoints: 'all' }, [0, 1])).toEqual([0, 1]);
    expect(testedEpochs({ checkpoints: [20] }, [0, 1])).toEqual([0, 1]);
  });
});

describe('outcomes', () => {
  const before = testsIn(NOISE, OCCLUSION);

  test('of unchanged tests are judged, and those of no expectation only measured', () => {
    const [noise, occlusion] = before as [StudyTest, StudyTest];
    expect(kinds(outcomesOf(noise, before, knownOf(before), [0, 1, 2]))).toEqual(['measured', 'missing', 'measured']);
    expect(kinds(outcomesOf(occlusion, before, knownOf(before), [0, 2]))).toEqual(['passed', 'passed']);
    expect(
      kinds(outcomesOf(occlusion, before, knownOf(before, [{ text: '', actual: 'accuracy', expected: '' }]), [2])),
    ).toEqual(['failed']);
    expect(kinds(outcomesOf(noise, before, undefined, [0, 2]))).toEqual(['missing', 'missing']);
  });

  test('a changed number makes just its own test stale, before it is saved', () => {
    const after = testsIn(NOISE.replace('0.1', '0.2'), OCCLUSION);
    const [noise, occlusion] = after as [StudyTest, StudyTest];
    const [stale] = outcomesOf(noise, after, knownOf(before), [2]);
    expect(stale).toMatchObject({ kind: 'stale', was: 'gaussianNoise 0.1' });
    expect(kinds(outcomesOf(occlusion, after, knownOf(before), [2]))).toEqual(['passed']);
  });

  test('a test that was changed and moved is stale, before it is saved', () => {
    const after = testsIn(OCCLUSION.replace('10', '20'), NOISE.replace('0.1', '0.2'));
    const found = after.map((each) => outcomesOf(each, after, knownOf(before), [2])[0]);
    expect(found).toMatchObject([
      { kind: 'stale', was: 'occlusion 10' },
      { kind: 'stale', was: 'gaussianNoise 0.1' },
    ]);
  });

  test('a test that was moved takes its results along, and a new one has none', () => {
    const after = testsIn('{ "kind": "rotation" }', NOISE, OCCLUSION);
    const found = after.map((each) => kinds(outcomesOf(each, after, knownOf(before), [2]))[0]);
    expect(found).toEqual(['missing', 'measured', 'passed']);
  });

  test('another expectation is not judged by the former one', () => {
    const after = testsIn(NOISE, OCCLUSION.replace('80', '99'));
    expect(kinds(outcomesOf(after[1] as StudyTest, after, knownOf(before), [2]))).toEqual(['measured']);
  });

  test('what the engine calls stale is', () => {
    const results = new Map([[2, resultAt(2, { state: 'stale', was: 'gaussianNoise 0.1, seed 4' })]]);
    const known = { run: '/r', tests: before.map((each) => ({ ...each, results })) };
    expect(outcomesOf(before[0] as StudyTest, before, known, [2])).toMatchObject([
      { kind: 'stale', was: 'gaussianNoise 0.1, seed 4' },
    ]);
  });
});

describe('words', () => {
  const at = (epoch: number, kind: Outcome['kind'], accuracy = 87.4): Outcome => ({
    epoch,
    kind,
    measured: measured(accuracy),
    misses: [],
    was: 'gaussianNoise 0.05',
  });

  test('a lens says the newest result, how many fail, and what is to be computed', () => {
    expect(testText([at(0, 'passed'), at(8, 'passed')])).toBe(
      '✓ 87.4 % of 500 images, clean 90.0 % on the same, drop 0.021 at epoch 8',
    );
    expect(testText([at(0, 'failed'), at(8, 'passed')])).toBe(
      '✓ 87.4 % of 500 images, clean 90.0 % on the same, drop 0.021 at epoch 8 · 1 of 2 checkpoints fail',
    );
    expect(testText([at(0, 'measured'), at(8, 'missing')])).toBe(
      '87.4 % of 500 images, clean 90.0 % on the same, drop 0.021 at epoch 0 · 1 of 2 checkpoints to be computed',
    );
    expect(testText([at(0, 'stale'), at(8, 'stale')])).toBe('stale: was gaussianNoise 0.05');
    expect(testText([at(0, 'missing')])).toBeUndefined();
  });

  test('heatmaps that cannot be compared are counted', () => {
    expect(numberLines(measured())).toContain(
      'heatmap similarity rests on 997 of 1000 pairs of heatmaps: flat heatmaps cannot be compared',
    );
    const { heatmapSimilarity, ...others } = measured();
    const all = { ...others, heatmapSimilarity: { ...heatmapSimilarity, compared: 1000 } };
    expect(numberLines(all).join()).not.toContain('rests on');
  });

  test('lenses run, show progress with a way to stop it, and start nothing without trust', () => {
    const input = {
      studyFile: FILE,
      index: 1,
      results: [{ model: undefined, outcomes: [at(8, 'failed')] }],
      progress: undefined,
      trusted: true,
    };
    const titles = (more: object): string[] => testLenses({ ...input, ...more }).map(({ title }) => title);
    expect(titles({})).toEqual([
      '$(beaker) Run this test',
      '✗ 87.4 % of 500 images, clean 90.0 % on the same, drop 0.021 at epoch 8',
    ]);
    expect(titles({ trusted: false })).toEqual([
      '✗ 87.4 % of 500 images, clean 90.0 % on the same, drop 0.021 at epoch 8',
    ]);
    expect(titles({ results: [], progress: { done: 30, of: 60, left: 12 } })).toEqual([
      '$(sync~spin) 50 % · 12 s left',
      '$(debug-stop) Cancel',
    ]);
    const commands = (more: object) => testLenses({ ...input, ...more }).map(({ command }) => command);
    expect(commands({})).toEqual(['epochlens.runPerturbations', 'epochlens.showRobustness']);
    expect(commands({ study: 'calibration' })).toEqual(['epochlens.runPerturbations', 'epochlens.showTrust']);
    expect(testLenses(input)[0]?.argument).toEqual({ studyFile: FILE, perturbation: 2 });
    expect(listLenses(FILE, undefined, true).map(({ title }) => title)).toEqual([
      '$(run-all) Run all tests',
      '$(shield) Show robustness',
    ]);
  });
});

test('tests that are chosen at the same epochs are asked for together, and no more than those', () => {
  const chosen = [
    { index: 1, epoch: 2 },
    { index: 0, epoch: 0 },
    { index: 1, epoch: 0 },
    { index: 2, epoch: 0 },
  ];
  expect(batchesOf(chosen)).toEqual([
    { entries: [0, 2], epochs: [0] },
    { entries: [1], epochs: [0, 2] },
  ]);
});

test('the newest run is tested; of a study of several models the newest of each, in its order', () => {
  const run = (id: string, architecture: string, more: object = {}) => trainingRun({ id, architecture, ...more });
  const file = run('', '').studyFile;
  const runs = [
    run('4', 'resnet18', { checkpoints: [] }),
    run('3', 'resnet18', { checkpoints: [0] }),
    run('2', 'efficientnet_b0', { checkpoints: [0] }),
    run('1', 'resnet18', { checkpoints: [0] }),
  ];
  const ids = (...architectures: string[]) => testedRuns(runs, file, { architectures }).map(({ id }) => id);
  expect(ids('resnet18')).toEqual(['3']);
  expect(ids('efficientnet_b0', 'resnet18')).toEqual(['2', '3']);
  expect(ids('resnet20', 'resnet32')).toEqual(['3']);
  expect(ids()).toEqual(['3']);
  expect(testedRuns(runs, '/other', { architectures: [] })).toEqual([]);
});
