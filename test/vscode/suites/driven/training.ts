/** Training in the background, from the lens to the end, through a reload, a stop and a kill. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';
import type { Session } from '../../harness/session';

const prepare = async (folder: string): Promise<void> => {
  await writeSmallStudy(folder, { name: 'long', epochs: 200, trainCount: 256 });
  await writeSmallStudy(folder, { name: 'short', epochs: 1 });
};

async function trainings(session: Session): Promise<number[]> {
  const processes = await session.processes();
  return processes.filter(({ command }) => command.includes('cli.js train')).map(({ id }) => id);
}

/** After the accuracy of a measured epoch, if there is one. */
const PROGRESS = /epoch \d+ of 200 · .+ left/;

suite('training', { prepare, settings: EMBEDDED_ENGINE }, (test) => {
  test(
    'the lens trains, and shows how far it is',
    async ({ openFile, editors, statusBar, screenshot }) => {
      await openFile('long.epochlens.json');
      await editors.clickCodeLens('Train');
      await editors.codeLens(PROGRESS).waitFor();
      await editors.codeLens(/^\s*\d+\.\d % · epoch [1-9]\d* of 200 · .+ left/).waitFor();
      await editors.codeLens('Stop').waitFor();
      await statusBar.item(/long · .*\d+\/200/).waitFor();
      await screenshot('training-lens');
    },
    { everyRelease: true },
  );

  test(
    'the view shows it, with its checkpoints',
    async ({ views, screenshot }) => {
      await views.open('EpochLens');
      const tree = views.tree();
      await tree.expand(/epoch \d+ of 200/);
      await tree.item(/Epoch 0 \(untrained\)/).waitFor();
      await screenshot('training-view');
    },
    { everyRelease: true },
  );

  test(
    'after a reload it goes on and is shown',
    async ({ reload, editors, session, screenshot }) => {
      const [before] = await trainings(session);
      assert.ok(before);
      await reload();
      await editors.codeLens(PROGRESS).waitFor();
      await editors.codeLens('Stop').waitFor();
      await screenshot('training-reloaded');
      assert.deepEqual(await trainings(session), [before]);
    },
    { everyRelease: true },
  );

  test('the same study is not trained twice unasked', async ({ runCommand, notifications, session }) => {
    await runCommand('EpochLens: Train Study');
    await notifications.waitFor('long is being trained already');
    assert.equal((await trainings(session)).length, 1);
  });

  test('another study trains beside it, and its end is told', async ({
    openFile,
    editors,
    notifications,
    statusBar,
  }) => {
    await openFile('short.epochlens.json');
    await editors.clickCodeLens('Train');
    await statusBar.item('2 trainings').waitFor();
    await notifications.waitFor(/short is trained: \d+\.\d % of the test images right/);
    await editors.codeLens(/\d+\.\d % · 1 epoch/).waitFor();
  });

  test(
    'Stop stops it, and the lens offers to go on',
    async ({ openFile, editors, session, screenshot }) => {
      await openFile('long.epochlens.json');
      await editors.clickCodeLens('Stop');
      await editors.codeLens(/Resume at epoch \d+ of 200/).waitFor();
      await editors.codeLens(/stopped (after|in) epoch \d+ of 200/).waitFor();
      await screenshot('training-stopped');
      assert.deepEqual(await trainings(session), []);
    },
    { everyRelease: true },
  );

  test('Resume goes on with it', async ({ editors, session }) => {
    await editors.clickCodeLens('Resume');
    await editors.codeLens(PROGRESS).waitFor();
    assert.equal((await trainings(session)).length, 1);
  });

  test('a killed training is shown as interrupted, and can go on', async ({
    editors,
    notifications,
    session,
    screenshot,
  }) => {
    await editors.codeLens(/^\s*\d+\.\d % · epoch [1-9]\d* of 200/).waitFor();
    for (const id of await trainings(session)) process.kill(id, 'SIGKILL');
    await notifications.waitFor('Training long was interrupted');
    await editors.codeLens(/interrupted after epoch \d+ of 200/).waitFor();
    await screenshot('training-interrupted');
    await notifications.press('Training long was interrupted', 'Resume');
    await editors.codeLens(PROGRESS).waitFor();
    await editors.clickCodeLens('Stop');
    await editors.codeLens(/Resume at epoch/).waitFor();
  });

  test('a study that has changed is not resumed', async ({ editors, page, notifications, session }) => {
    // The training's seed.
    await editors.goTo(17, 13);
    await page.keyboard.press('Delete');
    await page.keyboard.type('7');
    await editors.clickCodeLens('Resume');
    await notifications.waitFor('has changed since this run was started');
    assert.deepEqual(await trainings(session), []);
  });
});

suite(
  'training once more',
  {
    prepare: async (folder) => {
      // It is found only when it is read.
      await writeFile(join(folder, 'wrong.safetensors'), 'no weights');
      await writeSmallStudy(folder, {
        name: 'both',
        epochs: 1,
        more: { model: [{ architecture: 'resnet20' }, { architecture: 'resnet32' }] },
      });
      await writeSmallStudy(folder, {
        name: 'broken',
        epochs: 1,
        more: { model: { architecture: 'resnet20', weights: 'wrong.safetensors' } },
      });
    },
    settings: EMBEDDED_ENGINE,
  },
  (test) => {
    test('each of two models has a lens of its own, and is trained by it', async ({
      openFile,
      editors,
      views,
      quickInput,
      page,
      runCommand,
      screenshot,
    }) => {
      await openFile('both.epochlens.json');
      await editors.codeLens('Train').nth(1).click();
      await editors.codeLens(/\d+\.\d % · 1 epoch/).waitFor();
      assert.equal(await editors.codeLens(/^\s*Train/).count(), 2);
      await runCommand('EpochLens: Train Study');
      await page.getByText('not trained yet').first().waitFor();
      await quickInput.choose('resnet20');
      await editors
        .codeLens(/\d+\.\d % · 1 epoch/)
        .nth(1)
        .waitFor();
      await views.open('EpochLens');
      await views
        .tree()
        .item(/1 epoch · resnet20/)
        .waitFor();
      await views
        .tree()
        .item(/1 epoch · resnet32/)
        .waitFor();
      await screenshot('training-two-models');
    });

    test('the reason why one cannot begin is told, and nothing is left', async ({
      openFile,
      editors,
      notifications,
      screenshot,
    }) => {
      await openFile('broken.epochlens.json');
      await editors.clickCodeLens('Train');
      await notifications.waitFor(/broken could not be trained: .*wrong\.safetensors/);
      await screenshot('training-failed');
      await editors.codeLens('Train').waitFor();
    });
  },
);

suite('the example', { settings: EMBEDDED_ENGINE }, (test) => {
  test('Train Example Study writes a study and trains it', async ({ runCommand, editors, views, session }) => {
    await runCommand('EpochLens: Train Example Study');
    await editors.tab('example.epochlens.json').waitFor();
    await editors.codeLens(/epoch \d+ of 5/).waitFor();
    await views.open('EpochLens');
    const entries = await views.tree().menuEntries(/epoch \d+ of 5/);
    assert.ok(entries.includes('Stop Training'));
    assert.equal(entries.includes('Delete Run…'), false);
    await editors.clickCodeLens('Stop');
    await editors.codeLens(/Resume at epoch \d of 5/).waitFor();
    assert.deepEqual(await trainings(session), []);
  });
});
