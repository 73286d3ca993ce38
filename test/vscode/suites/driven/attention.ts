/** Attention over epochs: the curves, where focus settles, the images, sorted, exports, reload, a damaged checkpoint. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { checkpointPath } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { assertLooks, choose, chooseMethod, exportAs, reloadKept, stopAndGoOn } from '../../harness/panels';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const STUDY = 'small.epochlens.json';
const NAMED = 3;
let workspace = '';
let run = '';

async function prepare(folder: string): Promise<void> {
  workspace = folder;
  const dataset = { kind: 'synthetic', trainCount: 192, testCount: 60, seed: 1 };
  const study = await writeSmallStudy(folder, { name: 'small', epochs: 2, more: { dataset } });
  run = join(folder, '.epochlens', 'runs', 'small', 'run');
  await trainStudy(study, '--run', run);
}

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open(/^Attention/);
const rows = (frame: Frame): Locator => frame.locator('.images .row');

/** The numbers of so many images are there, and the heatmaps in sight are drawn. */
async function measured(frame: Frame, images: number): Promise<void> {
  await frame.locator(`.images[aria-rowcount="${images + 1}"]`).waitFor();
  await frame.locator('.images').scrollIntoViewIfNeeded();
  await frame.locator('.measured').evaluate((content) => (content.scrollTop = content.scrollHeight));
  await frame.waitForFunction(() => {
    const heat = document.querySelector<HTMLCanvasElement>('.images .row .frame .heat');
    return heat !== null && heat.width === 44;
  });
}

/** How many different colours a chart has: an empty one has few. */
function colours(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
    return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
  });
}

suite('attention over epochs', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('the lens opens it: curves, where focus settles, and the randomisation check', async (workbench) => {
    await workbench.openFile(STUDY);
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.editors.clickCodeLens('Attention');
    const frame = await panel(workbench);
    await measured(frame, NAMED);
    await workbench.runCommand('View: Close Editors in Other Groups');
    // Images with known masks have the share inside, too.
    assert.equal(await frame.locator('.chart:visible').count(), 5);
    for (const chart of await frame.locator('.chart').all()) assert.ok((await colours(chart)) > 20);
    assert.match(
      await frame.locator('.settled-text').innerText(),
      /^(Focus settles at epoch [01]: at (both|all 3) checkpoints looked at|Focus does not settle before epoch 2: at epoch 1|When focus settles cannot be said: at epoch 1 only).* Of 3 images, [0-3] settled before the last epoch\./,
    );
    assert.match(
      await frame.locator('.one-class').innerText(),
      /^Between epochs 0 and 2 the prediction of [0-3] of 3 images changes, .*ocus on the class predicted last .*ocus on the label /,
    );
    assert.match(
      await frame.locator('.check').innerText(),
      /^Randomisation check \(Adebayo et al\. 2018\): .*at random weights \(epoch 0\) and at epoch 2, (correlate [−\d.]+ \(n = [1-3], .*\)|cannot be compared: of each image one of the two is flat\.)/,
    );
    await frame.locator('.measured').evaluate((content) => (content.scrollTop = 0));
    await workbench.screenshot('attention');
  });

  test('another method is measured', async (workbench) => {
    const frame = await panel(workbench);
    const numbers = (): Promise<string> => frame.locator('.images .row').first().innerText();
    const before = await numbers();
    await chooseMethod(frame, 'Input × gradient');
    await until('other numbers are there', async () => (await numbers()) !== before);
    await measured(frame, NAMED);
    await workbench.screenshot('attention-method');
    await chooseMethod(frame, undefined);
    await until('the first numbers are back', async () => (await numbers()) === before);
    await frame.locator('.measured').evaluate((content) => (content.scrollTop = 0));
  });

  test('the keys read out an epoch', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('.chart').first().focus();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('ArrowRight');
    await frame
      .locator('.values[role="status"]')
      .filter({ hasText: /Epoch 1\D.*with the last epoch, or the epoch’s own\s*−?[\d.]+ \(.*\(dotted\)\s*[\d.]+ %/ })
      .waitFor();
    await workbench.page.keyboard.press('Escape');
    await frame.locator('.values[role="status"]').filter({ hasText: 'Epoch 2' }).waitFor();
    // All values stand in a table, too.
    await frame.locator('.all-values summary').click();
    await frame.locator('.all-values tbody tr').first().waitFor();
    assert.equal(await frame.locator('.all-values tbody tr').count(), 3);
    assert.match(await frame.locator('.all-values tbody tr').nth(1).innerText(), /^1\s+[\d.]+ %\s+−?[\d.]+ \(/);
    await frame.locator('.all-values summary').click();
  });

  test('other images, stopped and taken up again, and the label’s heatmaps are measured; the list is sorted', async (workbench) => {
    const frame = await panel(workbench);
    const said = await stopAndGoOn(workbench, {
      begin: async () => {
        await choose(frame, 'Images', 'First 50 test images');
        return frame.locator('.banner').first();
      },
      after: /Computing: [1-9]\d* of 150/,
      whenStopped: () => workbench.screenshot('attention-stopped'),
    });
    assert.match(said, /Stopped: [1-9]\d* of 150 heatmaps/);
    await measured(frame, 50);
    await choose(frame, 'Class of the heatmaps', 'Label');
    await frame.locator('.banner').first().waitFor({ state: 'hidden' });
    await frame.locator('.sort').filter({ hasText: 'Entropy' }).click();
    await frame.locator('[aria-sort="ascending"]').filter({ hasText: 'Entropy' }).waitFor();
    await listInSight(frame);
    const rising = await entropies(frame);
    assert.ok(rising.length > 3);
    assert.deepEqual(
      rising,
      [...rising].sort((a, b) => a - b),
    );
    await frame.locator('.sort').filter({ hasText: 'Entropy' }).click();
    await frame.locator('[aria-sort="descending"]').filter({ hasText: 'Entropy' }).waitFor();
    const falling = await entropies(frame);
    assert.deepEqual(
      falling,
      [...falling].sort((a, b) => b - a),
    );
    assert.ok((falling[0] ?? 0) >= (rising.at(-1) ?? 1));
    await measured(frame, 50);
    await workbench.screenshot('attention-fifty');
  });

  test('numbers and curves are exported', async (workbench) => {
    const frame = await panel(workbench);
    const [png, csv] = [join(workspace, 'curves.png'), join(workspace, 'numbers.csv')];
    await exportAs(frame, 'CSV');
    await workbench.quickInput.chooseFile(csv);
    await frame.locator('.note').filter({ hasText: 'Saved as numbers.csv' }).waitFor();
    const table = await readTable(csv);
    // A line for the mean and for each image at each of the three epochs.
    assert.equal(table.length, 3 + 50 * 3);
    assert.deepEqual(Object.keys(table[0] ?? {}).slice(0, 7), [
      'image',
      'label',
      'epoch',
      'test_accuracy',
      'predicted',
      'settled',
      'spearman_previous',
    ]);
    // What the list shows of an image's last epoch is what is exported.
    await listInSight(frame);
    const name = await rows(frame).first().locator('strong').innerText();
    const [shown] = await entropies(frame);
    const last = table.find(({ image, epoch }) => image === name.replace(' ', ':') && epoch === '2');
    assert.ok(Math.abs(Number(last?.['entropy']) - (shown ?? Infinity)) < 0.006, `${name}: ${String(shown)}`);
    await exportAs(frame, 'PNG');
    await workbench.quickInput.chooseFile(png);
    await frame.locator('.note').filter({ hasText: 'Saved as curves.png' }).waitFor();
    const { width, height, colours: drawn } = await readFigure(png);
    assert.ok(width > 600 && height > 600, `${width} × ${height}`);
    assert.ok(drawn > 100, `${drawn} colours`);
  });

  test('after a reload the panel is back as it was, in every theme and narrow', async (workbench) => {
    await workbench.views.open('Explorer');
    await reloadKept(workbench);
    const frame = await panel(workbench);
    await measured(frame, 50);
    await frame.locator('[aria-sort="descending"]').filter({ hasText: 'Entropy' }).waitFor();
    await assertLooks(workbench, frame, { name: 'attention', narrow: [700, 900] });
  });

  test('a damaged checkpoint is said, with a way on', async (workbench) => {
    await writeFile(checkpointPath(run, 2), 'nothing');
    await rm(join(run, 'results'), { recursive: true });
    const frame = await panel(workbench);
    await choose(frame, 'Class of the heatmaps', 'Predicted');
    const banner = frame.locator('.banner.failed').first();
    await banner.filter({ hasText: 'epoch-002.safetensors' }).waitFor();
    await banner.locator('vscode-button').filter({ hasText: 'Retry' }).waitFor();
    await workbench.screenshot('attention-damaged');
  });
});

/** The beginning of the list is in sight, in place of the charts. */
async function listInSight(frame: Frame): Promise<void> {
  await frame.locator('.measured').evaluate((scroller) => {
    scroller.scrollTop = (document.querySelector('.images') as HTMLElement).offsetTop;
  });
  await frame.locator('.images .row[aria-rowindex="2"]').waitFor();
}

/** Of the rows in sight, without those that have none. */
async function entropies(frame: Frame): Promise<number[]> {
  const texts = await rows(frame).evaluateAll((all) =>
    all.map((row) => row.querySelectorAll('.value')[3]?.textContent ?? ''),
  );
  return texts.map(Number).filter((value) => !Number.isNaN(value));
}
