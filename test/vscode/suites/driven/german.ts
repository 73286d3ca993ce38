/** VS Code in German: the manifest, the tree, messages, dialogs and pages, from the translations that are shipped. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { translations } from '../../harness/translations';

const prepare = async (folder: string): Promise<void> => {
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
};
const options = { prepare, size: { width: 1500, height: 950 }, language: { id: 'de', name: 'German' } };

suite('german', options, (test) => {
  const { of: german, englishIn } = translations('de');
  const command = (key: string): string => `EpochLens: ${german(`command.${key}`)}`;

  test('the tree and the menu of a run', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    const run = /60[.,]0 %/;
    await views.tree(german('view.runs')).item(run).waitFor();
    const entries = await views.tree().menuEntries(run);
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

  test('a message', async ({ runCommand, notifications, screenshot }) => {
    await runCommand(command('clearCaches'));
    await notifications.waitFor(german('There is nothing to clear.'));
    await screenshot('german message');
  });

  test('a question before a run is deleted', async ({ views, dialog }) => {
    await views.tree().menu(/60[.,]0 %/, german('command.deleteRun'));
    const [question = ''] = german('Delete the run of {0}?', '|').split('|');
    assert.ok((await dialog.text()).startsWith(question));
    await dialog.press('Cancel');
  });

  test('a panel, whose page asks for its texts', async ({ runCommand, webviews, screenshot }) => {
    await runCommand(command('showMetrics'));
    const frame = await webviews.open(german('Metrics'), 30_000);
    await frame.getByRole('navigation', { name: german('Runs that are shown') }).waitFor();
    await frame.getByRole('button', { name: german('Export CSV') }).waitFor();
    assert.deepEqual(await englishIn(frame), []);
    assert.equal(await frame.evaluate(() => document.documentElement.lang), 'de');
    await screenshot('german metrics');
  });
});
