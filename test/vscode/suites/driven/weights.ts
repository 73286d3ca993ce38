/** Weights from elsewhere and for elsewhere, and what is downloaded only after a person has said so. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import type { RunManifest } from '../../../../src/runs';
import { parseSafetensors } from '../../../../src/weights/safetensors';
import { writeTheirs } from '../../../claimingCheckpoints';
import { suite } from '../../harness/driven';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';

const FIXTURES = join(ROOT, 'test', 'fixtures', 'weights');
const ARCHIVE_BYTES = 170_052_171;

/** Other people's checkpoints in three formats; a study whose data are missing, and a mirror that never gives them. */
const prepare = async (folder: string): Promise<void> => {
  const theirs = join(folder, 'theirs');
  await mkdir(theirs);
  for (const name of (await readdir(FIXTURES)).filter((each) => each.startsWith('resnet20'))) {
    await copyFile(join(FIXTURES, name), join(theirs, name));
  }
  await writeTheirs(join(folder, 'claims'), [{ name: 'epoch-007.safetensors', says: { test_acc: '93.07' } }]);
  await writeTheirs(join(folder, 'averaged'), [
    { name: 'epoch-001.safetensors', stateDicts: ['state_dict', 'state_dict_ema'] },
    { name: 'optimizer.safetensors', stateDicts: [] },
  ]);
  await writeTheirs(join(folder, 'clash'), [
    { name: 'first.safetensors', says: { epoch: '5' } },
    { name: 'second.safetensors', says: { epoch: '5' } },
  ]);
  await writeTheirs(join(folder, 'called'), [{ name: 'epoch-002.safetensors', says: { arch: 'preact_resnet20' } }]);
  const mirror = createServer((_, response) => {
    response.writeHead(200, { 'content-length': ARCHIVE_BYTES }).flushHeaders();
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  mirror.unref();
  const { port } = mirror.address() as AddressInfo;
  await mkdir(join(folder, '.vscode'));
  const settings = { 'epochlens.cifar10Mirror': `http://127.0.0.1:${port}/cifar-10-binary.tar.gz` };
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  await writeSmallStudy(folder, { name: 'needs', epochs: 1, more: { dataset: { kind: 'cifar10', folder: 'data' } } });
};

/** A safetensors file's numbers by name, less a wrapper's prefix and the counters that some files leave out. */
async function numbersOf(path: string): Promise<Map<string, Float32Array>> {
  const { tensors } = parseSafetensors(await readFile(path), path);
  const numbers = [...tensors].filter(([name]) => !name.endsWith('num_batches_tracked'));
  return new Map(numbers.map(([name, { data }]) => [name.replace(/^model\./, ''), data]));
}

async function importedRun(folder: string, study: string): Promise<{ imported: NonNullable<RunManifest['imported']> }> {
  const runs = join(folder, '.epochlens', 'runs', study);
  const [run = ''] = await readdir(runs);
  const { imported } = JSON.parse(await readFile(join(runs, run, 'run.json'), 'utf8')) as RunManifest;
  assert.ok(imported);
  return { imported };
}

suite('weights', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('a folder of PyTorch’s checkpoints becomes a run, whose heatmaps open', async ({
    views,
    quickInput,
    page,
    notifications,
    webviews,
    screenshot,
  }) => {
    // A menu that opens before the extension is there lacks its entries.
    await views.open('EpochLens');
    await views.tree().item(/needs/).waitFor();
    await views.open('Explorer');
    await views.explorer().menu('theirs', 'EpochLens > Import Checkpoints…');
    await quickInput.waitFor('Import Checkpoints: resnet20, epochs 3, 4, 5');
    await quickInput.choose('Synthetic images');
    await page.getByText('mean 0.4914, 0.4822, 0.4465', { exact: true }).waitFor();
    await screenshot('import-normalisation');
    await quickInput.choose('CIFAR-10');
    await notifications.waitFor('3 checkpoints of resnet20 imported.');
    await screenshot('import-done');
    await notifications.press('3 checkpoints of resnet20 imported.', 'Open Heatmaps');
    const frame = await webviews.open(/^Heatmaps: theirs/);
    const filled = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
    await filled.nth(5).waitFor();
    await screenshot('import-heatmaps');
  });

  test('a claim that is wrong is shown beside what was measured, with ways on', async ({
    views,
    quickInput,
    page,
    notifications,
    webviews,
    screenshot,
  }) => {
    await views.open('Explorer');
    await views.explorer().menu('claims', 'EpochLens > Import Checkpoints…');
    await quickInput.choose('Synthetic images');
    await page.getByText('mean 0.4914, 0.4822, 0.4465', { exact: true }).waitFor();
    await quickInput.choose('CIFAR-10');
    const warning = /epoch-007\.safetensors.* of 500\).*measured here; the file claims 93\.07/;
    await notifications.waitFor(warning);
    await notifications.waitFor('1 checkpoint of resnet20 imported.');
    await screenshot('import-wrong-claim');
    await notifications.press(warning, 'Open Metrics');
    await webviews.open(/^Metrics/);
    await notifications.clear();
  });

  test('of averaged weights beside raw ones one is picked, the averaged first, by the keyboard alone', async ({
    views,
    quickInput,
    page,
    notifications,
    folder,
    screenshot,
  }) => {
    await views.open('Explorer');
    await views.explorer().menu('averaged', 'EpochLens > Import Checkpoints…');
    await page
      .getByText('The files hold several networks')
      .or(page.getByPlaceholder(/hold several networks/))
      .waitFor();
    assert.deepEqual(await quickInput.labels(), ['state_dict_ema', 'state_dict']);
    await screenshot('import-averaged');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Synthetic images').first().waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('mean 0.4914, 0.4822, 0.4465', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    const said = '1 checkpoint of resnet20 imported.';
    await notifications.waitFor(said);
    const leftOut = /Left out: optimizer\.safetensors \(it holds no network\)\./;
    await notifications.waitFor(leftOut);
    const { imported } = await importedRun(folder, 'averaged');
    assert.equal(imported.files[0]?.stateDict, 'state_dict');
    await notifications.clear();
  });

  test('files of one epoch are asked for theirs, with a proposal, and what cannot be is said', async ({
    views,
    quickInput,
    page,
    notifications,
    folder,
    screenshot,
  }) => {
    await views.open('Explorer');
    await views.explorer().menu('clash', 'EpochLens > Import Checkpoints…');
    await quickInput.waitFor('Import Checkpoints: the epochs of 2 files');
    const box = page.locator('.quick-input-widget input:not([type="checkbox"])');
    assert.equal(await box.inputValue(), '5,6');
    await quickInput.type('4,4');
    await page.getByText('first.safetensors and second.safetensors would both be of epoch 4.').waitFor();
    await screenshot('import-clash');
    await quickInput.accept('4, 8');
    await quickInput.waitFor('Import Checkpoints: resnet20, epochs 4, 8');
    await quickInput.choose('Synthetic images');
    await page.getByText('mean 0.485, 0.456, 0.406').waitFor();
    await quickInput.choose('ImageNet');
    await notifications.waitFor('2 checkpoints of resnet20 imported.');
    const { imported } = await importedRun(folder, 'clash');
    assert.deepEqual(
      imported.files.map(({ epoch, file }) => [epoch, basename(file)]),
      [
        [4, 'first.safetensors'],
        [8, 'second.safetensors'],
      ],
    );
    await notifications.clear();
  });

  test('a file that calls itself another network is imported only when a person says so', async (workbench) => {
    const { views, quickInput, dialog, screenshot } = workbench;
    await views.open('Explorer');
    await views.explorer().menu('called', 'EpochLens > Import Checkpoints…');
    assert.match(
      await dialog.text(),
      /Are these checkpoints of resnet20\?[^]*epoch-002\.safetensors calls itself preact_resnet20/,
    );
    await screenshot('import-called');
    await dialog.press('Import as resnet20 anyway');
    await quickInput.waitFor('Import Checkpoints: resnet20, epoch 2');
    await quickInput.cancel();
  });

  test('a checkpoint is exported, and the Python that loads it is shown and copied', async (workbench) => {
    const { views, quickInput, editors, folder, page, screenshot } = workbench;
    await views.open('EpochLens');
    const tree = views.tree();
    await tree.expand(/claimed: 75\.0 %\) · 3 imported checkpoints/);
    await tree.menu(/Epoch 5/, 'Export Checkpoint Weights…');
    await quickInput.choose('timm');
    const out = join(folder, 'given.safetensors');
    await quickInput.chooseFile(out);
    await editors.tab('load given.py').waitFor();
    await page.getByText('CifarResNet(3, 10)').first().waitFor();
    await screenshot('export');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(`model.load_state_dict(load_file(${JSON.stringify(out)}))`), copied);
    const [given, theirs] = [await numbersOf(out), await numbersOf(join(FIXTURES, 'resnet20-e05.safetensors'))];
    assert.deepEqual([...given.keys()].sort(), [...theirs.keys()].sort());
    for (const [name, numbers] of theirs) assert.deepEqual(given.get(name), numbers, name);
  });

  test('data are downloaded only when a person agrees, with progress, and can be cancelled', async (workbench) => {
    const { openFile, editors, dialog, notifications, folder, screenshot } = workbench;
    await openFile('needs.epochlens.json');
    await editors.clickCodeLens('Train');
    assert.match(await dialog.text(), /CIFAR-10 is not here yet\.[^]*CIFAR-10 \(170 MB\): /);
    await screenshot('download-asked');
    await dialog.press('Download (170 MB)');
    await notifications.waitFor(/downloading CIFAR-10: 0\.0 of 170 MB/);
    await screenshot('download-progress');
    await notifications.press(/downloading CIFAR-10/, 'Cancel');
    await editors.codeLens('Train').waitFor();
    assert.equal(existsSync(join(folder, 'data')), false);
  });
});
