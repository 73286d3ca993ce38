/** The metrics panel: several runs at once, values, a run that trains, exports, an empty start. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { appendSteps, writeEpoch, writeStatus } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { writeFinishedRun } from '../../harness/finishedRun';
import { assertLooks, choose, reloadKept } from '../../harness/panels';
import { writeSmallStudy } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

let workspace = '';
let live = '';

const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'first', epochs: 5 }));
  live = await writeFinishedRun(await writeSmallStudy(folder, { name: 'second', epochs: 3 }));
};

const open = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Metrics');
const tables = (frame: Frame) => frame.locator('table.numbers');

/** Chooses what is saved, and answers where to. */
async function save(workbench: Workbench, item: string, file: string): Promise<void> {
  const frame = await open(workbench);
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.locator('vscode-button').filter({ hasText: item }).click();
  await workbench.quickInput.chooseFile(join(workspace, file));
  await frame.locator('.note').getByText(`Saved as ${file}`).waitFor();
}

/** The drawn chart of learning rates. */
function pixelsOf(frame: Frame): Promise<string> {
  return frame
    .locator('.chart[aria-label^="Learning rate"] canvas')
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

suite('metrics', { prepare, size: { width: 1500, height: 950 } }, (test) => {
  test('shows all runs, and their values under the pointer', async (workbench) => {
    await workbench.runCommand('EpochLens: Show Metrics');
    const frame = await open(workbench);
    await tables(frame).nth(1).waitFor();
    await frame.locator('.chart').first().focus();
    await frame.locator('.chart').first().press('End');
    await frame.locator('.values').first().getByText('Epoch 5').waitFor();
    await frame.locator('.values').first().getByText('60.0').waitFor();
    await workbench.screenshot('metrics');
  });

  test('shows the runs that are chosen', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('vscode-checkbox').filter({ hasText: 'second' }).click();
    await tables(frame).nth(1).waitFor({ state: 'detached' });
    assert.match(await tables(frame).innerText(), /first/);
    await frame.locator('vscode-checkbox').filter({ hasText: 'second' }).click();
    await tables(frame).nth(1).waitFor();
  });

  test('follows a run that trains', async (workbench) => {
    const frame = await open(workbench);
    const begun = { startedAt: new Date().toISOString(), epochs: 6, step: 1, stepsPerEpoch: 4 };
    await writeStatus(live, { state: 'training', ...begun, epoch: 4, imagesPerSecond: 100, secondsLeft: 90 });
    const loss = { trainLoss: 0.5, testLoss: 0.6, learningRate: 0.05, seconds: 1, imagesPerSecond: 100 };
    const metrics = { epoch: 4, trainAccuracy: 77.7, testAccuracy: 66.6, ...loss };
    await writeEpoch(live, { epoch: 4, checkpoint: new Uint8Array(), optimizerState: undefined, metrics });
    await frame.locator('.runs').getByText('66.6 % · epoch 4 of 6').waitFor();
    await tables(frame).getByText('77.7').waitFor();
    await workbench.screenshot('metrics-live');
  });

  test('follows the steps within an epoch', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('vscode-button').filter({ hasText: 'Charts' }).click();
    await frame.locator('.chart-menu vscode-checkbox').filter({ hasText: 'Learning rate' }).click();
    await workbench.page.keyboard.press('Escape');
    await frame.locator('.chart[aria-label^="Learning rate"]').waitFor();
    const before = await pixelsOf(frame);
    await appendSteps(
      live,
      [1, 2, 3].map((step) => ({
        ...{ epoch: 5, step, of: 4, loss: 0.4 / step, accuracy: 80 },
        ...{ learningRate: 0.01 * step, imagesPerSecond: 100 + step },
      })),
    );
    await frame.waitForFunction((old) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.chart[aria-label^="Learning rate"] canvas');
      return canvas !== null && canvas.toDataURL() !== old;
    }, before);
    await workbench.screenshot('metrics-steps');
  });

  test('exports numbers and a picture', async (workbench) => {
    await save(workbench, 'Export the Values as CSV', 'metrics.csv');
    const table = await readTable(join(workspace, 'metrics.csv'));
    const accuracies = (name: string): string[] =>
      table.filter(({ study }) => study === name).map(({ testAccuracy }) => testAccuracy ?? '');
    assert.deepEqual(accuracies('first'), ['10', '20', '30', '40', '50', '60']);
    assert.deepEqual(accuracies('second'), ['10', '20', '30', '40', '66.6']);
    await save(workbench, 'Export the Figure as PNG', 'metrics.png');
    const { width, height, colours } = await readFigure(join(workspace, 'metrics.png'));
    assert.ok(width > 600 && height > 300, `${width} × ${height}`);
    assert.ok(colours > 50, `${colours} colours`);
  });

  test('draws the mean of a recipe over seeds, and zooms', async (workbench) => {
    const frame = await open(workbench);
    const study = (seed: number) => ({ training: { epochs: 4, batchSize: 32, learningRate: 0.05, seed } });
    for (const seed of [1, 2, 3])
      await writeFinishedRun(
        await writeSmallStudy(workspace, { name: 'seeds', epochs: 4, more: study(seed) }),
        2 * seed,
      );
    await choose(frame, 'Whether runs are drawn alone, or means over the seeds of each recipe', 'mean of each recipe');
    const recipe = frame.locator('.runs li.group').filter({ hasText: '0 of 3 shown' });
    await recipe.locator('vscode-checkbox').click();
    // Accuracies of 10 + 2, 10 + 4 and 10 + 6, and so on: a standard error of 2/√3, times 4.3027.
    await frame.locator('.chart').first().focus();
    await frame.locator('.chart').first().press('End');
    await frame.locator('.chart').first().press('ArrowLeft');
    await frame.locator('.values').getByText('54.0 (95 %: 49.0 … 59.0, n = 3)').waitFor();
    await frame.locator('.chart').first().press('+');
    await frame.locator('vscode-button').filter({ hasText: 'Reset Zoom' }).waitFor();
    await workbench.screenshot('metrics-seeds-zoomed');
    await frame.locator('.chart').first().press('0');
    await frame.locator('vscode-button').filter({ hasText: 'Reset Zoom' }).waitFor({ state: 'detached' });
    await workbench.screenshot('metrics-seeds');
    await save(workbench, 'Export the Values as CSV', 'seeds.csv');
    const table = await readTable(join(workspace, 'seeds.csv'));
    const mean = table.find(
      ({ measure, set, epoch, run }) => measure === 'accuracy' && set === 'test' && epoch === '4' && run === '',
    );
    assert.deepEqual([mean?.['mean'], mean?.['n']], ['54', '3']);
    assert.ok(Math.abs(Number(mean?.['low']) - 49.03172) < 1e-4, mean?.['low']);
    await choose(frame, 'Whether runs are drawn alone, or means over the seeds of each recipe', 'each run');
    await frame.locator('.runs li.group').filter({ hasText: '3 of 3 shown' }).locator('vscode-checkbox').click();
    await tables(frame).nth(2).waitFor({ state: 'detached' });
  });

  test('searches the list of runs', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('.run-search').fill('first');
    await frame.locator('.runs li.group').filter({ hasText: 'first' }).waitFor();
    assert.equal(await frame.locator('.runs li.group').count(), 1);
    await frame.locator('.run-search').fill('nothing of the kind');
    await frame.getByText('No run has these words').waitFor();
    await frame.locator('.run-search').fill('');
  });

  test('keeps what is shown when the window is reloaded, in every theme', async (workbench) => {
    const frame = await open(workbench);
    await frame.getByRole('button', { name: 'Appearance' }).click();
    await frame.locator('vscode-checkbox').filter({ hasText: 'Logarithmic loss' }).click();
    await frame.locator('vscode-checkbox').filter({ hasText: 'Logarithmic epochs' }).click();
    await frame.locator('input[type=range]').fill('0.6');
    await frame.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    await reloadKept(workbench);
    const again = await open(workbench);
    await tables(again).first().waitFor();
    assert.equal(await tables(again).count(), 1);
    await again.getByRole('button', { name: 'Appearance' }).click();
    const logarithmic = again.locator('vscode-checkbox').filter({ hasText: 'Logarithmic loss' });
    await again.locator('.smoothing').getByText('0.60').waitFor();
    await logarithmic.and(again.locator('[aria-checked=true]')).waitFor();
    await again.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    await assertLooks(workbench, again, { name: 'metrics', narrow: [700, 900] });
  });

  test('leads on when the last run is gone', async (workbench) => {
    for (const name of ['first', 'second', 'seeds'])
      await rm(join(workspace, '.epochlens', 'runs', name), { recursive: true });
    const frame = await open(workbench);
    await frame.getByRole('heading', { name: 'No run yet' }).waitFor();
    await workbench.screenshot('metrics-empty');
  });
});
