/**
 * Takes the pictures of the README and of `media/docs` anew: run `npm start`, then
 * `EPOCHLENS_PICTURES=1 node test/vscode/run.mjs --vscode 1.100 --driven --only readme`, then, with a Python that has
 * Pillow, `python test/vscode/movingPicture.py`. Without the variable there are no such suites. With it, the suites
 * `watching` and `cluster` take theirs, too.
 */
import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDrawnBenchmark } from '../../harness/drawnBenchmark';
import { suite } from '../../harness/driven';
import { choose, openLayers } from '../../harness/panels';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, epochlens } from '../../harness/studies';
import type { Workbench } from '../../harness/workbench/workbench';

const EXAMPLE = join(ROOT, 'media', 'examples', 'first-light');
const PICTURES = join(ROOT, 'media', 'docs', 'pictures');
const STUDY = 'first-light-synthetic.epochlens.json';

const prepare = async (folder: string): Promise<void> => {
  await cp(join(EXAMPLE, '.epochlens'), join(folder, '.epochlens'), { recursive: true });
};

async function withBenchmark(folder: string): Promise<void> {
  await prepare(folder);
  await writeDrawnBenchmark(join(folder, 'shapes-C'), 100);
  const study = join(folder, STUDY);
  const text = await readFile(study, 'utf8');
  await writeFile(
    study,
    text.replace('"perturbations"', '"benchmarks": [{ "folder": "shapes-C" }],\n  "perturbations"'),
  );
}

const SWEPT = {
  name: 'learning-rates',
  dataset: { kind: 'synthetic', trainCount: 600, testCount: 200, seed: 1 },
  training: { epochs: 8, batchSize: 20, schedule: 'cosine' },
  explain: { checkpoints: [0, 4, 8], images: { random: 4 } },
  perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.2, rounds: 1 }],
  sweep: { axes: { 'training.learningRate': [0.02, 0.005] }, seeds: 5, tests: 'last' },
};

async function swept(folder: string): Promise<void> {
  const file = join(folder, `${SWEPT.name}.epochlens.json`);
  await writeFile(file, JSON.stringify(SWEPT, null, 2));
  await epochlens('sweep', file, '--jobs', '2');
}

async function picture(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.waitForTimeout(1500);
  await copyFile(await workbench.screenshot(`readme-${name}`), join(PICTURES, `${name}.png`));
}

/** The frames of the moving picture, which `movingPicture.py` puts together: the grid, then one image epoch by epoch. */
function takeMovingPicture(): void {
  const size = { width: 1280, height: 800 };
  suite('readme, moving', { folder: EXAMPLE, prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'one image over all epochs',
      async (workbench) => {
        await workbench.openFile(STUDY);
        await workbench.editors.clickCodeLens('Open Heatmaps');
        const frame = await workbench.webviews.open(/^Heatmaps/, 30_000);
        await workbench.runCommand('View: Close Editors in Other Groups');
        await workbench.runCommand('View: Close Primary Side Bar');
        const confidences = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
        await confidences.nth(30).waitFor({ timeout: 60_000 });
        await workbench.screenshot('moving-grid');
        // The third image, at epoch 0.
        await frame
          .locator('[role="row"]')
          .filter({ has: frame.locator('[role="gridcell"]') })
          .nth(2)
          .locator('[role="gridcell"]')
          .first()
          .click();
        const frames = frame.locator('dialog.detail .frame');
        for (let epoch = 0; epoch <= 8; epoch++) {
          await frames.nth(epoch).click();
          await frame
            .locator('dialog.detail h2')
            .filter({ hasText: `epoch ${String(epoch)}` })
            .waitFor();
          // Where no tooltip appears.
          await workbench.page.mouse.move(1000, 700);
          await workbench.screenshot(`moving-epoch-${String(epoch)}`);
        }
      },
      { seconds: 240 },
    );
  });
}

function takePictures(): void {
  const size = { width: 1500, height: 950 };
  suite('readme', { folder: EXAMPLE, prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'heatmaps',
      async (workbench) => {
        await workbench.openFile(STUDY);
        await workbench.editors.clickCodeLens('Open Heatmaps');
        const frame = await workbench.webviews.open(/^Heatmaps/, 30_000);
        const confidences = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
        await confidences.nth(20).waitFor({ timeout: 60_000 });
        await picture(workbench, 'heatmaps');
        await workbench.setTheme('Default High Contrast');
        await picture(workbench, 'high-contrast');
        await workbench.setTheme('Default Light Modern');
        await frame.locator('[role="gridcell"]').nth(5).click();
        await frame.locator('dialog.detail').waitFor();
        await picture(workbench, 'cell');
        await workbench.page.keyboard.press('Escape');
      },
      { seconds: 180 },
    );

    test(
      'the gallery and metrics',
      async (workbench) => {
        await workbench.setTheme('Default Dark Modern');
        await workbench.editors.closeAll();
        await workbench.runCommand('EpochLens: Choose Study Images');
        await workbench.quickInput.choose('first-light-synthetic');
        const frame = await workbench.webviews.open(/^Gallery/, 30_000);
        await frame.locator('.count').filter({ hasText: 'images' }).waitFor({ timeout: 30_000 });
        await picture(workbench, 'gallery');
        await workbench.editors.closeAll();
        await workbench.runCommand('EpochLens: Show Metrics');
        await workbench.webviews.open('Metrics', 30_000);
        await picture(workbench, 'metrics');
      },
      { seconds: 120 },
    );
  });

  suite('readme, mistakes and attention', { folder: EXAMPLE, prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'a confusion, and how heatmaps move',
      async (workbench) => {
        await workbench.openFile(STUDY);
        await workbench.runCommand('View: Close Primary Side Bar');
        await workbench.editors.clickCodeLens('Misclassified');
        const misclassified = await workbench.webviews.open(/^Misclassified/, 30_000);
        await workbench.runCommand('View: Close Editors in Other Groups');
        await misclassified.locator('.fate:not([disabled])').first().waitFor({ timeout: 120_000 });
        // Not the best checkpoint, which gets hardly any wrong.
        const before = misclassified.locator('vscode-button[aria-label^="Previous checkpoint"]');
        for (let epoch = 8; epoch > 4; epoch--) await before.click();
        await misclassified.locator('.row .predicted figcaption').filter({ hasText: '%' }).first().waitFor();
        await misclassified.locator('.pending').first().waitFor({ state: 'detached', timeout: 60_000 });
        await picture(workbench, 'misclassified');
        await workbench.openFile(STUDY);
        await workbench.setTheme('Default Light Modern');
        await workbench.editors.clickCodeLens('Attention');
        const attention = await workbench.webviews.open(/^Attention/, 30_000);
        await workbench.runCommand('View: Close Editors in Other Groups');
        await attention.locator('.settled-text').waitFor({ timeout: 240_000 });
        await picture(workbench, 'attention');
      },
      { seconds: 400 },
    );
  });

  suite('readme, trust in heatmaps', { folder: EXAMPLE, prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'faithfulness over epochs, and how well confidence matches accuracy',
      async (workbench) => {
        await workbench.openFile(STUDY);
        await workbench.runCommand('View: Close Primary Side Bar');
        await workbench.runCommand('EpochLens: Show Trust in Heatmaps');
        const frame = await workbench.webviews.open(/^Trust in Heatmaps/, 30_000);
        await workbench.runCommand('View: Close Editors in Other Groups');
        const measured = async (): Promise<void> => {
          const measure = frame.locator('.empty-state vscode-button').filter({ hasText: 'Measure' }).first();
          const findings = frame.locator('.findings p').first();
          await measure.or(findings).first().waitFor({ timeout: 60_000 });
          if (await measure.isVisible()) await measure.click();
          await findings.waitFor({ timeout: 1_200_000 });
          await frame.locator('.banner:visible').waitFor({ state: 'hidden', timeout: 1_200_000 });
        };
        await measured();
        await picture(workbench, 'trust');
        await frame.locator('.tab').filter({ hasText: 'Calibration' }).click();
        await measured();
        // Not the last epochs, at which nothing is wrong.
        const chart = frame.locator('.charts-frame .chart').first();
        await chart.focus();
        for (let epoch = 8; epoch >= 4; epoch--) await workbench.page.keyboard.press('ArrowLeft');
        await frame.locator('.values[role="status"]').filter({ hasText: 'Epoch 4' }).first().waitFor();
        await picture(workbench, 'calibration');
      },
      { seconds: 1300 },
    );
  });

  suite(
    'readme, layers and a benchmark',
    { folder: EXAMPLE, prepare: withBenchmark, settings: EMBEDDED_ENGINE, size },
    (test) => {
      test(
        'the map of a network, and errors under corruptions',
        async (workbench) => {
          await workbench.openFile(STUDY);
          await workbench.runCommand('View: Close Primary Side Bar');
          await workbench.editors.clickCodeLens('Open Heatmaps');
          const frame = await workbench.webviews.open(/^Heatmaps/, 30_000);
          await workbench.runCommand('View: Close Editors in Other Groups');
          const confidences = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
          await confidences.nth(20).waitFor({ timeout: 60_000 });
          await frame.locator('vscode-button[aria-label="Appearance"]').click();
          await openLayers(frame);
          await picture(workbench, 'layers');
          await workbench.editors.closeAll();
          await workbench.runCommand('EpochLens: Show Robustness');
          const robustness = await workbench.webviews.open(/^Robustness/, 30_000);
          await robustness.locator('.tab').filter({ hasText: 'Benchmarks' }).click();
          await robustness.locator('vscode-button').filter({ hasText: 'Measure' }).click();
          await robustness.locator('.matrix tbody tr').nth(3).waitFor({ timeout: 240_000 });
          await robustness.locator('.banner:visible').waitFor({ state: 'hidden', timeout: 240_000 });
          await picture(workbench, 'benchmark');
        },
        { seconds: 400 },
      );
    },
  );

  suite('readme, recipes over seeds', { prepare: swept, settings: EMBEDDED_ENGINE, size }, (test) => {
    test('the runs table, and curves with bands', async (workbench) => {
      await workbench.openFile(`${SWEPT.name}.epochlens.json`);
      await workbench.runCommand('View: Close Primary Side Bar');
      await workbench.runCommand('EpochLens: Runs Table');
      const table = await workbench.webviews.open('Runs Table', 30_000);
      await workbench.runCommand('View: Close Editors in Other Groups');
      await table.getByText('5 of 5 finished').nth(1).waitFor();
      for (const twisty of [1, 0]) await table.locator('.twisty').nth(twisty).click();
      await picture(workbench, 'runs-table');
      await workbench.openFile(`${SWEPT.name}.epochlens.json`);
      await workbench.runCommand('EpochLens: Show Metrics');
      const metrics = await workbench.webviews.open('Metrics', 30_000);
      await workbench.runCommand('View: Close Editors in Other Groups');
      await choose(
        metrics,
        'Whether runs are drawn alone, or means over the seeds of each recipe',
        'mean of each recipe',
      );
      await metrics.locator('.runs li.group').filter({ hasText: '1 of 5 shown' }).locator('vscode-checkbox').click();
      await metrics.getByText('5 of 5 shown').nth(1).waitFor();
      await picture(workbench, 'curves');
    });
  });

  suite('readme, robustness', { folder: EXAMPLE, prepare, settings: EMBEDDED_ENGINE, size }, (test) => {
    test(
      'lenses, table and curves, one image',
      async (workbench) => {
        const { editors } = workbench;
        await workbench.openFile(STUDY);
        await editors.clickCodeLens('Run all tests');
        await editors
          .codeLens(/at epoch \d+$/)
          .nth(2)
          .waitFor({ timeout: 240_000 });
        await editors.clickCodeLens('Show robustness');
        const frame = await workbench.webviews.open(/^Robustness/, 30_000);
        await frame.locator('table.tests tbody tr').nth(3).waitFor();
        await frame.locator('.key').first().waitFor();
        await picture(workbench, 'robustness');
        await frame.locator('.tab').filter({ hasText: 'One image' }).click();
        await workbench.runCommand('View: Close Editors in Other Groups');
        await frame.locator('.cell .confidence').filter({ hasText: '%' }).nth(40).waitFor({ timeout: 60_000 });
        await frame.locator('.banner:visible').waitFor({ state: 'hidden', timeout: 60_000 });
        await picture(workbench, 'robustness-image');
        await frame.locator('.cell').nth(20).click();
        await frame.locator('dialog.sight-detail').waitFor();
        await picture(workbench, 'robustness-cell');
      },
      { seconds: 400 },
    );
  });
}

if (process.env['EPOCHLENS_PICTURES'] !== undefined) {
  takeMovingPicture();
  takePictures();
}
