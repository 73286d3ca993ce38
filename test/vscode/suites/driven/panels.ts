/** What all panels have in common: their column, the report among them, settings that count at once, measuring. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { suite } from '../../harness/driven';
import { reloadKept } from '../../harness/panels';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, epochlens, trainStudy, writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

let report = '';
let settings = '';

const PERTURBATIONS = [{ kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 1 }];

const prepare = async (folder: string): Promise<void> => {
  settings = join(folder, '.vscode', 'settings.json');
  await mkdir(join(folder, '.vscode'));
  const study = await writeSmallStudy(folder, {
    name: 'small',
    epochs: 1,
    trainCount: 64,
    more: { perturbations: PERTURBATIONS },
  });
  await trainStudy(study);
  const [run = ''] = await readdir(join(folder, '.epochlens', 'runs', 'small'));
  report = join(folder, '.epochlens', 'runs', 'small', run, 'report.html');
  const theirs = join(ROOT, 'test', 'fixtures', 'weights', 'resnet20-e05.safetensors');
  const unmeasured = ['--no-evaluate', '--synthetic', '--normalization', 'cifar10'];
  await epochlens('import', theirs, ...unmeasured, '--out', folder, '--name', 'theirs');
};

const columns = ({ page }: Workbench) => page.locator('.editor-group-container');

async function openReport(workbench: Workbench, title: string | RegExp = 'Report: small'): Promise<Frame> {
  return workbench.webviews.open(title);
}

/** The page's heading is this; a page that is written anew has another frame. */
function said({ webviews }: Workbench, heading: string): Promise<void> {
  return until(`the report says ${heading}`, async () => {
    const frame = await webviews.open('Report: small');
    return (
      (await frame
        .locator('h1')
        .innerText({ timeout: 1000 })
        .catch(() => '')) === heading
    );
  });
}

/** The report's heatmaps and its buttons are there. */
async function assertShown(frame: Frame): Promise<void> {
  await frame.getByRole('heading', { level: 1, name: 'small' }).waitFor();
  const loaded = (): Promise<boolean> =>
    frame.evaluate(
      () => [...document.images].length > 3 && [...document.images].every((image) => image.naturalWidth > 0),
    );
  await until('the pictures are loaded', loaded);
}

suite('panels', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  const COMMANDS = [
    'Open Heatmaps',
    'Show Robustness',
    'Choose Study Images',
    'Show Misclassified Images',
    'Show Attention over Epochs',
    // It is of no study alone.
    'Show Metrics',
  ];

  test('the first opens beside the text, and all others in its column', async (workbench) => {
    const { openFile, runCommand, screenshot } = workbench;
    await openFile('small.epochlens.json');
    for (const [at, command] of COMMANDS.entries()) {
      // Each is asked for from the panel before it, which has the focus, and whose study is meant.
      await runCommand(`EpochLens: ${command}`);
      await columns(workbench).nth(1).locator('.tab').nth(at).waitFor();
      assert.equal(await columns(workbench).count(), 2, command);
    }
    await screenshot('panels-one-column');
  });

  test('where one is moved, the next of its kind opens, also after a reload', async (workbench) => {
    const { editors, runCommand } = workbench;
    await editors.tab('Metrics').click();
    await runCommand('View: Move Editor into Right Group');
    await columns(workbench).nth(2).locator('.tab').filter({ hasText: 'Metrics' }).waitFor();
    await reloadKept(workbench);
    // A page that is loaded again takes the focus, which would close the palette.
    await columns(workbench).nth(2).locator('.tab').filter({ hasText: 'Metrics' }).click({ button: 'middle' });
    await until('its column is gone', async () => (await columns(workbench).count()) === 2);
    await runCommand('EpochLens: Show Metrics');
    await columns(workbench).nth(2).locator('.tab').filter({ hasText: 'Metrics' }).waitFor();
    assert.equal(await columns(workbench).count(), 3);
    await workbench.screenshot('panels-moved');
    // Closing the text renumbers the columns, which moves nothing.
    await editors.tab('small.epochlens.json').click({ button: 'middle' });
    await until('the text’s column is gone', async () => (await columns(workbench).count()) === 2);
    // No text is left that could be meant: of the two studies it is the focused panel's, and nobody is asked.
    await editors.tab(/^Robustness: small/).click();
    await runCommand('EpochLens: Open Heatmaps');
    await workbench.page.locator('.tab.active.selected').filter({ hasText: 'Heatmaps' }).waitFor();
    await editors.closeAll();
    await workbench.openFile('small.epochlens.json');
    await runCommand('EpochLens: Show Robustness');
    await columns(workbench).nth(1).locator('.tab').filter({ hasText: 'Robustness' }).waitFor();
    await editors.closeAll();
  });

  test('the report opens as a panel, with its pictures and its slider, and leads to a browser', async (workbench) => {
    const { openFile, runCommand, editors, notifications, screenshot } = workbench;
    await openFile('small.epochlens.json');
    await runCommand('EpochLens: Open Report');
    const frame = await openReport(workbench);
    await assertShown(frame);
    assert.equal(await columns(workbench).count(), 2);
    await frame.locator('#opacity').fill('0.9');
    const heat = (): Promise<string> =>
      frame.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--heat'));
    assert.equal(await heat(), '0.9');
    await screenshot('report');
    await frame.getByRole('button', { name: 'Open Externally' }).click();
    await notifications.waitFor(/The report is .*report\.html\. Download it from the explorer/);
    await notifications.clear();
    await editors.tab('Report: small').click();
    await editors.action('Open Report Externally').click();
    await notifications.waitFor(/Download it from the explorer/);
  });

  test('a report follows its file, says when it is gone or damaged, and comes back', async (workbench) => {
    const whole = await readFile(report, 'utf8');
    await (await openReport(workbench)).locator('#attention, #provenance').first().scrollIntoViewIfNeeded();
    await writeFile(report, whole.replace('<h1>small', '<h1>small, made again'));
    await said(workbench, 'small, made again');
    await writeFile(report, whole.slice(0, 5000));
    await said(workbench, 'The report is damaged');
    await rm(report);
    await said(workbench, 'The report is gone');
    await workbench.screenshot('report-gone');
    await (await openReport(workbench)).getByRole('button', { name: 'Make Again' }).click();
    await said(workbench, 'small');
    await reloadKept(workbench);
    await assertShown(await openReport(workbench));
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`report-${theme}`);
    }
    await workbench.setTheme('Default Dark Modern');
    await workbench.editors.closeAll();
  });

  test('settings count at once, and a wrong value is said', async (workbench) => {
    const { openFile, editors, notifications, runCommand } = workbench;
    await openFile('small.epochlens.json');
    await editors.codeLens('Train').first().waitFor();
    await editors.codeLens('Run all tests').first().waitFor();
    await writeFile(
      settings,
      JSON.stringify({ 'epochlens.codeLens.training': false, 'epochlens.appearance.opacity': 'much' }),
    );
    await until('the lenses of trainings are gone', async () => (await editors.codeLens('Train').count()) === 0);
    assert.ok((await editors.codeLenses()).includes('Run all tests'));
    await writeFile(
      settings,
      JSON.stringify({ 'epochlens.codeLens.tests': false, 'epochlens.appearance.opacity': 'much' }),
    );
    await editors.codeLens('Train').first().waitFor();
    await until('the lenses of tests are gone', async () => (await editors.codeLens('Run all tests').count()) === 0);
    await runCommand('EpochLens: Open Heatmaps');
    await notifications.waitFor('The setting epochlens.appearance.opacity cannot be "much". Its default counts, 0.55.');
    await notifications.clear();
    await editors.closeAll();
    await writeFile(settings, '{}');
  });

  test('imported checkpoints without an accuracy are measured from the tree', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    const tree = views.tree();
    const run = /1 imported checkpoint/;
    await tree.item(run).waitFor();
    await screenshot('measure-before');
    await tree.action(run, 'Measure Accuracy');
    await tree.item(/\d+\.\d % .*1 imported checkpoint/).waitFor();
    assert.equal((await tree.menuEntries(run)).includes('Measure Accuracy'), false);
    await screenshot('measured');
  });
});
