/** Whether a run is whole, and which of its epochs stay: verified, damaged, packed and pruned in the editor. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { assertLooks } from '../../harness/panels';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';

const RUN = /60\.0 % · 5 epochs/;
const DAMAGED = /60\.0 % · 5 epochs · damaged/;

let run = '';
const prepare = async (folder: string): Promise<void> => {
  run = await writeFinishedRun(await writeSmallStudy(folder, { name: 'kept', epochs: 5 }));
};

const checkpoint = (epoch: number): string => join(run, `checkpoints/epoch-00${epoch}.safetensors`);

suite('keeping', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('a whole run is said to be whole, and what it takes is in its tooltip', async ({
    views,
    notifications,
    page,
    screenshot,
  }) => {
    await views.open('EpochLens');
    await views.tree().item(RUN).waitFor();
    await views.tree().menu(RUN, 'Verify Run…');
    await notifications.waitFor(/The run of kept from .* is whole\./);
    await screenshot('keeping-whole');
    await notifications.clear();
    await views.tree().item(RUN).hover();
    await page
      .locator('.monaco-hover:visible')
      .filter({ hasText: /Space[^]*checkpoints/ })
      .waitFor();
  });

  test('a damaged checkpoint is found, shown in the tree, and named with what to do', async (workbench) => {
    const { views, notifications, editors, page, screenshot } = workbench;
    await appendFile(checkpoint(3), 'x');
    await views.tree().menu(RUN, 'Verify Run…');
    const said = /The run of kept .* is damaged: checkpoints\/epoch-003\.safetensors is damaged\./;
    await notifications.waitFor(said);
    await views.tree().item(DAMAGED).waitFor();
    await screenshot('keeping-damaged');
    await notifications.press(said, 'Show Details');
    await editors.tab(/Verification of kept .*\.txt/).waitFor();
    const text = page
      .locator('.view-lines:visible')
      .filter({ hasText: /its\sbytes\sare\snot\sthose\sthat\swere\swritten/ });
    await text.first().waitFor();
    await screenshot('keeping-details');
    await editors.closeAll();
  });

  test('its heatmaps are refused by name', async ({ views, webviews, screenshot, editors }) => {
    await views.tree().menu(RUN, 'Open Heatmaps');
    const frame = await webviews.open(/^Heatmaps/);
    await frame
      .getByText(/epoch-003\.safetensors/)
      .first()
      .waitFor();
    await screenshot('keeping-refused');
    await editors.closeAll();
  });

  test('restored and verified again it is whole again', async ({ views, notifications }) => {
    await writeFile(checkpoint(3), '');
    await notifications.clear();
    await views.tree().menu(RUN, 'Verify Run…');
    await notifications.waitFor(/The run of kept from .* is whole\./);
    await views.tree().item(DAMAGED).waitFor({ state: 'detached' });
  });

  test('a metrics line that is damaged is shown at once; the metrics panel has its copy, and says so', async (workbench) => {
    const { views, webviews, editors } = workbench;
    const path = join(run, 'metrics.jsonl');
    const text = await readFile(path, 'utf8');
    try {
      await writeFile(path, text.replace('"testAccuracy":30', '"testAccuracy":90'));
      await views.tree().item(DAMAGED).waitFor();
      await views.tree().menu(RUN, 'Show Metrics');
      const frame = await webviews.open('Metrics');
      const said = /metrics\.jsonl: line 3 \(epoch 2\) is damaged.* the copy in sums\.jsonl is used\./;
      await frame.locator('.content p.warning').getByText(said).waitFor();
      const epoch2 = frame.locator('table.numbers tbody tr').nth(2);
      assert.match(await epoch2.innerText(), /^2\s.*30\.0/);
      await assertLooks(workbench, frame, { name: 'keeping-metrics', narrow: [700, 900] });
      await editors.closeAll();
    } finally {
      await writeFile(path, text);
    }
    await views.tree().item(DAMAGED).waitFor({ state: 'detached' });
  });

  test('its TensorBoard files are written, and where they cannot be, that is said', async (workbench) => {
    const { views, notifications, page, folder, screenshot } = workbench;
    await notifications.clear();
    const place = join(folder, '.epochlens', 'tensorboard');
    await writeFile(place, '');
    await views.tree().menu(RUN, 'Write TensorBoard Files');
    await notifications.waitFor(/the folder cannot be made.* A part of the path is a file, not a folder/);
    await notifications.clear();
    await rm(place);
    await views.tree().menu(RUN, 'Write TensorBoard Files');
    const said = /TensorBoard files are in .*kept\. See them in a terminal by: tensorboard --logdir /;
    await notifications.waitFor(said);
    await screenshot('keeping-tensorboard');
    const [named = ''] = await readdir(join(place, 'kept'));
    assert.match((await readdir(join(place, 'kept', named))).join(), /^events\.out\.tfevents\.\d+\.[^,]+\.000$/);
    await notifications.press(said, 'Copy Command');
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await until(
      'the command is copied',
      async () => (await copied()) === `tensorboard --logdir ${join(place, 'kept')}`,
    );
  });

  test('a run is packed into one file', async ({ views, quickInput, notifications, folder, screenshot }) => {
    await notifications.clear();
    const file = join(folder, 'kept.epochlens-run.tar.gz');
    await views.tree().menu(RUN, 'Pack Run…');
    await quickInput.choose('Everything');
    await quickInput.chooseFile(file);
    await notifications.waitFor(/kept\.epochlens-run\.tar\.gz: .*, checked\./);
    assert.equal(existsSync(file), true);
    await screenshot('keeping-packed');
  });

  test('Keep Epochs says what goes and what is freed, and deletes once it is confirmed', async (workbench) => {
    const { views, quickInput, dialog, notifications, screenshot } = workbench;
    await notifications.clear();
    await views.tree().menu(RUN, 'Keep Only Some Epochs…');
    await quickInput.choose('Every 2nd, and last');
    const said = await dialog.text();
    assert.match(said, /Delete 2 files of kept/);
    await screenshot('keeping-epochs');
    await dialog.press('Cancel');
    assert.equal((await readdir(join(run, 'checkpoints'))).length, 6);
    await views.tree().menu(RUN, 'Keep Only Some Epochs…');
    await quickInput.choose('Every 2nd, and last');
    await dialog.press('Delete');
    await notifications.waitFor(/Deleted 2 files, .* freed\./);
    assert.deepEqual(
      (await readdir(join(run, 'checkpoints'))).sort(),
      [0, 2, 4, 5].map((epoch) => `epoch-00${epoch}.safetensors`),
    );
    await views.tree().expand(RUN);
    await views
      .tree()
      .item(/^Epoch 4/)
      .waitFor();
    assert.equal(
      (await views.tree().texts()).some((text) => text.startsWith('Epoch 3')),
      false,
    );
    await notifications.clear();
    await views.tree().menu(RUN, 'Verify Run…');
    await notifications.waitFor(/The run of kept from .* is whole\./);
  });
});
