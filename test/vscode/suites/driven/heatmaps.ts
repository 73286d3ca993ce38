/** The heatmap panel: opened, looked at in other ways, a cell large, exported, reloaded; and images by a right click. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import type { RgbImage } from '../../../../src/imaging/image';
import { encodePng } from '../../../../src/imaging/png';
import { suite } from '../../harness/driven';
import { figureOf, readFigure, readTable } from '../../harness/exports';
import { enginesOf } from '../../harness/heldEngine';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, epochlens, trainStudy, writeSmallStudy } from '../../harness/studies';
import { assertLooks, choose, openLayers, pictureFocused, reloadKept, stopAndGoOn } from '../../harness/panels';
import { pixelsOf } from '../../harness/pictures';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const STUDY = 'small.epochlens.json';

/** What `explain --json` says of an image at a checkpoint, as far as it is looked at here. */
interface Explained {
  readonly heatmap: { readonly values: readonly number[] };
}

let workspace = '';

/** A study that is trained, of three images and three checkpoints, and image files beside it. */
const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  await trained(folder);
  for (const name of ['rgb.png', 'baseline.jpg']) {
    await copyFile(join(ROOT, 'test', 'fixtures', 'images', name), join(folder, name));
  }
};

const ODD = join(ROOT, 'test', 'fixtures', 'oddPictures');

/** Beside them a wide picture, pictures that are seldom seen, and files that are none that is read. */
const prepareOdd = async (folder: string): Promise<void> => {
  await prepare(folder);
  await writeFile(join(folder, 'wide.png'), encodePng(disc(300, 200)));
  await mkdir(join(folder, 'odd'));
  for (const name of await readdir(ODD)) await copyFile(join(ODD, name), join(folder, 'odd', name));
  await writeFile(join(folder, 'odd', 'login.png'), '<!doctype html><title>Sign in</title>');
  execFileSync('mkfifo', [join(folder, 'odd', 'pipe.png')]);
};

/** A disc in the middle, of half the picture's height. */
function disc(width: number, height: number): RgbImage {
  const isIn = (x: number, y: number): boolean => Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) < height / 4;
  const pixels = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const at = Math.floor(i / 3);
    return isIn(at % width, Math.floor(at / width)) ? 230 : 40 * (i % 3);
  });
  return { height, width, pixels };
}

async function trained(folder: string, more: object = {}): Promise<void> {
  const study = await writeSmallStudy(folder, { name: 'small', epochs: 2, more });
  await trainStudy(study);
}

async function panel({ webviews }: Workbench, title: string | RegExp = /^Heatmaps: small/): Promise<Frame> {
  return webviews.open(title);
}

/** All cells that are in sight have their results. */
async function filled(frame: Frame, cells: number): Promise<void> {
  const done = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
  await done.nth(cells - 1).waitFor();
}

/** Every cell in sight has its map, also of a class that was not there yet. */
async function mapped(frame: Frame): Promise<void> {
  const lacking = frame.locator('.cell.pending, .cell.absent');
  await until('all maps are there', async () => (await lacking.count()) === 0);
}

/** Unfolds what is changed now and then. */
async function appearance(frame: Frame): Promise<void> {
  const folded = frame.locator('vscode-button[aria-label="Appearance"][aria-expanded="false"]');
  if ((await folded.count()) > 0) await folded.click();
}

/** Opens the list of explanation methods. */
async function methods(frame: Frame): Promise<Locator> {
  // A button does not open again what it has just closed.
  await new Promise((done) => setTimeout(done, 250));
  await frame.locator('.popover-holder:has([aria-label="Explanation methods"]) > vscode-button').click();
  const picker = frame.locator('.methods');
  await picker.waitFor();
  return picker;
}

/** Ticks or unticks a method. */
async function pick(picker: Locator, name: string): Promise<void> {
  await picker.getByText(name, { exact: true }).click();
}

/** Whether a pixel's red, green and blue lie between these. */
function hasColour(pixels: Uint8Array, least: readonly number[], most: readonly number[]): boolean {
  for (let at = 0; at + 2 < pixels.length; at += 3)
    if (
      least.every(
        (value, part) =>
          (pixels[at + part] as number) >= value && (pixels[at + part] as number) <= (most[part] as number),
      )
    )
      return true;
  return false;
}

function settings(frame: Frame): Promise<{ opacity: string; label: string | null }> {
  return frame.evaluate(() => ({
    opacity: getComputedStyle(document.querySelector('.cell .heat') as Element).opacity,
    label: (document.querySelector('[role="gridcell"]') as Element).getAttribute('aria-label'),
  }));
}

/** The proportions of the first cell's picture, and where its heat lies in it: left, top, width and height in shares. */
function placed(frame: Frame): Promise<{ aspect: number; heat: number[]; cropped: boolean }> {
  return frame.evaluate(() => {
    const stack = document.querySelector('.cell .stack') as Element;
    const [outer, inner] = [stack, stack.querySelector('.heat') as Element].map((each) => each.getBoundingClientRect());
    if (outer === undefined || inner === undefined) throw new Error('no picture');
    const { left, top, width, height } = outer;
    const heat = [(inner.left - left) / width, (inner.top - top) / height, inner.width / width, inner.height / height];
    return { aspect: Math.round((100 * width) / height) / 100, heat, cropped: stack.classList.contains('cropped') };
  });
}

suite('heatmaps', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test(
    'the lens opens them, and they are computed',
    async (workbench) => {
      const { openFile, editors, screenshot } = workbench;
      await openFile(STUDY);
      const begin = performance.now();
      const passed = (): string => `${(performance.now() - begin).toFixed(0)} ms`;
      await editors.clickCodeLens('Open Heatmaps');
      const frame = await panel(workbench);
      const page = passed();
      await filled(frame, 1);
      console.log(`After the lens, with the engine cold: the page at ${page}, the first heatmap at ${passed()}`);
      await filled(frame, 9);
      assert.equal(await frame.locator('[role="columnheader"]').count(), 4);
      await screenshot('heatmaps');
    },
    { everyRelease: true },
  );

  test(
    'opacity, colours, scale and class act at once',
    async (workbench) => {
      const frame = await panel(workbench);
      await frame.locator('input[aria-label="Opacity of the heatmap"]').fill('0.9');
      assert.equal((await settings(frame)).opacity, '0.9');
      await appearance(frame);
      await choose(frame, 'Colour map', 'Inferno');
      await choose(frame, 'Scale', 'Shared');
      await choose(frame, 'Cells', 'Layer grid');
      await choose(frame, 'Class of the heatmaps', 'Label');
      const label = await frame.locator('.row-head .label').first().innerText();
      assert.match((await settings(frame)).label ?? '', new RegExp(`heatmap of ${label}`, 'i'));
      assert.notEqual(await frame.locator('.corner .colour-bar .greatest').innerText(), 'max');
      await workbench.screenshot('heatmaps-settings');
    },
    { everyRelease: true },
  );

  test('the arrow keys move, Enter opens a cell, Escape closes it', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('[role="gridcell"]').first().focus();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    const dialog = frame.locator('dialog.detail');
    await dialog.waitFor();
    assert.match(await dialog.locator('h2').innerText(), /^test 1 · .+ · epoch 1$/);
    await dialog.locator('.only-heat').hover();
    assert.match(await dialog.locator('.readout').innerText(), /row \d of \d, column \d of \d/);
    await workbench.page.keyboard.press('ArrowRight');
    assert.match(await dialog.locator('h2').innerText(), /epoch 2$/);
    await workbench.screenshot('heatmaps-cell');
    await workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await frame.locator('[role="gridcell"][aria-label^="test 1, epoch 2: "]:focus').waitFor();
  });

  test(
    'the figure and the values are exported',
    async (workbench) => {
      const { quickInput, runCommand } = workbench;
      const frame = await panel(workbench);
      const [png, csv] = [join(workspace, 'figure.png'), join(workspace, 'values.csv')];
      await frame.getByRole('button', { name: 'Save' }).click();
      await frame.locator('vscode-button').filter({ hasText: 'Export the Figure' }).click();
      await quickInput.chooseFile(png);
      await frame.locator('.note').filter({ hasText: 'Saved as figure.png' }).waitFor();
      const { colours, pixels } = await readFigure(png);
      assert.ok(colours > 500, `${colours} colours`);
      // Inferno from end to end, over the pictures at an opacity of 0.9.
      assert.ok(hasColour(pixels, [226, 229, 147], [253, 255, 174]), 'nothing is hot');
      assert.ok(hasColour(pixels, [0, 0, 2], [26, 26, 29]), 'nothing is cold');
      await runCommand('EpochLens: Export Raw Heatmap Values as CSV…');
      await quickInput.chooseFile(csv);
      // A file is there before it is written.
      await until(
        'the values are written',
        async () => existsSync(csv) && (await readTable(csv)).length === 3 * 3 * 10,
      );
      const table = await readTable(csv);
      assert.match(Object.keys(table[0] ?? {}).join(), /^image,label,epoch,.*,r0c0,.*,r7c7$/);
      // The command line says the same of the same run.
      const runs = join(workspace, '.epochlens', 'runs', 'small');
      const [run = ''] = await readdir(runs);
      const asked = ['--images', 'test:1', '--checkpoints', '2', '--class', '4', '--engine', 'wasm', '--json'];
      const [said] = JSON.parse(await epochlens('explain', join(runs, run), ...asked)) as Explained[];
      const row = table.filter(({ image, epoch }) => image === 'test:1' && epoch === '2')[4] ?? {};
      const exported = Object.entries(row).flatMap(([name, value]) => (/^r\dc\d$/.test(name) ? [Number(value)] : []));
      assert.equal(exported.length, 64);
      exported.forEach((value, at) => assert.ok(Math.abs(value - (said?.heatmap.values[at] ?? NaN)) < 1e-5));
    },
    { everyRelease: true },
  );

  test(
    'the figure is copied',
    async (workbench) => {
      const frame = await panel(workbench);
      await frame.getByRole('button', { name: 'Save' }).click();
      await frame.locator('vscode-button').filter({ hasText: 'Copy the Figure' }).click();
      await frame.locator('.note').filter({ hasText: 'on the clipboard' }).waitFor();
      const bytes = await workbench.page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        return [...new Uint8Array(await ((await item?.getType('image/png')) as Blob).arrayBuffer())];
      });
      const [copied, exported] = [figureOf(Uint8Array.from(bytes)), await readFigure(join(workspace, 'figure.png'))];
      assert.deepEqual([copied.width, copied.height], [exported.width, exported.height]);
      assert.ok(copied.pixels.every((value, at) => value === exported.pixels[at]));
    },
    { everyRelease: true },
  );

  test('a killed engine is started again, and the panel recovers', async (workbench) => {
    const frame = await panel(workbench);
    const [killed, ...others] = await enginesOf(workbench.session);
    assert.ok(killed !== undefined && others.length === 0);
    process.kill(killed, 'SIGKILL');
    await frame.locator('vscode-button[aria-label^="Compute again"]').click();
    await frame.locator('.pending').first().waitFor({ state: 'hidden' });
    await filled(frame, 9);
    assert.notDeepEqual(await enginesOf(workbench.session), [killed]);
  });

  test(
    'after a reload the panel is back as it was',
    async (workbench) => {
      await reloadKept(workbench);
      const frame = await panel(workbench);
      await filled(frame, 9);
      const { opacity, label } = await settings(frame);
      assert.equal(opacity, '0.9');
      assert.match(label ?? '', /Heatmap of .+ heat (lies|is)|flat/);
      assert.equal(await frame.locator('body[data-cells="squares"]').count(), 1);
    },
    { everyRelease: true },
  );

  test('in light, in high contrast, and narrow', async (workbench) => {
    await assertLooks(workbench, await panel(workbench), { name: 'heatmaps', narrow: [1000, 800] });
  });

  test('methods are chosen, several at once, and say what they are and cost', async (workbench) => {
    const frame = await panel(workbench);
    const heat = (): Promise<string> => pixelsOf(frame.locator('.grid .heat').first());
    const before = await heat();
    const picker = await methods(frame);
    assert.match(await picker.locator('.method', { hasText: 'Grad-CAM' }).first().innerText(), /Forward passes: 1/);
    await pick(picker, 'LayerCAM');
    await pick(picker, 'Grad-CAM');
    await until('another heatmap is drawn', async () => (await heat()) !== before);
    await filled(frame, 9);
    await pick(picker, 'Grad-CAM');
    await pick(picker, 'HiResCAM');
    await picker.locator('.method-note', { hasText: 'Grad-CAM and HiResCAM give the same maps' }).waitFor();
    await workbench.screenshot('heatmaps-method');
    await workbench.page.keyboard.press('Escape');
    // Grad-CAM and LayerCAM of three images.
    assert.equal(await frame.locator('.grid').getAttribute('aria-rowcount'), '7');
    assert.equal(await frame.locator('.row-head .method-name').first().innerText(), 'Grad-CAM = HiResCAM');
    await filled(frame, 12);
    await workbench.screenshot('heatmaps-methods');
    const again = await methods(frame);
    await again.locator('vscode-button').filter({ hasText: "The study's" }).click();
    await workbench.page.keyboard.press('Escape');
    await until('the first heatmap is back', async () => (await heat()) === before);
  });

  test('a method of the input maps the class that is shown, in signed colours, with its settings', async (workbench) => {
    const frame = await panel(workbench);
    const picker = await methods(frame);
    await pick(picker, 'Occlusion');
    await pick(picker, 'Integrated Gradients');
    await pick(picker, 'Grad-CAM');
    const occlusion = picker.locator('.method.chosen', { hasText: 'Occlusion' });
    await occlusion.locator('.text-field').first().fill('40');
    await occlusion.locator('.text-field').first().press('Tab');
    await occlusion.locator('.error-text', { hasText: 'a whole number from 1 to 32' }).waitFor();
    await occlusion.locator('.text-field').first().fill('16');
    await occlusion.locator('.text-field').first().press('Tab');
    await occlusion.getByText('Forward passes: 26 an image and class').waitFor();
    await workbench.screenshot('heatmaps-picker');
    await workbench.page.keyboard.press('Escape');
    await frame.locator('.row-head', { hasText: 'Occlusion (window 16)' }).first().waitFor();
    await mapped(frame);
    await workbench.screenshot('heatmaps-signed');
    // Of another class there is no map yet.
    await choose(frame, 'Class of the heatmaps', 'disc');
    await mapped(frame);
    await frame.locator('[role="gridcell"]').first().click();
    const readout = frame.locator('dialog.detail .readout');
    assert.match(await readout.innerText(), /input \(32 × 32\)[^]*Completeness gap\s+-?[\d.e-]+, -?[\d.]+ % of/);
    const [least, greatest] = await Promise.all(
      ['least', 'greatest'].map((end) => readout.locator(`.colour-bar .${end}`).innerText()),
    );
    assert.equal(least, `-${greatest}`);
    await workbench.screenshot('heatmaps-gap');
    await workbench.page.keyboard.press('Escape');
  });

  test('cells show the difference from another class, method or checkpoint', async (workbench) => {
    const frame = await panel(workbench);
    const compare = frame.locator('.popover-holder:has(.popover[aria-label="What is taken from each heatmap"])');
    await compare.locator('> vscode-button').click();
    await choose(frame, 'Compare with', 'Another method');
    await choose(frame, 'Method that is compared', 'Grad-CAM');
    await compare.getByText('each map divided by its own range first').waitFor();
    const less = frame.locator('[role="gridcell"][aria-label*="less that of Grad-CAM"]');
    await less.nth(2).waitFor();
    await workbench.screenshot('heatmaps-difference');
    await choose(frame, 'Compare with', 'Another checkpoint');
    await frame.locator('[role="gridcell"][aria-label*="less that of epoch 0"]').first().waitFor();
    await choose(frame, 'Compare with', 'Another class');
    await mapped(frame);
    await workbench.page.keyboard.press('Escape');
    await frame.locator('[role="gridcell"][aria-label*="Heatmap of disc less that of"]').first().waitFor();
    const csv = join(workspace, 'differences.csv');
    await workbench.runCommand('EpochLens: Export Raw Heatmap Values as CSV…');
    await workbench.quickInput.chooseFile(csv);
    await until('the differences are written', async () => existsSync(csv) && (await readTable(csv)).length === 18);
    const [row] = await readTable(csv);
    assert.deepEqual([row?.['method'], row?.['scaled'], row?.['class']], ['integrated_gradients', 'own', 'disc']);
    assert.notEqual(row?.['less'], '');
    await compare.locator('> vscode-button').click();
    await choose(frame, 'Compare with', 'Nothing');
    await workbench.page.keyboard.press('Escape');
    const picker = await methods(frame);
    await picker.locator('vscode-button').filter({ hasText: "The study's" }).click();
    await workbench.page.keyboard.press('Escape');
    await choose(frame, 'Class of the heatmaps', 'Predicted');
  });

  test('another layer is computed, several are fused, and what is chosen goes to the study', async (workbench) => {
    const frame = await panel(workbench);
    const cell = frame.locator('[role="gridcell"]').first();
    const drawn = (): Promise<string> => pixelsOf(cell.locator('.heat'));
    const before = await drawn();
    await appearance(frame);
    const layers = await openLayers(frame);
    // The search has the focus; a name, and what is found by it is chosen by Enter.
    await layers
      .locator('.search-list [role="option"]', { hasText: 'layer3.2' })
      .locator('.tag', { hasText: 'default' })
      .waitFor();
    await workbench.page.keyboard.type('1.2');
    assert.deepEqual(await layers.locator('.search-list [role="option"]').allInnerTexts(), [
      'layer1.2\n16 channels · 32×32',
    ]);
    await workbench.page.keyboard.press('Enter');
    await layers.waitFor({ state: 'detached' });
    await until('another heatmap is drawn', async () => (await drawn()) !== before);
    await filled(frame, 9);
    const picker = await methods(frame);
    await picker.locator('.method.chosen', { hasText: 'Forward and backward passes: 10 and 10' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    // The last layer has 8 × 8 positions, this one has as many as the image has pixels.
    await cell.click();
    await frame.locator('dialog.detail .only-heat').hover();
    assert.match(await frame.locator('dialog.detail .readout').innerText(), /row \d+ of 32, column \d+ of 32/);
    await workbench.page.keyboard.press('Escape');
    // On the map one is chosen by a click; arrows lead from box to box.
    const again = await openLayers(frame);
    assert.equal(
      await again.locator('.network-box.chosen').getAttribute('aria-label'),
      'layer1.2: 16 channels · 32×32',
    );
    await workbench.screenshot('heatmaps-layers');
    await again.locator('.network-map [aria-label^="layer3.1:"]').click();
    await frame.locator('.look vscode-button', { hasText: 'layer3.1 · 8×8' }).waitFor();
    const several = await openLayers(frame);
    await choose(frame, 'How many layers are explained', 'Maximum of several');
    await frame.locator('.look vscode-button', { hasText: 'Maximum of 2 layers' }).waitFor();
    await several.locator('.network-box.chosen').last().press('ArrowDown');
    await several.locator('.network-box[aria-label^="layer3.2:"]:focus').press('Enter');
    await several.locator('.search-list [role="option"]', { hasText: 'layer3.0' }).click();
    await until(
      'two are fused',
      async () => (await several.locator('.search-list [aria-selected="true"]').count()) === 2,
    );
    await workbench.page.keyboard.press('Escape');
    await filled(frame, 9);
    const chosen = await methods(frame);
    await pick(chosen, 'LayerCAM');
    await pick(chosen, 'Grad-CAM');
    await chosen.locator('vscode-button').filter({ hasText: 'Use in Study' }).click();
    await frame.locator('.note').filter({ hasText: 'The study file says so now.' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    const { explain } = JSON.parse(await readFile(join(workspace, STUDY), 'utf8')) as { explain: object };
    assert.deepEqual(
      { ...explain, images: 0, checkpoints: 0 },
      {
        checkpoints: 0,
        images: 0,
        method: 'layercam',
        layer: 'maximum(layer3.1, layer3.2)',
      },
    );
    // Without a choice of its own, the panel follows the study.
    await frame.locator('.popover-holder:has([aria-label="Explanation methods"])', { hasText: 'LayerCAM' }).waitFor();
  });
});

suite('heatmaps of image files', { prepare: prepareOdd, settings: EMBEDDED_ENGINE }, (test) => {
  const ENTRY = 'EpochLens > Show Grad-CAM across Checkpoints';

  test(
    'from the explorer, beside the editor',
    async (workbench) => {
      // Right clicks offer it once the runs have been found.
      await workbench.views.open('EpochLens');
      await workbench.views
        .tree()
        .item(/2 epochs/)
        .waitFor();
      await workbench.views.open('Explorer');
      await workbench.views.explorer().menu('rgb.png', ENTRY);
      const frame = await panel(workbench, /^Heatmaps: rgb\.png/);
      await filled(frame, 3);
      assert.equal(await frame.locator('.row-head .image-name').innerText(), 'rgb.png');
      await workbench.screenshot('heatmaps-file');
    },
    { everyRelease: true },
  );

  test('several at once', async (workbench) => {
    const files = workbench.views.explorer();
    await files.click('baseline.jpg');
    // A click opens the file, and the explorer then selects what is open, and nothing else.
    await workbench.webviews.picture();
    await files.selected('baseline.jpg').waitFor();
    await files.item('rgb.png').click({ modifiers: ['ControlOrMeta'] });
    for (const file of ['baseline.jpg', 'rgb.png']) await files.selected(file).waitFor();
    await files.menu('rgb.png', ENTRY);
    const frame = await panel(workbench, /^Heatmaps: 2 images/);
    await filled(frame, 6);
    const names = await frame.locator('.row-head .image-name').allInnerTexts();
    assert.deepEqual(names.sort(), ['baseline.jpg', 'rgb.png']);
  });

  test(
    'from the picture itself in the image preview: in its own shape, with heat over what the network is given',
    async (workbench) => {
      await workbench.openFile('wide.png');
      await workbench.pictureMenu(ENTRY);
      const frame = await panel(workbench, /^Heatmaps: wide\.png/);
      await filled(frame, 3);
      // No study says how: as earlier versions did it.
      await frame.locator('.row-head .label').filter({ hasText: 'no label, stretched' }).waitFor();
      assert.deepEqual(await placed(frame), { aspect: 1.5, heat: [0, 0, 1, 1], cropped: false });
      const study = join(workspace, STUDY);
      const before = await readFile(study, 'utf8');
      for (const { resize, said, heat, cropped } of [
        // Of 54 × 36, the middle 32 × 32.
        { resize: 'crop', said: 'centre crop of 87.5 %', heat: [11 / 54, 2 / 36, 32 / 54, 32 / 36], cropped: true },
        // Of 32 × 21, with 5 rows of padding above and 6 below.
        { resize: 'pad', said: 'padded', heat: [0, -5 / 21, 1, 32 / 21], cropped: false },
      ]) {
        await writeFile(study, before.replace('"checkpoints"', `"resize": "${resize}", "checkpoints"`));
        await frame.locator('.row-head .label').filter({ hasText: said }).waitFor();
        await filled(frame, 3);
        const shown = await placed(frame);
        assert.deepEqual([shown.aspect, shown.cropped], [1.5, cropped]);
        shown.heat.forEach((share, i) =>
          assert.ok(Math.abs(share - (heat[i] ?? 0)) < 0.01, `${resize}: ${shown.heat.join()}`),
        );
        await workbench.screenshot(`heatmaps-${resize}`);
      }
      await writeFile(study, before);
      await frame.locator('.row-head .label').filter({ hasText: 'stretched' }).waitFor();
    },
    { everyRelease: true },
  );

  test(
    'from its tab',
    async (workbench) => {
      await workbench.openFile('rgb.png');
      await pictureFocused(workbench);
      await workbench.editors.tabMenu('rgb.png', ENTRY);
      await filled(await panel(workbench, /^Heatmaps: rgb\.png/), 3);
      // The same panel, used again.
      assert.equal((await workbench.editors.titles()).filter((title) => title.startsWith('Heatmaps')).length, 1);
    },
    { everyRelease: true },
  );

  test('odd pictures are shown, or it is said by their names why they are not', async (workbench) => {
    const files = workbench.views.explorer();
    await files.click('odd');
    const names = [
      'animated.webp',
      'huge.png',
      'interlaced.png',
      'login.png',
      'pipe.png',
      'renamed-tiff.png',
      'rgb.jpg',
    ];
    await files.item('animated.webp').click();
    await workbench.webviews.picture();
    await files.selected('animated.webp').waitFor();
    await files.item('rgb.jpg').click({ modifiers: ['Shift'] });
    for (const name of names) await files.selected(name).waitFor();
    await files.menu('rgb.jpg', ENTRY);
    const frame = await panel(workbench, /^Heatmaps: 7 images/);
    const row = (name: string) =>
      frame.locator('.row').filter({ has: frame.locator('.image-name').filter({ hasText: name }) });
    const problems: Record<string, RegExp> = {
      'huge.png': /^huge\.png: .*too large.*60000×60000/,
      'login.png': /^login\.png: not an image/,
      'pipe.png': /^pipe\.png: .*FIFO/,
      'renamed-tiff.png': /^renamed-tiff\.png: .*TIFF/,
    };
    await row('animated.webp').locator('[role="gridcell"]').first().focus();
    for (const name of names) {
      const problem = problems[name];
      if (problem === undefined) {
        const done = row(name).locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
        await done.nth(2).waitFor();
      } else {
        const said = await row(name).locator('.error-text').innerText();
        assert.match(said, problem);
        assert.ok(!said.includes(workspace), said);
      }
      if (name === 'interlaced.png') await workbench.screenshot('heatmaps-odd');
      await workbench.page.keyboard.press('ArrowDown');
    }
  });
});

suite(
  'heatmaps before there are any',
  {
    prepare: async (folder) => {
      workspace = folder;
      await writeSmallStudy(folder, { name: 'new', epochs: 1 });
    },
    settings: EMBEDDED_ENGINE,
  },
  (test) => {
    test('the panel offers to train, and fills while it does', async (workbench) => {
      await workbench.openFile('new.epochlens.json');
      await workbench.runCommand('EpochLens: Open Heatmaps');
      const frame = await workbench.webviews.open(/Heatmaps/);
      await frame.locator('vscode-button').filter({ hasText: 'Train' }).click();
      await filled(frame, 6);
      await workbench.screenshot('heatmaps-training');
    });

    test('the report of it is written, and can be found', async ({ runCommand, webviews, screenshot }) => {
      await runCommand('EpochLens: Open Report');
      await (await webviews.open(/^Report: new/)).locator('#opacity').waitFor();
      await screenshot('report');
      const paths = await readdir(join(workspace, '.epochlens', 'runs', 'new'), { recursive: true });
      const report = paths.find((path) => path.endsWith('report.html'));
      const page = await readFile(join(workspace, '.epochlens', 'runs', 'new', report ?? ''), 'utf8');
      for (const title of ['Attention over epochs', 'Misclassified images']) assert.ok(page.includes(title));
    });
  },
);

suite(
  'heatmaps of many images',
  {
    prepare: async (folder) => {
      await trained(folder, {
        dataset: { kind: 'synthetic', trainCount: 64, testCount: 400 },
        explain: { images: { test: Array.from({ length: 400 }, (_, index) => index) } },
      });
    },
    settings: EMBEDDED_ENGINE,
  },
  (test) => {
    test('stop where they are cancelled, and go on from there', async (workbench) => {
      await workbench.openFile(STUDY);
      let frame: Frame | undefined;
      const said = await stopAndGoOn(workbench, {
        begin: async () => {
          await workbench.runCommand('EpochLens: Open Heatmaps');
          frame = await panel(workbench);
          return frame.locator('.banner');
        },
        after: /Computing: [1-9]\d* of 1200/,
        whenStopped: () => workbench.screenshot('heatmaps-stopped'),
      });
      const [, done, of] = /(\d+) of (\d+)/.exec(said) ?? [];
      assert.equal(of, '1200');
      assert.ok(Number(done) > 0 && Number(done) < 1200, said);
      assert.ok(frame !== undefined);
      await frame.locator('.banner').waitFor({ state: 'hidden' });
      await filled(frame, 3);
    });
  },
);
