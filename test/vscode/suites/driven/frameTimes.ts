/**
 * How smooth the panels are: the times between frames of the heatmap panel, in the page, while sliders are dragged and
 * lists are scrolled, with 144 heatmaps in sight; and how long the runs table takes to open and sort 500 runs. They depend on the machine and are reported, not asserted. After `npm start`:
 * `EPOCHLENS_FRAME_TIMES=1 node test/vscode/run.mjs --vscode 1.100 --driven --only "frame times"`. Without the variable
 * there is no such suite.
 */
import type { Frame, Locator, Page } from 'playwright-core';
import { suite } from '../../harness/driven';
import { choose } from '../../harness/panels';
import { makeManyRuns } from '../../../bench/table/runs';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';

const CHECKPOINTS = 12;
const IMAGES = 24;
/** Cells of the smallest size, of which so many rows are in sight in the suite's window. */
const ROWS = 12;

const prepare = async (folder: string): Promise<void> => {
  const more = {
    dataset: { kind: 'synthetic', trainCount: 64, testCount: IMAGES, seed: 1 },
    explain: { checkpoints: 'all', images: { test: Array.from({ length: IMAGES }, (_, index) => index) } },
  };
  await trainStudy(await writeSmallStudy(folder, { name: 'smooth', epochs: CHECKPOINTS - 1, more }));
};

/** Milliseconds between the frames of the page while something is done in it. */
async function frameTimes(frame: Frame, act: () => Promise<void>): Promise<number[]> {
  await frame.evaluate(() => {
    const state = window as unknown as { frameTimes: number[]; stopFrames: () => void };
    state.frameTimes = [];
    let before: number | undefined;
    let handle = 0;
    const next = (now: number): void => {
      if (before !== undefined) state.frameTimes.push(now - before);
      before = now;
      handle = requestAnimationFrame(next);
    };
    handle = requestAnimationFrame(next);
    state.stopFrames = () => cancelAnimationFrame(handle);
  });
  await act();
  return frame.evaluate(() => {
    const state = window as unknown as { frameTimes: number[]; stopFrames: () => void };
    state.stopFrames();
    return state.frameTimes;
  });
}

/** Drags a slider's thumb from end to end and back, in steps of a few pixels. */
async function drag(page: Page, slider: Locator): Promise<void> {
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not in sight');
  const y = box.y + box.height / 2;
  const [left, right] = [box.x + 8, box.x + box.width - 8];
  await page.mouse.move(left, y);
  await page.mouse.down();
  for (const to of [right, left, right, left]) await page.mouse.move(to, y, { steps: 40 });
  await page.mouse.up();
}

async function wheel(page: Page, over: Locator): Promise<void> {
  await over.hover();
  for (const by of [60, -60]) {
    for (let step = 0; step < 30; step++) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(16);
    }
  }
}

function percentile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? NaN).toFixed(1).padStart(8);
}

function measure(): void {
  const size = { width: 1500, height: 1500 };
  suite('frame times', { prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'of the heatmap panel',
      async (workbench) => {
        const { page, openFile, editors, runCommand, webviews } = workbench;
        await openFile('smooth.epochlens.json');
        await editors.clickCodeLens('Open Heatmaps');
        const frame = await webviews.open(/^Heatmaps: smooth/, 30_000);
        await runCommand('View: Close Editors in Other Groups');
        await runCommand('View: Close Primary Side Bar');
        const appearance = frame.locator('vscode-button[aria-label="Appearance"]');
        if ((await appearance.count()) > 0) await appearance.click();
        const slider = (label: string): Locator => frame.locator(`input[aria-label="${label}"]`);
        await slider('Cell size').fill('48');
        await frame.locator('.banner').waitFor({ state: 'hidden', timeout: 200_000 });
        const filled = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
        await filled.nth(ROWS * CHECKPOINTS - 1).waitFor();
        await workbench.screenshot('frame-times');
        const found: [name: string, times: number[]][] = [];
        const add = async (name: string, act: () => Promise<void>): Promise<void> => {
          await page.waitForTimeout(500);
          found.push([name, await frameTimes(frame, act)]);
        };
        await add('nothing', () => page.waitForTimeout(2000));
        await add('opacity slider', () => drag(page, slider('Opacity of the heatmap')));
        await add('wheel over the grid', () => wheel(page, frame.locator('.scroller')));
        await add('size slider', () => drag(page, slider('Cell size')));
        await slider('Cell size').fill('48');
        await frame.locator('[role="gridcell"]').first().click();
        await frame.locator('dialog.detail').waitFor();
        await add('epoch slider', () => drag(page, slider('Epoch')));
        await workbench.screenshot('frame-times-detail');
        const head = `${'ms between frames'.padEnd(22)}  median      95 %      most    frames`;
        const lines = found.map(
          ([name, times]) =>
            `${name.padEnd(22)}${percentile(times, 0.5)}  ${percentile(times, 0.95)}  ${percentile(times, 1)}  ${String(times.length).padStart(8)}`,
        );
        console.log([head, ...lines].join('\n'));
      },
      { seconds: 400 },
    );
  });
}

/** From a click on a head, in the page itself, to the first frame that shows other rows. */
async function clickToFrame(head: Locator): Promise<number> {
  return head.evaluate((element) => {
    const first = (): string | null | undefined => document.querySelector('.line[data-key]')?.getAttribute('data-key');
    return new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const begin = performance.now();
        const before = first();
        (element as HTMLElement).click();
        const look = (): void => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () =>
            first() === before && performance.now() - begin < 5000
              ? requestAnimationFrame(look)
              : resolve(performance.now() - begin);
          channel.port2.postMessage(undefined);
        };
        requestAnimationFrame(look);
      });
    });
  });
}

function measureTable(): void {
  const runs = 500;
  const prepareMany = async (folder: string): Promise<void> => {
    await makeManyRuns(folder, { runs, epochs: 200, testImages: 50 });
  };
  suite(
    'table times',
    { prepare: prepareMany, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } },
    (test) => {
      test(
        `of the runs table with ${String(runs)} runs`,
        async ({ page, runCommand, webviews, screenshot }) => {
          for (const time of ['first', 'second']) {
            await runCommand('EpochLens: Runs Table');
            const begin = Date.now();
            const frame = await webviews.open('Runs Table', 30_000);
            await frame.locator('.line[data-key]').first().waitFor({ timeout: 60_000 });
            console.log(`from the command to the rows, the ${time} time: ${String(Date.now() - begin)} ms`);
            await page.waitForTimeout(time === 'first' ? 30_000 : 5000);
            if (time === 'first') await runCommand('View: Close All Editors');
          }
          const frame = await webviews.open('Runs Table');
          await screenshot('frame-times-table');
          for (const rows of ['recipes', 'runs']) {
            await choose(frame, 'Rows', rows);
            await page.waitForTimeout(1000);
            const found: number[] = [];
            for (let round = 0; round < 12; round++) {
              const head = frame.locator(`.head [data-column="${round % 2 === 0 ? 'accuracy' : 'loss'}"]`);
              found.push(await clickToFrame(head));
              await page.waitForTimeout(300);
            }
            console.log(
              `ms from a click on a head to the frame, ${rows}: median ${percentile(found, 0.5)}, most ${percentile(found, 1)}`,
            );
          }
          await screenshot('frame-times-table-runs');
        },
        { seconds: 400 },
      );
    },
  );
}

if (process.env['EPOCHLENS_FRAME_TIMES'] !== undefined) {
  measure();
  measureTable();
}
