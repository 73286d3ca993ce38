/** Misclassified images: a confusion cell, its images and their three maps, fates, the study's search, exports, reload. */
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { searchOrder } from '../../../../src/measures/misclassified';
import { checkpointPath } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { readFigure } from '../../harness/exports';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { assertLooks, chooseMethod, exportAs, openLayers, reloadKept, stopAndGoOn } from '../../harness/panels';
import { pixelsOf } from '../../harness/pictures';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const STUDY = 'small.epochlens.json';
const IMAGES = 120;
let workspace = '';
let run = '';

/** A study that has learned a little: it gets many images right, and many wrong. */
async function prepare(folder: string): Promise<void> {
  workspace = folder;
  const dataset = { kind: 'synthetic', trainCount: 320, testCount: IMAGES, seed: 1 };
  const study = await writeSmallStudy(folder, { name: 'small', epochs: 4, more: { dataset } });
  run = join(folder, '.epochlens', 'runs', 'small', 'run');
  await trainStudy(study, '--run', run);
}

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open(/^Misclassified images/);
const title = (frame: Frame): Promise<string> => frame.locator('.heading h2').innerText();
const rows = (frame: Frame): Locator => frame.locator('.row');

/** The predictions of all checkpoints are there, and the rows in sight have their heatmaps. */
async function ready(frame: Frame): Promise<void> {
  await frame.locator('.fate:not([disabled])').first().waitFor();
  await frame.locator('.row .predicted figcaption').filter({ hasText: '%' }).first().waitFor();
  await frame.locator('.pending').first().waitFor({ state: 'detached' });
}

/** How many images a cell's own description says it has. */
async function imagesOf(cell: Locator): Promise<number> {
  return Number(/: (\d+) images?$/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1]);
}

/** The fullest cell off the diagonal. */
async function confusedCell(frame: Frame): Promise<Locator> {
  const wrong = frame.locator('.matrix td.cell:not(.right)');
  const texts = await wrong.allInnerTexts();
  const counts = texts.map(Number);
  return wrong.nth(counts.indexOf(Math.max(...counts)));
}

suite('misclassified images', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('the lens opens them, and all checkpoints are asked, also after a stop', async (workbench) => {
    await workbench.openFile(STUDY);
    await stopAndGoOn(workbench, {
      begin: async () => {
        await workbench.editors.clickCodeLens('Misclassified');
        return (await panel(workbench)).locator('.banner').first();
      },
      whenStopped: () => workbench.screenshot('mistakes-stopped'),
    });
    const frame = await panel(workbench);
    await ready(frame);
    const all = await imagesOfAll(frame);
    assert.equal(all, IMAGES);
    const fates = await frame.locator('.fate .share-text').allInnerTexts();
    assert.equal(
      fates.map(Number).reduce((a, b) => a + b),
      IMAGES,
    );
    assert.match(await title(frame), /^All wrong: \d+ images$/);
    // The study file gives its room to the panel.
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('View: Close Editors in Other Groups');
    await workbench.screenshot('mistakes');
  });

  test('a cell is chosen by a click, and its images have three maps', async (workbench) => {
    const frame = await panel(workbench);
    const cell = await confusedCell(frame);
    const count = await imagesOf(cell);
    const [label, predicted] =
      /^(.+) taken for (.+):/.exec((await cell.getAttribute('aria-label')) ?? '')?.slice(1) ?? [];
    await cell.click();
    assert.equal(await title(frame), `${label} taken for ${predicted}: ${count} image${count === 1 ? '' : 's'}`);
    await ready(frame);
    const first = rows(frame).first();
    assert.equal(await first.getAttribute('aria-setsize'), String(count));
    assert.match(await first.locator('.predicted figcaption').innerText(), new RegExp(`^${predicted} [\\d.>]+ %$`));
    assert.match(await first.locator('.other figcaption').innerText(), new RegExp(`^${label} [\\d.>]+ %$`));
    // Each is drawn, and not the same.
    const different = async (): Promise<number> =>
      new Set(await Promise.all((await first.locator('.heat').all()).map(pixelsOf))).size;
    await until('three pictures are drawn', async () => (await different()) === 3);
    await workbench.screenshot('mistakes-cell');
    // Of a method that maps one class, both classes are asked for.
    const before = await pixelsOf(first.locator('.predicted .heat'));
    await chooseMethod(frame, 'Input × gradient');
    await ready(frame);
    await until('three other pictures are drawn', async () => {
      const now = await pixelsOf(first.locator('.predicted .heat'));
      return now !== before && (await different()) === 3;
    });
    assert.match(await first.locator('.bars .least').first().innerText(), /^-/);
    await workbench.screenshot('mistakes-signed');
    await chooseMethod(frame, undefined);
    await ready(frame);
  });

  test('the keys go from cell to cell, choose one, and let it go again', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('.matrix td.cell[tabindex="0"]').focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowDown', 'ArrowRight', 'ArrowLeft'])
      await workbench.page.keyboard.press(key);
    const focused = frame.locator('.matrix td.cell:focus');
    const count = await imagesOf(focused);
    await workbench.page.keyboard.press('Enter');
    assert.equal(await focused.getAttribute('aria-selected'), 'true');
    assert.match(await title(frame), new RegExp(`: ${count} image`));
    await workbench.page.keyboard.press('Enter');
    assert.match(await title(frame), /^All wrong/);
  });

  test('a fate shows its images', async (workbench) => {
    const frame = await panel(workbench);
    const fate = frame.locator('.fate').filter({ hasText: 'Learned' });
    const count = Number(await fate.locator('.share-text').innerText());
    await fate.click();
    assert.equal(await title(frame), `Learned: ${count} images`);
    await ready(frame);
    for (const text of await rows(frame).locator('.fate-text').allInnerTexts())
      assert.match(text, /^Learned at epoch [2-4]$/);
    assert.match(
      (await rows(frame).first().locator('.right-wrong').getAttribute('aria-label')) ?? '',
      /^Right at epochs .*4; wrong at/,
    );
    await workbench.screenshot('mistakes-learned');
    await frame.locator('vscode-button').filter({ hasText: 'All wrong' }).click();
  });

  test('the study’s search finds the first errors', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('vscode-button').filter({ hasText: 'Search as in the Study' }).click();
    await ready(frame);
    assert.equal(await rows(frame).count(), 3);
    const names = await rows(frame).locator('.row-name strong').allInnerTexts();
    const places = await rows(frame).locator('.found').allInnerTexts();
    const order = searchOrder(IMAGES, 1);
    // The image that a row has is the one that stands where the row says it was found.
    names.forEach((name, row) => {
      const lookedAt = Number(/\d+/.exec(places[row] ?? '')?.[0]);
      assert.equal(name, `test ${order[lookedAt - 1]}`);
    });
    await workbench.screenshot('mistakes-search');
  });

  test('the list and the figure are exported', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('vscode-button').filter({ hasText: 'All wrong' }).click();
    await ready(frame);
    const count = Number(/: (\d+) images/.exec(await title(frame))?.[1]);
    const [png, csv] = [join(workspace, 'figure.png'), join(workspace, 'list.csv')];
    await exportAs(frame, 'CSV');
    await workbench.quickInput.chooseFile(csv);
    await frame.locator('.note').filter({ hasText: 'Saved as list.csv' }).waitFor();
    const lines = (await readFile(csv, 'utf8')).trimEnd().split('\n');
    assert.equal(lines.length, count + 1);
    assert.match(
      lines[0] ?? '',
      /^image,label,shown_epoch,predicted_epoch_0,.*,predicted_epoch_4,fate,right_from_epoch,forgetting_events,looked_at$/,
    );
    assert.match(lines[1] ?? '', /^test:\d+,[\w-]+,4,([\w-]+,){5}(forgotten|never),,\d+,$/);
    await exportAs(frame, 'PNG');
    await workbench.quickInput.chooseFile(png);
    await frame.locator('.note').filter({ hasText: 'Saved as figure.png' }).waitFor();
    const { width, height, colours } = await readFigure(png);
    assert.ok(width > 300 && height > 100 * Math.min(count, 3), `${width} × ${height}`);
    assert.ok(colours > 500, `${colours} colours`);
  });

  test('an image goes to the study and to the heatmaps, at another checkpoint', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('input[aria-label="Checkpoint"]').fill('2');
    await frame.locator('.heading p').filter({ hasText: 'Epoch 2 gets' }).waitFor();
    await ready(frame);
    const row = rows(frame).first();
    const name = await row.locator('.row-name strong').innerText();
    await row.focus();
    await workbench.page.keyboard.press('a');
    await frame
      .locator('.note')
      .filter({ hasText: `${name} is among the study’s images` })
      .waitFor();
    const text = await readFile(join(workspace, STUDY), 'utf8');
    assert.match(text, new RegExp(`"test": \\[[^\\]]*\\b${name.slice('test '.length)}\\b`));
    await row.locator('.in-study').waitFor();
    await workbench.page.keyboard.press('Enter');
    const heatmaps = await workbench.webviews.open(new RegExp(`^Heatmaps: ${name}`));
    await heatmaps.locator('[role="gridcell"] .confidence').filter({ hasText: '%' }).first().waitFor();
    assert.equal(await heatmaps.locator('.row-head .image-name').innerText(), name);
    await workbench.runCommand('View: Close Editor');
  });

  test('after a reload the panel is back as it was', async (workbench) => {
    const before = await title(await panel(workbench));
    await (await confusedCell(await panel(workbench))).click();
    const chosen = await title(await panel(workbench));
    assert.notEqual(chosen, before);
    await workbench.views.open('Explorer');
    await reloadKept(workbench);
    const frame = await panel(workbench);
    await ready(frame);
    assert.equal(await title(frame), chosen);
    assert.match(await frame.locator('.epoch-text').innerText(), /^Epoch 2/);
  });

  test('a checkpoint’s menu shows that checkpoint, in the same panel', async (workbench) => {
    const { views, editors } = workbench;
    await views.open('EpochLens');
    await views.tree().expand(/4 epochs/);
    await views.tree().menu(/Epoch 3/, 'Show Misclassified Images');
    const frame = await panel(workbench);
    await frame.locator('.epoch-text').filter({ hasText: 'Epoch 3' }).waitFor();
    assert.equal((await editors.titles()).filter((each) => each.startsWith('Misclassified')).length, 1);
    await frame.locator('input[aria-label="Checkpoint"]').fill('2');
    await frame.locator('.heading p').filter({ hasText: 'Epoch 2 gets' }).waitFor();
  });

  test('in light, in high contrast, and narrow', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('vscode-button').filter({ hasText: 'All wrong' }).click();
    await ready(frame);
    await assertLooks(workbench, frame, { name: 'mistakes', narrow: [900, 900] });
  });

  test('a damaged checkpoint is said, with a way on', async (workbench) => {
    const frame = await panel(workbench);
    await writeFile(checkpointPath(run, 2), 'nothing');
    await rm(join(run, 'results'), { recursive: true });
    // What another layer shows is not there yet.
    await frame.locator('vscode-button[aria-label="Appearance"]').click();
    await (await openLayers(frame)).locator('.search-list [role="option"]').first().click();
    const banner = frame.locator('.banner.failed');
    await banner.filter({ hasText: 'epoch-002.safetensors' }).waitFor();
    await banner.locator('vscode-button').filter({ hasText: 'Retry' }).waitFor();
    await workbench.screenshot('mistakes-damaged');
  });
});

async function imagesOfAll(frame: Frame): Promise<number> {
  const texts = await frame.locator('.matrix td.cell').allInnerTexts();
  return texts.map(Number).reduce((a, b) => a + b);
}

/** Images of a fine class after the other, in the binary version of CIFAR-100. */
function fineClasses(images: number): Uint8Array {
  return Uint8Array.from({ length: images * 3074 }, (_, at) => {
    const [image, byte] = [Math.floor(at / 3074), at % 3074];
    return byte === 0 ? Math.floor((image % 100) / 5) : byte === 1 ? image % 100 : (at * 7 + image * 31) % 251;
  });
}

async function prepareHundred(folder: string): Promise<void> {
  for (const name of ['train.bin', 'test.bin']) await writeFile(join(folder, name), fineClasses(100));
  const dataset = { kind: 'cifar100', folder: '.' };
  await trainStudy(await writeSmallStudy(folder, { name: 'hundred', epochs: 1, more: { dataset } }));
}

suite('a hundred classes', { prepare: prepareHundred, settings: EMBEDDED_ENGINE }, (test) => {
  test('the matrix has room for each, and scrolls under its heads', async (workbench) => {
    await workbench.openFile('hundred.epochlens.json');
    await workbench.editors.clickCodeLens('Misclassified');
    const frame = await panel(workbench);
    const cells = frame.locator('.matrix td.cell');
    await cells.first().waitFor();
    assert.equal(await cells.count(), 100 * 100);
    const last = cells.last();
    await last.focus();
    const boxes = [last, frame.locator('.matrix tbody th').last(), frame.locator('.matrix thead th').nth(99)];
    const [cell, row, column] = await Promise.all(boxes.map((each) => each.boundingBox()));
    assert.ok(cell && row && column);
    assert.ok(cell.width > 18 && cell.x >= row.x + row.width && cell.y >= column.y + column.height);
    await workbench.screenshot('mistakes-hundred-classes');
  });
});
