/** Weights from elsewhere and for elsewhere, and what is downloaded only after a person has said so. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
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

suite('weights', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test(
    'a folder of PyTorch’s checkpoints becomes a run, whose heatmaps open',
    async ({ views, quickInput, page, notifications, webviews, screenshot }) => {
      // A menu that opens before the extension is there lacks its entries.
      await views.open('EpochLens');
      await views.tree().item(/needs/).waitFor();
      await views.open('Explorer');
      await views.explorer().menu('theirs', 'Import Checkpoints…');
      await quickInput.waitFor('Import Checkpoints: resnet20, epochs 3, 4, 5');
      await screenshot('import-normalisation');
      await quickInput.choose('CIFAR-10');
      await page.getByText('Synthetic images').first().waitFor();
      await quickInput.choose('Synthetic images');
      await notifications.waitFor('3 checkpoints of resnet20 imported.', 30_000);
      await screenshot('import-done');
      await notifications.press('3 checkpoints of resnet20 imported.', 'Open Heatmaps');
      const frame = await webviews.open(/^Heatmaps: theirs/, 30_000);
      const filled = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
      await filled.nth(5).waitFor({ timeout: 60_000 });
      await screenshot('import-heatmaps');
    },
    { seconds: 120 },
  );

  test('a checkpoint is exported, and the Python that loads it is shown and copied', async (workbench) => {
    const { views, quickInput, editors, folder, page, screenshot } = workbench;
    await views.open('EpochLens');
    const tree = views.tree();
    await tree.expand(/75\.0 % · 5 epochs/);
    await tree.menu(/Epoch 5/, 'Export Weights…');
    await quickInput.choose('timm');
    const out = join(folder, 'given.safetensors');
    await quickInput.chooseFile(out);
    await editors.tab('load given.py').waitFor({ timeout: 30_000 });
    await page.getByText('CifarResNet(3, 10)').first().waitFor();
    await screenshot('export');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(`model.load_state_dict(load_file(${JSON.stringify(out)}))`), copied);
    assert.equal((await readFile(out)).subarray(8, 9).toString(), '{');
  });

  test('data are downloaded only when a person agrees, with progress, and can be cancelled', async (workbench) => {
    const { openFile, editors, dialog, notifications, folder, screenshot } = workbench;
    await openFile('needs.epochlens.json');
    await editors.clickCodeLens('Train');
    assert.match(await dialog.text(), /CIFAR-10 is not here yet\.[^]*CIFAR-10 \(170 MB\): /);
    await screenshot('download-asked');
    await dialog.press('Download (170 MB)');
    await notifications.waitFor(/downloading CIFAR-10: 0\.0 of 170 MB/, 30_000);
    await screenshot('download-progress');
    await notifications.press(/downloading CIFAR-10/, 'Cancel');
    await editors.codeLens('Train').waitFor();
    assert.equal(existsSync(join(folder, 'data')), false);
  });
});
