/** The study file as a place to be: created, completed, checked, mended. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeSmallStudy } from '../../harness/studies';

suite('an empty folder', {}, (test) => {
  test('the view leads on', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    await views.welcome().getByText('Create Study').waitFor();
    await views.welcome().getByText('Run Example').waitFor();
    await screenshot('welcome');
  });

  test('Create Study asks for a name and a kind, writes the file and opens it', async (workbench) => {
    const { runCommand, quickInput, editors, folder, page, screenshot } = workbench;
    await runCommand('EpochLens: Create Study');
    await quickInput.waitFor('Create Study');
    await quickInput.accept('first');
    await page.getByText('The published study').waitFor();
    await screenshot('create-kinds');
    await quickInput.choose('A small study');
    await editors.tab('first.epochlens.json').waitFor();
    await editors.codeLens('Train').waitFor();
    assert.ok(existsSync(join(folder, 'first.epochlens.json')));
    await screenshot('created');
  });

  test('a name that is taken is refused', async ({ runCommand, quickInput, page }) => {
    await runCommand('EpochLens: Create Study');
    await quickInput.waitFor('Create Study');
    await quickInput.type('first');
    await page.getByText('There is a study of this name already.').waitFor();
    await quickInput.cancel();
  });

  test('the view lists it', async ({ views }) => {
    await views
      .tree()
      .item(/first\s*not trained yet/)
      .waitFor();
  });

  test('the walkthrough shows four steps', async ({ runCommand, quickInput, page, screenshot }) => {
    await runCommand('Welcome: Open Walkthrough...');
    await quickInput.type('EpochLens');
    await quickInput.choose(/EpochLens/);
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 4);
    await screenshot('walkthrough');
  });
});

suite(
  'checks of a study',
  {
    prepare: async (folder) => {
      const model = { architecture: 'efficientnet_b0', inputSize: 32 };
      await writeSmallStudy(folder, { name: 'small-map', epochs: 2, more: { model } });
    },
  },
  (test) => {
    test('a map of one cell is warned of', async ({ openFile, page, runCommand, screenshot }) => {
      await openFile('small-map.epochlens.json');
      await page.locator('.squiggly-warning').first().waitFor();
      await runCommand('Problems: Focus on Problems View');
      await page
        .getByText(/efficientnet_b0 at input size 32 leaves a 1×1 map/)
        .first()
        .waitFor();
      await screenshot('diagnostics');
    });

    test('a quick fix changes the input size', async ({ editors, page, folder, screenshot }) => {
      const path = join(folder, 'small-map.epochlens.json');
      const line =
        readFileSync(path, 'utf8')
          .split('\n')
          .findIndex((text) => text.includes('"inputSize"')) + 1;
      await editors.goTo(line, 20);
      await editors.quickFixes(/Set inputSize to 128: a 4×4 map/);
      await page.getByText(/Use resnet18_cifar/).waitFor();
      await page.getByText(/Look at the earlier layer blocks\.2\.1/).waitFor();
      await screenshot('quick-fix');
      // The first one is chosen already.
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+s');
      await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
      await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
      assert.match(readFileSync(path, 'utf8'), /"inputSize": 128/);
    });
  },
);
