/** The gallery: choosing images of a study, smoothly over all of them, and looking at batch files. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { suite } from '../../harness/driven';
import { ROOT } from '../../harness/paths';
import { batchFile, EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { assertLooks, choose, reloadKept } from '../../harness/panels';
import type { Workbench } from '../../harness/workbench/workbench';

const STUDY = 'small.epochlens.json';
let workspace = '';

/** A trained study with a comment in it, one with 60,000 images, and batch files, one of them cut short. */
async function prepare(folder: string): Promise<void> {
  workspace = folder;
  const dataset = { kind: 'synthetic', trainCount: 200, testCount: 400, seed: 1 };
  const study = await writeSmallStudy(folder, { name: 'small', epochs: 1, more: { dataset } });
  const commented = (await readFile(study, 'utf8')).replace('"images": {', '// What to look at.\n    "images": {');
  await writeFile(study, commented);
  await trainStudy(study);
  const all = { kind: 'synthetic', trainCount: 50_000, testCount: 10_000, seed: 1 };
  await writeSmallStudy(folder, { name: 'large', epochs: 1, more: { dataset: all } });
  await writeFile(join(folder, 'test_batch.bin'), new Uint8Array(5000));
  await writeFile(join(folder, 'data_batch_1.bin'), batchFile(2345));
  await writePickle(join(folder, 'cifar-10-batches-py'), 'data_batch_1', 'cifar10 of Python 2');
  await writePickle(join(folder, 'CIFAR-100-Python'), 'train', 'cifar100 of Python 2');
}

/** Writes a batch of three images, as `test/fixtures/cifar/pickles.py` has it. */
async function writePickle(folder: string, name: string, which: string): Promise<void> {
  const fixture = join(ROOT, 'test', 'fixtures', 'cifar', 'pickles.json');
  const pickles = JSON.parse(await readFile(fixture, 'utf8')) as Record<string, string>;
  await mkdir(folder);
  await writeFile(join(folder, name), inflateSync(Buffer.from(pickles[which] ?? '', 'base64')));
}

async function openGallery({ runCommand, quickInput, webviews }: Workbench, study: string): Promise<Frame> {
  await runCommand('EpochLens: Choose Study Images');
  await quickInput.choose(study);
  const frame = await webviews.open(`Gallery: ${study}`);
  await frame.locator('.count').filter({ hasText: 'images' }).waitFor();
  return frame;
}

const open = ({ webviews }: Workbench, study = 'small'): Promise<Frame> => webviews.open(`Gallery: ${study}`);

const count = (frame: Frame): Promise<string> => frame.locator('.count').innerText();
const selected = (frame: Frame): Promise<string> => frame.locator('.footer .selected').innerText();
const focused = (frame: Frame): Promise<string> => frame.locator('#focused-image').innerText();
const index = (frame: Frame) => frame.locator('input.index');

/** How dark-or-bright the canvas is at the middle of a tile: not the colour of an empty one. */
async function paints(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.grid canvas');
    if (canvas === null) return false;
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, 200, 200);
    return new Set(new Uint32Array(data.buffer)).size > 100;
  });
}

suite('gallery', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('shows a study’s images, those it names selected', async (workbench) => {
    const frame = await openGallery(workbench, 'small');
    await paints(frame);
    assert.equal(await count(frame), '400 images');
    assert.equal(await selected(frame), '3 selected (3 test)');
    await workbench.screenshot('gallery');
  });

  test('filters by class and by index, and goes to an image', async (workbench) => {
    const frame = await open(workbench);
    await index(frame).fill('10-20, 55');
    await frame.locator('.count').filter({ hasText: '12 of 400 images' }).waitFor();
    await index(frame).fill('500');
    await frame.getByText('There is no image 500: they go from 0 to 399').waitFor();
    await index(frame).fill('321');
    await index(frame).press('Enter');
    assert.match(await focused(frame), /^test:321, /);
    await frame.getByRole('listbox').press('Home');
    assert.match(await focused(frame), /^test:0, /);
    await index(frame).fill('');
    await choose(frame, 'Set', 'Training (200)');
    await frame.locator('.count').filter({ hasText: '200 images' }).waitFor();
    await choose(frame, 'Set', 'Test (400)');
    await workbench.screenshot('gallery-filter');
  });

  test('selects by keys and clicks, and saves to the study file, which can be undone', async (workbench) => {
    const frame = await open(workbench);
    const grid = frame.getByRole('listbox');
    await grid.press('Home');
    await grid.press('Space');
    assert.equal(await selected(frame), '2 selected (2 test) · not saved');
    await grid.press('ArrowRight');
    await grid.press('ArrowRight');
    await grid.press('ArrowRight');
    await grid.press('Space');
    await grid.press('Shift+ArrowRight');
    assert.equal(await selected(frame), '4 selected (4 test) · not saved');
    await frame.locator('vscode-button').filter({ hasText: 'Save to Study' }).click();
    await frame.locator('.said').getByText(`Saved to ${STUDY}.`).waitFor();
    await workbench.screenshot('gallery-saved');
    const text = await readFile(join(workspace, STUDY), 'utf8');
    assert.match(text, /\[1, 2, 3, 4\]/);
    assert.match(text, /\/\/ What to look at\./);
    await workbench.openFile(STUDY);
    await workbench.runCommand('Undo');
    await workbench.runCommand('File: Save');
    await workbench.editors.tab('Gallery: small').click();
    const again = await open(workbench);
    await again.locator('.footer .selected').filter({ hasText: '3 selected (3 test)' }).waitFor();
  });

  test('shows only what a checkpoint gets wrong', async (workbench) => {
    const frame = await open(workbench);
    await choose(frame, 'Checkpoint whose predictions are shown', 'Epoch 1');
    await frame
      .locator('.predictions')
      .getByText(/Epoch 1 gets \d+ of 400 test images right/)
      .waitFor();
    await choose(frame, 'Right or wrong', 'Only what it gets wrong');
    await frame.locator('.count').filter({ hasText: 'of 400 images' }).waitFor();
    assert.match(await focused(frame), /epoch 1 takes it for .+: wrong/);
    await workbench.screenshot('gallery-wrong');
    await assertLooks(workbench, frame, { name: 'gallery-wrong', narrow: [900, 800] });
  });

  test('comes back after the window is reloaded, with what was picked', async (workbench) => {
    const frame = await open(workbench);
    await frame.getByRole('listbox').press('Home');
    await frame.getByRole('listbox').press('Space');
    const [before, shown] = [await selected(frame), await count(frame)];
    assert.match(before, /not saved/);
    await reloadKept(workbench);
    const again = await open(workbench);
    // The page is there before the extension, which reads the study anew.
    await again.locator('.footer .selected').filter({ hasText: before }).waitFor();
    // Which images are wrong an engine of its own says.
    await again.locator('.count').filter({ hasText: shown }).waitFor();
    await workbench.screenshot('gallery-reloaded');
  });

  test('opens the heatmaps of what is selected', async (workbench) => {
    const frame = await open(workbench);
    await frame.locator('vscode-button').filter({ hasText: 'Show Heatmaps' }).click();
    await workbench.webviews.open(/^Heatmaps: small/);
    await workbench.screenshot('gallery-heatmaps');
    await workbench.editors.closeAll();
  });

  test('scrolls through 60,000 images to the last, and says how smoothly', async (workbench) => {
    const frame = await openGallery(workbench, 'large');
    await choose(frame, 'Set', 'Training (50,000)');
    await paints(frame);
    const still = await frame.evaluate(scrollThrough, { step: 0, milliseconds: 500 });
    const frames = await frame.evaluate(scrollThrough, { step: 400, milliseconds: 3000 });
    // A report and no assertion: how long a frame takes is the machine's matter as well.
    console.log(`gallery: ${JSON.stringify({ still, frames })}`);
    assert.ok(frames.top > 0);
    await frame.evaluate(() => {
      const grid = document.querySelector('.grid') as HTMLElement;
      grid.scrollTop = grid.scrollHeight;
    });
    await paints(frame);
    await workbench.screenshot('gallery-large');
    await workbench.editors.closeAll();
  });

  test('a batch file opens as its images', async (workbench) => {
    await workbench.openFile('data_batch_1.bin');
    const frame = await workbench.webviews.open('data_batch_1.bin');
    await paints(frame);
    assert.equal(await count(frame), '2,345 images');
    assert.equal(await frame.locator('vscode-button').filter({ hasText: 'Save to Study' }).isVisible(), false);
    await frame.getByRole('listbox').press('End');
    assert.match(await focused(frame), /^train:2344, deer$/);
    await paints(frame);
    await workbench.screenshot('gallery-batch');
  });

  test('so does one of the Python version, and of CIFAR-100', async (workbench) => {
    const files = [
      ['cifar-10-batches-py/data_batch_1', 'train:1, truck'],
      ['CIFAR-100-Python/train', 'train:1, worm'],
    ] as const;
    for (const [file, image] of files) {
      await workbench.openFile(file);
      const frame = await workbench.webviews.open(basename(file));
      await frame.locator('.count').filter({ hasText: '3 images' }).waitFor();
      await frame.getByRole('listbox').press('Home');
      await frame.getByRole('listbox').press('ArrowRight');
      assert.ok((await focused(frame)).startsWith(image), await focused(frame));
      await paints(frame);
      await workbench.screenshot(`gallery-${basename(file)}`);
    }
  });

  test('a batch file that is cut short says so', async (workbench) => {
    await workbench.openFile('test_batch.bin');
    const frame = await workbench.webviews.open('test_batch.bin');
    await frame.getByRole('heading', { name: 'test_batch.bin cannot be shown' }).waitFor();
    assert.match(await frame.locator('.empty-state p').innerText(), /3,?073/);
    await workbench.screenshot('gallery-batch-damaged');
  });
});

/** Runs in the page: scrolls by so many pixels a frame, and says how long its frames took. */
function scrollThrough({
  step: pixels,
  milliseconds,
}: {
  step: number;
  milliseconds: number;
}): Promise<{ frames: number; median: number; p95: number; longest: number; top: number }> {
  const grid = document.querySelector('.grid') as HTMLElement;
  const times: number[] = [];
  const begin = performance.now();
  let last = begin;
  return new Promise((done) => {
    const step = (now: number): void => {
      times.push(now - last);
      last = now;
      grid.scrollTop += pixels;
      if (now - begin < milliseconds) {
        requestAnimationFrame(step);
        return;
      }
      const sorted = times.slice(1).sort((a, b) => a - b);
      const at = (share: number): number =>
        Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
      done({ frames: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1), top: grid.scrollTop });
    };
    requestAnimationFrame(step);
  });
}
