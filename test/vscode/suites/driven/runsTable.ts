/** The runs table: two trained recipes of two seeds, arranged by clicks, and exported; then five hundred runs. */
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { readFacts } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readTable } from '../../harness/exports';
import { writeFinishedRun } from '../../harness/finishedRun';
import { assertLooks, choose, reloadKept } from '../../harness/panels';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

const RECIPES = { slow: 0.01, fast: 0.05 };
const SEEDS = [1, 2];

let workspace = '';

/** One study after another has the recipes' settings, so that its runs are those of two recipes. */
const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  for (const learningRate of Object.values(RECIPES))
    for (const seed of SEEDS) {
      const training = { epochs: 1, batchSize: 32, learningRate, seed };
      await trainStudy(await writeSmallStudy(folder, { name: 'seeds', epochs: 1, trainCount: 64, more: { training } }));
    }
};

const open = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Runs Table');
const rows = (frame: Frame) => frame.locator('.line[data-key]');
const head = (frame: Frame, column: string) => frame.locator(`.head [data-column="${column}"]`);

/** The texts of the first column. */
async function names(frame: Frame): Promise<string[]> {
  return frame.locator('.line[data-key] .name-text').allInnerTexts();
}

async function rowMenu(frame: Frame, row: number, item: string): Promise<void> {
  await rows(frame).nth(row).click({ button: 'right' });
  await frame.locator('.row-menu .menu-item').filter({ hasText: item }).first().click();
}

suite('runs table', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('shows recipes over seeds, and their runs', async (workbench) => {
    await workbench.runCommand('EpochLens: Runs Table');
    const frame = await open(workbench);
    await frame.getByText('2 of 2 finished').nth(1).waitFor();
    assert.equal(await rows(frame).count(), 2);
    await frame.locator('.twisty').first().click();
    await rows(frame).nth(3).waitFor();
    await workbench.screenshot('runs-table');
    await frame.locator('.twisty').first().click();
  });

  test('compares with a baseline by sign and word', async (workbench) => {
    const frame = await open(workbench);
    await rowMenu(frame, 0, 'Use as Baseline');
    await head(frame, 'difference:accuracy').waitFor();
    await frame.locator('.badge').getByText('baseline').waitFor();
    await workbench.screenshot('runs-table-baseline');
  });

  test('sorts, filters, groups and hides runs', async (workbench) => {
    const frame = await open(workbench);
    await choose(frame, 'Rows', 'runs');
    await rows(frame).nth(3).waitFor();
    await head(frame, 'training.learningRate').click();
    assert.equal(await head(frame, 'training.learningRate').getAttribute('aria-sort'), 'ascending');
    const first = rows(frame).first().locator('[role="gridcell"]');
    assert.ok((await first.allInnerTexts()).includes('0.01'));
    await head(frame, 'training.learningRate').press('Enter');
    assert.ok((await first.allInnerTexts()).includes('0.05'));
    await frame.locator('input.filter').fill('learningRate < 0.02');
    await rows(frame).nth(2).waitFor({ state: 'detached' });
    assert.equal(await rows(frame).count(), 2);
    await frame.locator('input.filter').fill('nothing has this');
    await frame.locator('vscode-button').filter({ hasText: 'Clear the Filter' }).click();
    await rows(frame).nth(3).waitFor();
    await choose(frame, 'Group', 'by learningRate');
    await frame.locator('.group').nth(1).waitFor();
    await choose(frame, 'Group', 'no groups');
    await rowMenu(frame, 3, 'Hide');
    await frame.getByText('1 row is hidden.').waitFor();
    assert.equal(await rows(frame).count(), 3);
    await frame.locator('.bar vscode-button').filter({ hasText: 'Show' }).click();
    await rows(frame).nth(3).waitFor();
  });

  test('moves through cells by keys', async (workbench) => {
    const frame = await open(workbench);
    await head(frame, 'name').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await workbench.page.keyboard.press(key);
    const focused = () => frame.evaluate(() => document.activeElement?.getAttribute('data-cell'));
    assert.equal(await focused(), '2:1');
    await workbench.page.keyboard.press('Control+End');
    assert.match((await focused()) ?? '', /^4:/);
    await workbench.page.keyboard.press('Space');
    await frame.getByText('1 row is chosen.').waitFor();
    await workbench.page.keyboard.press('Space');
  });

  test('names runs, and follows their notes', async (workbench) => {
    const frame = await open(workbench);
    await rowMenu(frame, 0, 'Edit Note');
    await workbench.quickInput.waitFor('Note of');
    await workbench.quickInput.accept('odd one');
    await frame.locator('[role="gridcell"]').getByText('odd one').waitFor();
  });

  test('exports the numbers of the run folders', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('vscode-button[aria-label="Export"]').click();
    await frame.locator('.menu-item').filter({ hasText: 'Each Run as CSV' }).click();
    await workbench.quickInput.chooseFile(join(workspace, 'runs.csv'));
    await frame.locator('.note').getByText('Saved as runs.csv').waitFor();
    const table = await readTable(join(workspace, 'runs.csv'));
    assert.equal(table.length, 4);
    for (const line of table) {
      const lines = (await readFile(join(line['run'] ?? '', 'metrics.jsonl'), 'utf8')).trim().split('\n');
      const last = JSON.parse(lines.at(-1) ?? '') as { testAccuracy: number; testLoss: number };
      assert.equal(Number(line['accuracy']), last.testAccuracy);
      assert.equal(Number(line['loss']), last.testLoss);
      assert.equal(Number(line['seed']), (await readFacts(line['run'] ?? '')).seed);
    }
  });

  test('leads to the heatmaps of two chosen runs, below each other and as differences', async (workbench) => {
    const table = await open(workbench);
    for (const row of [0, 3]) await rows(table).nth(row).locator('input[type=checkbox]').click();
    await table.getByText('2 rows are chosen.').waitFor();
    await workbench.screenshot('runs-table-chosen');
    await table.locator('.bar vscode-button').filter({ hasText: 'Compare Heatmaps' }).click();
    const frame = await workbench.webviews.open(/^Heatmaps/);
    const confidences = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
    // Three images at two checkpoints of either run.
    await confidences.nth(11).waitFor();
    const heads = (): Promise<string[]> => frame.locator('.row-head .method-name').allInnerTexts();
    assert.equal((await heads()).length, 6);
    assert.equal(new Set(await heads()).size, 2);
    await workbench.screenshot('heatmaps-two-runs');
    await frame.locator('.popover-holder:has([aria-label="What is taken from each heatmap"]) > vscode-button').click();
    await workbench.screenshot('heatmaps-two-runs-menu');
    await choose(frame, 'How the two runs are compared', 'as differences');
    await workbench.page.keyboard.press('Escape');
    await frame.locator('[role="gridcell"][aria-label*=" less that of "]').nth(5).waitFor();
    assert.deepEqual(await heads(), []);
    await workbench.screenshot('heatmaps-two-runs-differences');
    await workbench.runCommand('View: Close Editor');
    await (await open(workbench)).locator('.bar vscode-button').filter({ hasText: 'Choose None' }).click();
  });

  test('shows what has changed since a run', async (workbench) => {
    await rowMenu(await open(workbench), 3, 'What Changed Since This Run');
    await workbench.editors.tab(/^Settings: seeds .* ↔ seeds\.epochlens\.json now/).waitFor();
    await workbench.screenshot('runs-table-what-changed');
    await workbench.runCommand('View: Close Editor');
  });

  test('keeps its arrangement when the window is reloaded, in every theme', async (workbench) => {
    const shown = await open(workbench);
    await rows(shown).nth(3).waitFor();
    const before = await names(shown);
    await reloadKept(workbench);
    const frame = await open(workbench);
    await rows(frame).nth(3).waitFor();
    assert.deepEqual(await names(frame), before);
    await assertLooks(workbench, frame, { name: 'runs-table', narrow: [700, 700] });
  });
});

const MANY = 500;

/** One run as a training leaves it, and copies of it with other settings; checkpoints are not looked at. */
const prepareMany = async (folder: string): Promise<void> => {
  const first = await writeFinishedRun(await writeSmallStudy(folder, { name: 'many', epochs: 200 }));
  const manifest = await readFile(join(first, 'run.json'), 'utf8');
  for (let run = 1; run < MANY; run++) {
    const copy = join(dirname(first), `copy-${String(run).padStart(3, '0')}`);
    await cp(first, copy, { recursive: true, filter: (path) => !/checkpoints|resume/.test(path) });
    const { study, ...rest } = JSON.parse(manifest) as { study: { training: object } };
    const seed = Math.floor(run / 10);
    const training = { ...study.training, learningRate: 0.01 * (1 + (run % 10)), seed };
    await writeFile(join(copy, 'run.json'), JSON.stringify({ ...rest, seed, study: { ...study, training } }));
  }
};

/** How long opening and sorting take depends on the machine and is reported, not asserted: `EPOCHLENS_FRAME_TIMES=1 node test/vscode/run.mjs --driven --only "five hundred"`. */
if (process.env['EPOCHLENS_FRAME_TIMES'] !== undefined)
  suite('runs table of five hundred', { prepare: prepareMany, size: { width: 1500, height: 950 } }, (test) => {
    test('opens and sorts', async (workbench) => {
      const begun = performance.now();
      await workbench.runCommand('EpochLens: Runs Table');
      const frame = await open(workbench);
      await choose(frame, 'Rows', 'runs');
      await rows(frame).nth(20).waitFor();
      const there = performance.now() - begun;
      await frame.getByText(/^Reading \d+ of/).waitFor({ state: 'detached' });
      const read = performance.now() - begun;
      const sorting = await head(frame, 'accuracy').evaluate((element: HTMLElement) => {
        const started = performance.now();
        element.click();
        return new Promise<number>((done) => queueMicrotask(() => done(performance.now() - started)));
      });
      console.log(
        `500 runs: rows after ${there.toFixed(0)} ms, all read after ${read.toFixed(0)} ms, sorting ${sorting.toFixed(1)} ms`,
      );
      await workbench.screenshot('runs-table-500');
    });
  });
