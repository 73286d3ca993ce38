/** The first minute: the extension is there, and says so where a person looks. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { EXAMPLE } from '../../harness/paths';

suite('start', { folder: EXAMPLE }, (test) => {
  test(
    'the activity bar has an EpochLens view',
    async ({ views, screenshot }) => {
      await views.open('EpochLens');
      await screenshot('start');
    },
    { everyRelease: true },
  );

  test(
    'the command palette offers to create a study',
    async ({ quickInput }) => {
      assert.equal(await quickInput.offersCommand('EpochLens: Create Study'), true);
    },
    { everyRelease: true },
  );

  test('the documentation opens at the page that is chosen, with its pictures', async (workbench) => {
    const { runCommand, quickInput, editors, webviews, screenshot } = workbench;
    await runCommand('EpochLens: Open Documentation');
    await quickInput.waitFor('Documentation');
    await quickInput.choose('In VS Code');
    await editors.tab(/^Preview panels\.md/).waitFor();
    const isShown = async (): Promise<void> => {
      const frame = await webviews.open(/panels\.md/);
      await frame.getByRole('heading', { name: 'Study files' }).waitFor();
      const picture = frame.locator('img[src*="heatmaps.png"]');
      await picture.waitFor();
      await frame.waitForFunction(() => [...document.images].every(({ naturalWidth }) => naturalWidth > 0));
    };
    // VS Code makes the preview's page anew once the file is read, and the first one goes.
    await isShown().catch(isShown);
    await screenshot('documentation');
  });

  test(
    'the command palette shows what EpochLens promises',
    async ({ runCommand, editors, webviews, screenshot }) => {
      await runCommand('EpochLens: What EpochLens Promises');
      await editors.tab(/^Preview promises\.md/).waitFor();
      const isShown = async (): Promise<void> => {
        const frame = await webviews.open(/promises\.md/);
        await frame.getByRole('heading', { name: 'What EpochLens promises' }).waitFor();
        await frame.getByRole('heading', { name: 'A byte flips' }).waitFor();
      };
      // VS Code makes the preview's page anew once the file is read, and the first one goes.
      await isShown().catch(isShown);
      await screenshot('promises');
    },
    { everyRelease: true },
  );
});
