/** Trust in heatmaps: what it costs, the numbers of each tab, stopped, exported, kept over a reload, a damaged checkpoint. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { checkpointPath } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { assertLooks, choose, exportAs, reloadKept, stopAndGoOn } from '../../harness/panels';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

let workspace = '';
let run = '';

async function prepare(folder: string): Promise<void> {
  workspace = folder;
  const dataset = { kind: 'synthetic', trainCount: 192, testCount: 60, seed: 1 };
  const study = await writeSmallStudy(folder, { name: 'small', epochs: 2, more: { dataset } });
  run = join(folder, '.epochlens', 'runs', 'small', 'run');
  await trainStudy(study, '--run', run);
}

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open(/^Trust in Heatmaps/);

async function showTab(frame: Frame, name: string): Promise<void> {
  await frame.locator('.tab').filter({ hasText: name }).click();
  await frame.locator('.tab[aria-selected="true"]').filter({ hasText: name }).waitFor();
}

const measure = (frame: Frame): Locator =>
  frame.locator('.empty-state vscode-button').filter({ hasText: 'Measure' }).first();

async function found(frame: Frame, sentence: RegExp): Promise<void> {
  await frame.locator('.findings p').filter({ hasText: sentence }).first().waitFor();
}

suite('trust in heatmaps', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('faithfulness says what it takes, is stopped and goes on, and is said in sentences', async (workbench) => {
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('EpochLens: Show Trust in Heatmaps');
    const frame = await panel(workbench);
    await measure(frame).waitFor();
    await choose(frame, 'Images', 'The study’s (3)');
    await frame
      .locator('.empty-state')
      .filter({ hasText: /takes about [\d,]+ forward passes/ })
      .waitFor();
    await workbench.screenshot('trust-before');
    const said = await stopAndGoOn(workbench, {
      begin: async () => {
        await measure(frame).click();
        return frame.locator('.banner').first();
      },
      after: /Computing: [1-9]\d* of \d+/,
      whenStopped: () => workbench.screenshot('trust-stopped'),
    });
    assert.match(said, /Stopped: [1-9]\d* of \d+ images through the network/);
    await frame.locator('.banner').first().waitFor({ state: 'hidden' });
    await found(frame, /^Deletion: .*Grad-CAM at layer3\.2 .*\b3 images/);
    await frame
      .locator('.values[role="status"]')
      .filter({ hasText: /Epoch 2.*Deletion[^]*a random map/ })
      .waitFor();
    await workbench.screenshot('trust-faithfulness');
  });

  test('the other tabs are chosen by keys, and measured on a press', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('.tab[aria-selected="true"]').focus();
    await workbench.page.keyboard.press('End');
    await frame.locator('.tab[aria-selected="true"]').filter({ hasText: 'Calibration' }).waitFor();
    await measure(frame).click();
    await found(frame, /^The ECE goes from 0\.\d+ at epoch 0 to 0\.\d+ at epoch 2/);
    await workbench.screenshot('trust-calibration');
    await frame.locator('.tab[aria-selected="true"]').focus();
    await workbench.page.keyboard.press('ArrowLeft');
    await frame.locator('.tab[aria-selected="true"]').filter({ hasText: 'Localisation' }).waitFor();
    await measure(frame).click();
    await found(frame, /^At epoch 2 the energy inside of Grad-CAM at layer3\.2 /);
    await workbench.screenshot('trust-localisation');
    await showTab(frame, 'Sanity Checks');
    await measure(frame).click();
    await found(frame, /sensitive to the class at epoch 2/);
    await workbench.screenshot('trust-sanity');
  });

  test('numbers and charts are exported', async (workbench) => {
    const frame = await panel(workbench);
    await showTab(frame, 'Calibration');
    await found(frame, /^The ECE goes/);
    const [png, csv] = [join(workspace, 'charts.png'), join(workspace, 'numbers.csv')];
    await exportAs(frame, 'CSV');
    await workbench.quickInput.chooseFile(csv);
    await frame.locator('.note').filter({ hasText: 'Saved as numbers.csv' }).waitFor();
    const table = await readTable(csv);
    const ece = table.filter(({ measure: name, of }) => name === 'ece_equalWidth' && of === 'all');
    assert.deepEqual(
      ece.map(({ epoch, n }) => [epoch, n]),
      [
        ['0', '60'],
        ['1', '60'],
        ['2', '60'],
      ],
    );
    await exportAs(frame, 'PNG');
    await workbench.quickInput.chooseFile(png);
    await frame.locator('.note').filter({ hasText: 'Saved as charts.png' }).waitFor();
    const { width, height, colours } = await readFigure(png);
    assert.ok(width > 600 && height > 600 && colours > 50, `${width} × ${height}, ${colours} colours`);
  });

  test('after a reload the tab and what was measured are back, in every theme and narrow', async (workbench) => {
    await workbench.views.open('Explorer');
    await reloadKept(workbench);
    const frame = await panel(workbench);
    await frame.locator('.tab[aria-selected="true"]').filter({ hasText: 'Calibration' }).waitFor();
    await found(frame, /^The ECE goes/);
    await assertLooks(workbench, frame, { name: 'trust', narrow: [400, 900] });
  });

  test('a damaged checkpoint is said, with a way on', async (workbench) => {
    await writeFile(checkpointPath(run, 2), 'nothing');
    await rm(join(run, 'results'), { recursive: true });
    const frame = await panel(workbench);
    await choose(frame, 'Images', 'First 25 test images');
    const banner = frame.locator('.banner.failed').first();
    await measure(frame).or(banner).first().waitFor();
    if (!(await banner.isVisible())) await measure(frame).click();
    await banner.filter({ hasText: 'epoch-002.safetensors' }).waitFor();
    await banner.locator('vscode-button').filter({ hasText: 'Retry' }).waitFor();
    await workbench.screenshot('trust-damaged');
  });
});
