import { describe, expect, it } from 'vitest';
import { columnOf, columnsOf, type Column } from '../../../src/comparison/columns';
import type { RunFacts } from '../../../src/comparison/facts';
import { recipeRows, runRows } from '../../../src/comparison/rows';
import { filterRows, groupRows, sortRows } from '../../../src/comparison/arrange';
import { markdownTable } from '../../../src/comparison/formats/markdown';
import { latexTable } from '../../../src/comparison/formats/latex';
import { printedTable } from '../../../src/comparison/formats/printed';
import { settingText } from '../../../src/comparison/settings';
import { runsCsv } from '../../../src/comparison/formats/csv';

function run(recipe: string, seed: number, accuracies: (number | null)[], more: Partial<RunFacts> = {}): RunFacts {
  const id = `${recipe}-${seed}`;
  const known = accuracies.map((each) => each ?? -1);
  return {
    run: `/runs/${id}`,
    id,
    name: id,
    note: '',
    pinned: false,
    studyName: 'study',
    studyFile: '/study.epochlens.json',
    recipe,
    seed,
    createdAt: `2026-11-30T00:00:0${seed}.000Z`,
    state: 'finished',
    engine: 'wasm',
    settings: { 'training.augmentation': JSON.stringify(recipe) },
    finalEpoch: accuracies.length - 1,
    bestEpoch: known.indexOf(Math.max(...known)),
    chosenBy: 'test',
    values: { seconds: 10 * seed },
    series: { accuracy: { epochs: accuracies.map((_, epoch) => epoch), values: accuracies } },
    ...more,
  };
}

const ACCURACY = columnOf('accuracy') as Column;
const PLAIN = [run('plain', 1, [10, 91]), run('plain', 2, [10, 90.4]), run('plain', 3, [10, 90.8])];
const CUTOUT = [run('cutout', 1, [10, 93.5, 93]), run('cutout', 2, [10, 92.5]), run('cutout', 3, [10, 92.7])];
const options = { columns: [ACCURACY], at: 'final', baseline: 'plain' } as const;

describe('rows of recipes', () => {
  it('have means over seeds, and differences that are paired by seed', () => {
    const [plain, cutout] = recipeRows([...PLAIN, ...CUTOUT], options);
    expect(plain).toMatchObject({ name: 'plain', isBaseline: true, differences: {} });
    expect(cutout?.values['accuracy']?.mean).toBeCloseTo((93 + 92.5 + 92.7) / 3, 12);
    // 2, 2.1 and 1.9: mean 2, deviation 0.1, t(0.975, 2) = 4.302652729749462 by SciPy.
    const difference = cutout?.differences['accuracy'];
    expect(difference?.mean).toBeCloseTo(2, 12);
    expect(difference?.interval?.low).toBeCloseTo(2 - (4.302652729749462 * 0.1) / Math.sqrt(3), 9);
    expect(difference?.perSeed.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  it('take the best epoch of each run where it is asked for', () => {
    const [row] = recipeRows(CUTOUT, { ...options, at: 'best' });
    expect(row?.values['accuracy']?.perSeed.map(({ value }) => value)).toEqual([93.5, 92.5, 92.7]);
  });

  it('leave out runs that are not finished, and count a seed once', () => {
    const training = run('plain', 4, [10], { state: 'training' });
    const again = run('plain', 3, [10, 80], { run: '/runs/again', createdAt: '2026-12-01T00:00:00.000Z' });
    const [row] = recipeRows([...PLAIN, training, again], options);
    expect(row).toMatchObject({ whole: 3 });
    expect(row?.runs).toHaveLength(4);
    expect(row?.values['accuracy']?.perSeed.map(({ value }) => value)).toEqual([91, 90.4, 80]);
  });

  it('tell a recipe from what it was before an edit', () => {
    const edited = run('cutout', 1, [10, 50], { settings: { 'training.augmentation': '["cutout","flipCrop"]' } });
    const names = recipeRows([...CUTOUT, edited], options).map(({ name, values }) => [name, values['accuracy']?.n]);
    expect(names).toEqual([
      ['cutout (augmentation cutout)', 3],
      ['cutout (augmentation ["cutout","flipCrop"])', 1],
    ]);
  });

  it('take no other epoch where a measure is not of the final one', () => {
    const tested = run('plain', 1, [10, 91], {
      series: { 'perturbed:noise': { epochs: [0], values: [12] } },
    });
    expect(runRows([tested], { columns: columnsOf([tested]), at: 'final' })[0]?.values['perturbed:noise']?.n).toBe(0);
  });
});

describe('arranging rows', () => {
  const rows = recipeRows([...PLAIN, ...CUTOUT], options);

  it('sorts, with rows without a value last either way', () => {
    const none = recipeRows([...PLAIN, run('none', 1, [null])], options);
    for (const descending of [true, false])
      expect(sortRows(none, { by: 'accuracy', descending }).at(-1)?.name).toBe('none');
    expect(sortRows(rows, { by: 'accuracy', descending: true }).map(({ name }) => name)).toEqual(['cutout', 'plain']);
  });

  it('sorts by epoch, note and commit', () => {
    const commit = (text: string) => ({ git: { commit: text, dirty: false } });
    const runs = runRows(
      [
        run('a', 1, [1, 2], { ...commit('bb'), note: 'odd' }),
        run('b', 1, [1, 2, 3], commit('aa')),
        run('c', 1, [1], { note: 'even' }),
      ],
      options,
    );
    const by = (column: string) => sortRows(runs, { by: column, descending: false }).map(({ recipe }) => recipe);
    expect([by('epoch'), by('note'), by('commit')]).toEqual([
      ['c', 'a', 'b'],
      ['c', 'a', 'b'],
      ['b', 'a', 'c'],
    ]);
  });

  it('filters by each word, and groups', () => {
    expect(filterRows(rows, 'augmentation=cut seed=1').map(({ name }) => name)).toEqual(['cutout']);
    expect(filterRows(rows, 'cutout plain')).toEqual([]);
    expect(groupRows(rows, 'training.augmentation').map(({ value }) => value)).toEqual(['plain', 'cutout']);
  });
});

describe('printed tables', () => {
  const printed = printedTable(recipeRows([...PLAIN, ...CUTOUT], options), { ...options, settings: [] });

  it('say mean, half the interval and n, and embolden what differs by more than chance', () => {
    const text = markdownTable(printed);
    // Deviation of 93, 92.5, 92.7: 0.2517; half: 4.3027 × 0.2517 / √3 = 0.625.
    expect(text).toContain('| cutout | **92.73 ± 0.63 (n = 3)** | +2.00 ± 0.25 (n = 3) |');
    expect(text).toContain('half the 95 % interval');
    expect(latexTable(printed)).toContain(
      '\\textbf{$\\mathbf{92.73 \\pm 0.63}$ ($n = 3$)} & $+2.00 \\pm 0.25$ ($n = 3$)',
    );
  });

  it('embolden nothing where the interval of the difference holds 0', () => {
    const close = [run('close', 1, [10, 92]), run('close', 2, [10, 90.3]), run('close', 3, [10, 90.8])];
    expect(
      markdownTable(printedTable(recipeRows([...PLAIN, ...close], options), { ...options, settings: [] })),
    ).not.toContain('**');
  });

  it('embolden nothing of two seeds, however sure, and never the baseline', () => {
    // Differences of 2 and 2.001: the interval of one degree of freedom, 2.0005 ± 0.0064, excludes 0.
    const two = [run('close', 1, [10, 93]), run('close', 2, [10, 92.401])];
    const rows = recipeRows([...PLAIN.slice(0, 2), ...two], options);
    expect(rows[1]?.differences['accuracy']?.interval?.low).toBeCloseTo(2.0005 - 12.706204736174698 * 0.0005, 9);
    expect(markdownTable(printedTable(rows, { ...options, settings: [] }))).not.toContain('**');
    const best = recipeRows([...PLAIN, ...CUTOUT], { ...options, baseline: 'cutout' });
    expect(markdownTable(printedTable(best, { ...options, settings: [] }))).not.toContain('**');
  });

  it('leave no name that is markup', () => {
    const named = run('a|b_*&', 1, [1]);
    const table = printedTable(recipeRows([named], options), { ...options, settings: [] });
    expect(markdownTable(table)).toContain('| a\\|b\\_\\*&');
    expect(latexTable(table)).toContain('a|b\\_*\\&');
    expect(runsCsv([run('x,"y"', 1, [1])], { ...options, settings: [] })).toContain('"x,""y"""');
  });
});

describe('the text of a setting', () => {
  it.each([
    [undefined, 'none'],
    ['"flipCrop"', 'flipCrop'],
    ['0.1', '0.1'],
    ['[1,2]', '[1,2]'],
    ['[{"kind":"flipCrop"},{"kind":"cutout","size":16}]', 'flipCrop, cutout 16'],
    ['{"kind":"step","at":[100,150],"by":0.1}', 'step [100,150] 0.1'],
    ['[{"kind":"perturbations","of":[{"kind":"rotation","degrees":[-30,30]}]}]', 'perturbations (rotation [-30,30])'],
    ['{"count":5}', '{"count":5}'],
    [JSON.stringify('x'.repeat(70)), `${'x'.repeat(60)}…`],
  ])('of %s is %s', (json, text) => expect(settingText(json)).toBe(text));
});
