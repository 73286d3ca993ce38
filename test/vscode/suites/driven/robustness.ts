/** Perturbation tests: lenses, the Test Explorer and the panel, which show the same; and images by a right click. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { succeeds } from '../../../../src/common/succeeds';
import { suite } from '../../harness/driven';
import { readFigure, readTable } from '../../harness/exports';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { assertLooks, choose, chooseMethod, pictureFocused, reloadKept, stopAndGoOn } from '../../harness/panels';
import { pixelsOf } from '../../harness/pictures';
import { until } from '../../harness/until';
import { assertReadable } from '../../harness/readable';
import type { Workbench } from '../../harness/workbench/workbench';

const STUDY = 'tested.epochlens.json';
/** No checkpoint passes the second one. */
const PERTURBATIONS = [
  { kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 1 },
  { kind: 'occlusion', pixels: 10, rounds: 2, expect: { accuracy: { min: 100 } } },
];

let workspace = '';

const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  const study = await writeSmallStudy(folder, { name: 'tested', epochs: 2, more: { perturbations: PERTURBATIONS } });
  await trainStudy(study);
  await copyImages(folder);
};

/** A study without perturbations, trained, with an image beside it. */
const prepareBare = async (folder: string): Promise<void> => {
  workspace = folder;
  await trainStudy(await writeSmallStudy(folder, { name: 'bare', epochs: 1 }));
  await copyImages(folder);
};

async function copyImages(folder: string): Promise<void> {
  for (const name of ['rgb.png', 'baseline.jpg']) {
    await copyFile(join(ROOT, 'test', 'fixtures', 'images', name), join(folder, name));
  }
}

/** What the run keeps of its perturbation tests: what was perturbed how, a checkpoint each. */
async function kept(): Promise<string[]> {
  const runs = join(workspace, '.epochlens', 'runs', 'tested');
  const [run = ''] = await readdir(runs);
  const results = join(runs, run, 'results');
  const names = (await readdir(results)).filter((name) => /^robustness-.*\.json$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(results, name), 'utf8')));
  return texts.map((text) => /"standardDeviation":[\d.]+|"pixels":\d+/.exec(text)?.[0] ?? '').sort();
}

function panel({ webviews }: Workbench, title: RegExp = /^Robustness: tested/): Promise<Frame> {
  return webviews.open(title);
}

/** Chooses what is saved, and answers where to. */
async function save(workbench: Workbench, item: string, file: string): Promise<void> {
  const frame = await panel(workbench);
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.locator('vscode-button').filter({ hasText: item }).click();
  await workbench.quickInput.chooseFile(join(workspace, file));
  await frame.locator('.note').getByText(`Saved as ${file}`).waitFor();
}

/** So many cells of the image's grid have their numbers. */
async function sightsFilled(frame: Frame, cells: number): Promise<void> {
  const done = frame.locator('.cell .confidence').filter({ hasText: '%' });
  await done.nth(cells - 1).waitFor();
}

/** The lens of a result that says this. */
function result({ editors }: Workbench, text: RegExp) {
  return editors.codeLens(text);
}

/** Clicks a lens until it is gone: a click that meets one which is just drawn anew is lost. */
async function clickAway({ editors }: Workbench, text: string, gone: RegExp): Promise<void> {
  for (let tries = 0; tries < 5 && (await editors.codeLens(gone).count()) > 0; tries++) {
    await succeeds(editors.codeLens(text).first().click({ timeout: 5000 }));
    await succeeds(editors.codeLens(gone).waitFor({ state: 'detached', timeout: 10_000 }));
  }
}

/** Puts the cursor behind a text's first occurrence in the study. */
async function goBehind({ editors }: Workbench, text: string): Promise<void> {
  const lines = (await readFile(join(workspace, STUDY), 'utf8')).split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  await editors.goTo(line + 1, (lines[line]?.indexOf(text) ?? 0) + text.length + 1);
}

suite('perturbation tests', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test(
    'a lens above the list runs all, and each gets its result',
    async (workbench) => {
      const { openFile, editors, screenshot } = workbench;
      await openFile(STUDY);
      await goBehind(workbench, '"rounds": 2');
      await editors.clickCodeLens('Run all tests');
      await result(
        workbench,
        /^\s*✗ [\d.]+ % of \d+ images, clean [\d.]+ % on the same, drop −?[\d.]+ at epoch 2 · 3 of 3 checkpoints fail$/,
      ).waitFor({
        timeout: 60_000,
      });
      await result(
        workbench,
        /^\s*[\d.]+ % of \d+ images, clean [\d.]+ % on the same, drop −?[\d.]+ at epoch 2$/,
      ).waitFor();
      await editors.codeLens('Run all tests').waitFor();
      await screenshot('robustness-lenses');
    },
    { everyRelease: true },
  );

  test('a changed number makes one lens stale, and only that test runs again', async (workbench) => {
    const { page, screenshot } = workbench;
    const other = await result(workbench, /✗/).innerText();
    const before = await kept();
    await goBehind(workbench, '"standardDeviation": 0.1');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('2');
    await result(workbench, /^\s*stale: was gaussianNoise 0\.1$/).waitFor();
    assert.equal(await result(workbench, /stale/).count(), 1);
    assert.equal(await result(workbench, /✗/).innerText(), other);
    await screenshot('robustness-stale');
    await clickAway(workbench, 'Run this test', /stale/);
    await result(
      workbench,
      /^\s*[\d.]+ % of \d+ images, clean [\d.]+ % on the same, drop −?[\d.]+ at epoch 2$/,
    ).waitFor();
    assert.equal(await result(workbench, /✗/).innerText(), other);
    const after = await kept();
    const added = ['"standardDeviation":0.2', '"standardDeviation":0.2', '"standardDeviation":0.2'];
    assert.deepEqual(after, [...before, ...added].sort());
  });

  test(
    'the Test Explorer shows the same, with the numbers of a failure',
    async (workbench) => {
      const { views, page, screenshot } = workbench;
      const lens = (await result(workbench, /✗/).innerText()).trim();
      await views.open('Testing');
      const tree = views.tree('Test Explorer');
      await tree.expand(/tested/);
      await tree.expand(/occlusion 10/);
      const numbers = /✗ ([\d.]+ % of \d+ images, clean [\d.]+ % on the same, drop −?[\d.]+)/.exec(lens)?.[1] ?? 'none';
      const failed = tree.item(new RegExp(`Epoch 2.*${numbers.replaceAll('.', '\\.')}`));
      await failed.waitFor();
      // One of them alone is run again; it is kept, and fails as before.
      const before = await kept();
      await failed.hover();
      await failed.locator('.monaco-action-bar a').first().click();
      await page.locator('.testing-progress-status, .result-summary').filter({ hasText: /0\/1/ }).first().waitFor();
      assert.deepEqual(await kept(), before);
      await screenshot('robustness-explorer');
      await workbench.runCommand('Test: Peek Output');
      await page.locator('.monaco-editor.test-output-peek, .test-output-peek').first().waitFor();
      await screenshot('robustness-failure');
      assert.match(await page.locator('.test-output-peek').first().innerText(), /accuracy/);
      await page.keyboard.press('Escape');
      await views.open('Explorer');
    },
    { everyRelease: true },
  );

  test('the panel shows them all, sorted by a press, and exports them', async (workbench) => {
    const { editors, screenshot } = workbench;
    await editors.clickCodeLens('Show robustness');
    const frame = await panel(workbench);
    const rows = frame.locator('table.tests tbody tr');
    await rows.nth(5).waitFor();
    await screenshot('robustness-tests');
    await frame.locator('th.column-drop button').click();
    const drops = (await frame.locator('td.column-drop').allInnerTexts()).map((text) =>
      Number(/^[−\d.]+/.exec(text)?.[0].replace('−', '-')),
    );
    assert.deepEqual(
      drops,
      [...drops].sort((a, b) => b - a),
    );
    assert.equal(await frame.locator('th.column-drop').getAttribute('aria-sort'), 'descending');
    await frame.locator('.chart').press('Home');
    await frame.locator('.values').getByText('Epoch 0').waitFor();
    await choose(frame, 'Measure of the curves', 'Confidence drop of the prediction');
    await screenshot('robustness-drop');
    await save(workbench, 'Export the Values', 'tests.csv');
    await save(workbench, 'Export the Figure', 'tests.png');
    const exported = (await readTable(join(workspace, 'tests.csv'))).map((line) => Number(line['drop_of_prediction']));
    assert.equal(exported.length, 2 * 3);
    exported.sort((a, b) => b - a).forEach((drop, at) => assert.ok(Math.abs(drop - (drops[at] ?? NaN)) < 0.006));
    const { width, height, colours } = await readFigure(join(workspace, 'tests.png'));
    assert.ok(width > 400 && height > 200, `${width} × ${height}`);
    assert.ok(colours > 50, `${colours} colours`);
  });

  test('one image under each round at each checkpoint', async (workbench) => {
    const { page, screenshot } = workbench;
    const frame = await panel(workbench);
    await frame.locator('.tab').filter({ hasText: 'One image' }).click();
    await sightsFilled(frame, 4 * 3);
    await screenshot('robustness-image');
    await frame.locator('.cell').nth(4).click();
    await frame.locator('dialog.sight-detail .alike-list').waitFor();
    assert.equal(await frame.locator('dialog.sight-detail figure').count(), 4);
    await screenshot('robustness-cell');
    await page.keyboard.press('ArrowDown');
    assert.match(await frame.locator('#sight-title').innerText(), /occlusion 10, round 1 · epoch 1/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('.');
    await frame.locator('.cell[aria-label*="epoch 2: "]').first().waitFor();
    await sightsFilled(frame, 4 * 3);
    await save(workbench, 'Export the Values', 'image.csv');
    const lines = (await readFile(join(workspace, 'image.csv'), 'utf8')).trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 4 * 3);
    assert.match(lines[1] ?? '', /^test:1,/);
    await save(workbench, 'Export the Figure', 'image.png');
    const { colours } = await readFigure(join(workspace, 'image.png'));
    assert.ok(colours > 500, `${colours} colours`);
    const heat = (): Promise<string> => pixelsOf(frame.locator('.cell .heat').first());
    const before = await heat();
    await chooseMethod(frame, 'Input × gradient');
    await until('another heatmap is drawn', async () => (await heat()) !== before);
    await sightsFilled(frame, 4 * 3);
    await screenshot('robustness-signed');
    await chooseMethod(frame, undefined);
    await until('the first heatmap is back', async () => (await heat()) === before);
  });

  test('what is outdated is computed from the panel, and stopped there and in the lens', async (workbench) => {
    const { editors, screenshot } = workbench;
    const frame = await panel(workbench);
    await frame.locator('.tab').filter({ hasText: 'Over many images' }).click();
    const file = join(workspace, STUDY);
    const study = await readFile(file, 'utf8');
    await writeFile(file, study.replace('"rounds": 1', '"rounds": 900'));
    const notice = frame.locator('.notice').filter({ hasText: '3 of 6 results are outdated' });
    await notice.waitFor();
    await screenshot('robustness-outdated');
    await notice.locator('vscode-button').filter({ hasText: 'Compute' }).click();
    const banner = frame.locator('.banner:visible').filter({ hasText: /\d+ of 54000 perturbed images/ });
    await banner.filter({ hasText: 'left' }).waitFor();
    await editors.codeLens('Cancel').waitFor();
    await screenshot('robustness-computing');
    await stopAndGoOn(workbench, { begin: () => Promise.resolve(banner) });
    await editors.codeLens('Cancel').waitFor();
    await clickAway(workbench, 'Cancel', /Cancel/);
    await writeFile(file, study);
    await notice.waitFor({ state: 'hidden' });
    await frame.locator('.tab').filter({ hasText: 'One image' }).click();
  });

  test('after a reload it is back as it was, in every theme and narrow', async (workbench) => {
    await reloadKept(workbench);
    const frame = await panel(workbench);
    await sightsFilled(frame, 4 * 3);
    assert.equal(await frame.locator('.tab[aria-selected="true"]').innerText(), 'One image');
    await assertLooks(workbench, frame, {
      name: 'robustness-image',
      narrow: [900, 800],
      others: async (look) => {
        await frame.locator('.tab').filter({ hasText: 'Over many images' }).click();
        await frame.locator('table.tests tbody tr').nth(5).waitFor();
        await assertReadable(workbench.page, frame);
        await workbench.screenshot(`robustness-tests-${look}`);
        await frame.locator('.tab').filter({ hasText: 'One image' }).click();
      },
    });
  });
});

suite('robustness of image files', { prepare: prepareBare, settings: EMBEDDED_ENGINE }, (test) => {
  const ENTRY = 'EpochLens > Test Robustness across Checkpoints';
  /** The picker has no other image to go to. */
  const isAlone = async (frame: Frame): Promise<void> => {
    for (const way of ['Previous image', 'Next image'])
      await frame.locator(`.picker vscode-button[aria-label^="${way}"][disabled]`).waitFor();
  };

  test('a right click takes an image through the published perturbations, without a study written for it', async (workbench) => {
    // Right clicks offer it once the runs have been found.
    await workbench.views.open('EpochLens');
    await workbench.views
      .tree()
      .item(/1 epoch/)
      .waitFor();
    await workbench.views.open('Explorer');
    await workbench.views.explorer().menu('rgb.png', ENTRY);
    const frame = await panel(workbench, /^Robustness: rgb\.png/);
    await sightsFilled(frame, (1 + 3 * 3) * 2);
    await isAlone(frame);
    await workbench.screenshot('robustness-file');
    await frame.locator('.tab').filter({ hasText: 'Over many images' }).click();
    await frame.getByRole('heading', { name: 'The study has no perturbations yet' }).waitFor();
    await workbench.screenshot('robustness-empty');
  });

  test('published benchmarks are measured from their files, once the study names the folder', async (workbench) => {
    const frame = await panel(workbench, /^Robustness: rgb\.png/);
    const tab = (name: string) => frame.locator('.tab').filter({ hasText: name }).click();
    await tab('Benchmarks');
    await frame.getByRole('heading', { name: 'The study names no benchmark yet' }).waitFor();
    await workbench.screenshot('benchmarks-empty');
    await mkdir(join(workspace, 'CIFAR-10-C'));
    const arrays = JSON.parse(await readFile(join(ROOT, 'test', 'fixtures', 'npy', 'arrays.json'), 'utf8')) as Record<
      string,
      string
    >;
    for (const name of ['fog', 'translate', 'labels'])
      await writeFile(
        join(workspace, 'CIFAR-10-C', `${name}.npy`),
        inflateSync(Buffer.from(arrays[`benchmark ${name}`] ?? '', 'base64')),
      );
    const study = join(workspace, 'bare.epochlens.json');
    const named = {
      ...(JSON.parse(await readFile(study, 'utf8')) as object),
      benchmarks: [{ folder: 'CIFAR-10-C' }],
    };
    await writeFile(study, JSON.stringify(named, null, 2));
    await tab('One image');
    await tab('Benchmarks');
    await frame.locator('vscode-button').filter({ hasText: 'Measure' }).click();
    const fog = frame.locator('.matrix tbody tr').filter({ hasText: 'fog' });
    await fog.waitFor();
    assert.match((await fog.locator('.share').allTextContents()).join(' '), /^[\d.]+( [\d.]+){4}$/);
    await frame.locator('.matrix tbody tr').filter({ hasText: 'translate' }).getByText('the frame before').waitFor();
    await frame.getByText('Not in the folder, and so in no mean: gaussian_noise').waitFor();
    await assertReadable(workbench.page, frame);
    await workbench.screenshot('benchmarks');
    await tab('One image');
  });

  test('attacks are measured once the study names some, which a button adds', async (workbench) => {
    const frame = await panel(workbench, /^Robustness: rgb\.png/);
    const tab = (name: string) => frame.locator('.tab').filter({ hasText: name }).click();
    await tab('Attacks');
    await frame.getByRole('heading', { name: 'The study names no attack yet' }).waitFor();
    await workbench.screenshot('attacks-empty');
    await frame.locator('vscode-button').filter({ hasText: 'Add Attacks to the Study' }).click();
    const study = join(workspace, 'bare.epochlens.json');
    await until('the study names attacks', async () => /"attacks"/.test(await readFile(study, 'utf8')));
    await frame.locator('vscode-button').filter({ hasText: 'Measure' }).click();
    const rows = frame.locator('.matrix tbody tr').filter({ hasText: /FGSM|PGD/ });
    await rows.nth(1).waitFor();
    assert.match(await rows.first().innerText(), /FGSM L∞/);
    await assertReadable(workbench.page, frame);
    await workbench.screenshot('attacks');
    await tab('One image');
  });

  test('so does one on the picture in the image preview, and one on its tab, in the same panel', async (workbench) => {
    const { editors } = workbench;
    await workbench.openFile('baseline.jpg');
    await workbench.pictureMenu(ENTRY);
    const frame = await panel(workbench, /^Robustness: baseline\.jpg/);
    // The tab of one image is the one that the panel was at last asked for, not that of many.
    await sightsFilled(frame, (1 + 3 * 3) * 2);
    await isAlone(frame);
    await workbench.openFile('rgb.png');
    await pictureFocused(workbench);
    await editors.tabMenu('rgb.png', ENTRY);
    await sightsFilled(await panel(workbench, /^Robustness: rgb\.png/), (1 + 3 * 3) * 2);
    assert.equal((await editors.titles()).filter((title) => title.startsWith('Robustness')).length, 1);
  });

  test('what a study expects of its calibration is a test, which fails where it is missed and passes where it is met', async ({
    views,
    screenshot,
  }) => {
    const expecting = async (calibration: object): Promise<void> => {
      const file = join(workspace, 'bare.epochlens.json');
      const study = JSON.parse(await readFile(file, 'utf8')) as object;
      await writeFile(file, JSON.stringify({ ...study, calibration }, undefined, 2));
    };
    await expecting({ nll: { max: 0 } });
    await views.open('Testing');
    const tree = views.tree('Test Explorer');
    await tree.expand(/bare/);
    const calibration = tree.item(/Calibration/);
    const runIt = async (): Promise<void> => {
      await calibration.hover();
      await calibration.locator('.monaco-action-bar a').first().click();
    };
    await runIt();
    await tree.item('Calibration (Failed').waitFor();
    await screenshot('calibration-explorer');
    await expecting({ nll: { max: 100 } });
    await runIt();
    await tree.item('Calibration (Passed').waitFor();
  });
});
