/** The view "Runs": what it shows of runs that are there, and what its menus do. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';

const RUN = /60\.0 % · 5 epochs/;

let run = '';
const prepare = async (folder: string): Promise<void> => {
  run = await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
};

suite('runs', { prepare }, (test) => {
  test('studies, runs and checkpoints with their accuracies', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    const tree = views.tree();
    await tree.item(RUN).waitFor();
    await tree.expand(RUN);
    await tree.item(/Epoch 5\s*test 60\.0 % · train 61\.0 %/).waitFor();
    await screenshot('runs');
  });

  test('a run offers what can be done with it', async ({ views }) => {
    const entries = await views.tree().menuEntries(RUN);
    const wanted = [
      'Open Heatmaps',
      'Show Metrics',
      'Open Report',
      'Open Training Log',
      'Reveal in Explorer',
      'Copy Path',
      'Delete Run…',
    ];
    assert.deepEqual(
      wanted.filter((entry) => !entries.includes(entry)),
      [],
    );
    assert.equal(entries.includes('Resume Training'), false);
    assert.equal(entries.includes('Stop Training'), false);
  });

  test('Copy Path copies a checkpoint’s', async ({ views, page }) => {
    await views.tree().menu(/Epoch 5/, 'Copy Path');
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await until(
      'the path is copied',
      async () => (await copied()) === join(run, 'checkpoints', 'epoch-005.safetensors'),
    );
  });

  test('Delete asks, and deletes', async ({ views, dialog, screenshot }) => {
    await views.tree().menu(RUN, 'Delete Run…');
    assert.match(await dialog.text(), /Delete the run of done/);
    await screenshot('delete');
    await dialog.press('Cancel');
    assert.equal(existsSync(run), true);
    await views.tree().menu(RUN, 'Delete Run…');
    await dialog.press('Delete');
    await views.tree().item(RUN).waitFor({ state: 'detached' });
    assert.equal(existsSync(run), false);
  });
});
