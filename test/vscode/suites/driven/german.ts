/** VS Code in German: the manifest, the tree, messages, dialogs and pages, from the translations that are shipped. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { translations } from '../../harness/translations';

const prepare = async (folder: string): Promise<void> => {
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
};
const RUN = /60[.,]0 %/;
const options = { prepare, size: { width: 1500, height: 950 }, language: { id: 'de', name: 'German' } };

suite('german', options, (test) => {
  const { of: german, englishIn } = translations('de');
  const command = (key: string): string => `EpochLens: ${german(`command.${key}`)}`;

  test('the tree and the menu of a run', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    await views.tree().item(RUN).waitFor();
    const entries = await views.tree().menuEntries(RUN);
    for (const key of ['openHeatmaps', 'openReport', 'deleteRun'])
      assert.ok(
        entries.includes(german(`command.${key}`)),
        `${german(`command.${key}`)} is not among ${entries.join(', ')}`,
      );
    await screenshot('german tree');
  });

  test('the titles in the command palette', async ({ quickInput }) => {
    assert.equal(await quickInput.offersCommand(command('createStudy')), true);
    assert.equal(await quickInput.offersCommand(command('showRobustness')), true);
  });

  test('a message', async ({ views, notifications, screenshot }) => {
    await views.tree().menu(RUN, german('command.openLog'));
    await notifications.waitFor(german('This run has no log: it was trained from a terminal, which showed it.'));
    await screenshot('german message');
  });

  test('a question before a run is deleted', async ({ views, dialog }) => {
    await views.tree().menu(RUN, german('command.deleteRun'));
    const [question = ''] = german('Delete the run of {0}?', '|').split('|');
    assert.ok((await dialog.text()).startsWith(question));
    await dialog.press('Cancel');
  });

  test('a panel, whose page asks for its texts', async ({ runCommand, webviews, screenshot }) => {
    await runCommand(command('showMetrics'));
    const frame = await webviews.open(german('Metrics'), 30_000);
    await frame.getByRole('navigation', { name: german('Runs that are shown') }).waitFor();
    await frame.getByRole('columnheader', { name: german('Learning rate') }).waitFor();
    assert.deepEqual(await englishIn(frame), []);
    assert.equal(await frame.evaluate(() => document.documentElement.lang), 'de');
    await screenshot('german metrics');
  });
});
