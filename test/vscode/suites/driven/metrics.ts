/** The metrics panel: several runs at once, values, a run that trains, exports, an empty start. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { writeEpoch, writeStatus } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { writeFinishedRun } from '../../harness/finishedRun';
import { assertLooks, reloadKept } from '../../harness/panels';
import { writeSmallStudy } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

let workspace = '';
let live = '';

const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'first', epochs: 5 }));
  live = await writeFinishedRun(await writeSmallStudy(folder, { name: 'second', epochs: 3 }));
};

const open = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Metrics', 30_000);
const tables = (frame: Frame) => frame.locator('table.numbers');

/** Chooses what is saved, and answers where to. */
async function save(workbench: Workbench, item: string, file: string): Promise<void> {
  const frame = await open(workbench);
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.locator('vscode-button').filter({ hasText: item }).click();
  await workbench.quickInput.chooseFile(join(workspace, file));
  await frame.locator('.note').getByText(`Saved as ${file}`).waitFor();
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

  test('keeps what is shown when the window is reloaded, in every theme', async (workbench) => {
    const frame = await open(workbench);
    await frame.getByRole('button', { name: 'Appearance' }).click();
    await frame.locator('vscode-checkbox').filter({ hasText: 'Logarithmic loss' }).click();
    await frame.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    await reloadKept(workbench);
    const again = await open(workbench);
    await tables(again).first().waitFor();
    assert.equal(await tables(again).count(), 1);
    await again.getByRole('button', { name: 'Appearance' }).click();
    const logarithmic = again.locator('vscode-checkbox').filter({ hasText: 'Logarithmic' });
    await logarithmic.and(again.locator('[aria-checked=true]')).waitFor();
    await again.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    await assertLooks(workbench, again, { name: 'metrics', narrow: [700, 900] });
  });

  test('leads on when the last run is gone', async (workbench) => {
    for (const name of ['first', 'second']) await rm(join(workspace, '.epochlens', 'runs', name), { recursive: true });
    const frame = await open(workbench);
    await frame.getByRole('heading', { name: 'No run yet' }).waitFor();
    await workbench.screenshot('metrics-empty');
  });
});
