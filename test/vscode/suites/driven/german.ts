/** VS Code in German: the manifest, the tree, messages, dialogs and pages, from the translations that are shipped. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { translations } from '../../harness/translations';

const prepare = async (folder: string): Promise<void> => {
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
};
const RUN = /60[.,]0 %/;
const options = { prepare, size: { width: 1500, height: 950 }, language: { id: 'de', name: 'German' } };

suite('german', options, (test) => {
  const { of: german } = translations('de');
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

  test('the walkthrough', async ({ runCommand, quickInput, page, screenshot }) => {
    await runCommand('Welcome: Open Walkthrough...');
    await quickInput.type('EpochLens');
    await quickInput.choose(german('walkthrough.title'));
    await page
      .locator('.getting-started-step')
      .filter({ hasText: german('walkthrough.create.title') })
      .waitFor();
    await screenshot('german walkthrough');
  });
});

const perturbations = [
  { kind: 'gaussianNoise', standardDeviation: 0.1 },
  { kind: 'rotation', degrees: [-30, 30], expect: { accuracy: { min: 0.1 } } },
];
const prepareTrained = async (folder: string): Promise<void> => {
  await trainStudy(await writeSmallStudy(folder, { name: 'formen', epochs: 2, more: { perturbations } }));
};

suite('german panels', { ...options, prepare: prepareTrained, settings: EMBEDDED_ENGINE }, (test) => {
  const { of: german, englishIn } = translations('de');
  const panels = [
    ['showMetrics', 'Metrics', '[role="navigation"], nav'],
    ['openHeatmaps', 'Heatmaps: {0}', '[role="gridcell"] .confidence:has-text("%")'],
    ['showMistakes', 'Misclassified images: {0}', '.fate:not([disabled])'],
    ['showAttention', 'Attention: {0}', '.settled, h2'],
    ['showRobustness', 'Robustness: {0}', '.empty-state h2'],
    ['showTrust', 'Trust in Heatmaps: {0}', '.section h2'],
    ['openGallery', 'Gallery: {0}', '.count'],
  ] as const;
  for (const [command, title, there] of panels)
    test(`the page of ${command}, wide and narrow`, async ({ runCommand, resize, webviews, screenshot, page }) => {
      await runCommand(`EpochLens: ${german(`command.${command}`)}`);
      const frame = await webviews.open(german(title, 'formen'));
      await frame.locator(there).first().waitFor();
      await page.waitForTimeout(3000);
      assert.equal(await frame.evaluate(() => document.documentElement.lang), 'de');
      assert.deepEqual(await englishIn(frame), []);
      await screenshot(`german ${command}`);
      await resize(450, 900);
      await page.waitForTimeout(1000);
      await screenshot(`german ${command} narrow`);
      await resize(1500, 950);
    });
});
