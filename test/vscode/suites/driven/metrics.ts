/** The metrics panel: several runs at once, values, a run that trains, exports, an empty start. */
import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { writeEpoch, writeStatus } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

/** In a browser VS Code writes down what is open every five seconds. */
const STORED = 6000;

let workspace = '';
let live = '';

const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'first', epochs: 5 }));
  live = await writeFinishedRun(await writeSmallStudy(folder, { name: 'second', epochs: 3 }));
};

const open = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Metrics', 30_000);
const tables = (frame: Frame) => frame.locator('table.numbers');

/** Presses a button and answers where to. */
async function save(workbench: Workbench, button: string, file: string): Promise<void> {
  const frame = await open(workbench);
  await frame.locator('vscode-button').filter({ hasText: button }).click();
  await workbench.quickInput.chooseFile(join(workspace, file));
  await frame.getByText(`Saved as ${file}`).waitFor();
}

suite('metrics', { prepare, size: { width: 1400, height: 900 } }, (test) => {
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
    await frame.locator('.runs').getByText('epoch 4 of 6 · 66.6 %').waitFor();
    await tables(frame).getByText('77.7').waitFor();
    await workbench.screenshot('metrics-live');
  });

  test('exports numbers and a picture', async (workbench) => {
    await save(workbench, 'Export CSV', 'metrics.csv');
    const lines = (await readFile(join(workspace, 'metrics.csv'), 'utf8')).trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 6 + 5);
    assert.match(lines[0] ?? '', /^study,run,epoch,trainLoss/);
    await save(workbench, 'Export PNG', 'metrics.png');
    const png = await readFile(join(workspace, 'metrics.png'));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok((await stat(join(workspace, 'metrics.png'))).size > 10_000);
  });

  test('keeps what is shown when the window is reloaded, in every theme', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('vscode-checkbox').filter({ hasText: 'Logarithmic loss' }).click();
    await frame.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    await workbench.page.waitForTimeout(STORED);
    await workbench.reload();
    const again = await open(workbench);
    await tables(again).first().waitFor();
    assert.equal(await tables(again).count(), 1);
    const logarithmic = again.locator('vscode-checkbox').filter({ hasText: 'Logarithmic' });
    assert.equal(await logarithmic.getAttribute('aria-checked'), 'true');
    await again.locator('vscode-checkbox').filter({ hasText: 'first' }).click();
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'] as const) {
      await workbench.setTheme(theme);
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(`metrics-${theme}`);
    }
    await workbench.setTheme('Default Dark Modern');
  });

  test('leads on when the last run is gone', async (workbench) => {
    for (const name of ['first', 'second']) await rm(join(workspace, '.epochlens', 'runs', name), { recursive: true });
    const frame = await open(workbench);
    await frame.getByRole('heading', { name: 'No run yet' }).waitFor();
    await workbench.screenshot('metrics-empty');
  });
});
