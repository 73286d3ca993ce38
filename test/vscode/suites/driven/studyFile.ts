/** The study file as a place to be: created, completed, checked, mended. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';

/** By which each example study is known. */
const KINDS =
  /A sweep|small study on CIFAR-10|Permuted labels|synthetic images|published study|own pictures|Imagenette|Tiny-ImageNet/;

suite('an empty folder', {}, (test) => {
  test('the view leads on', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    await views.welcome().getByText('Create Study').waitFor();
    await views.welcome().getByText('Train Example Study').waitFor();
    await screenshot('welcome');
  });

  test('Create Study asks for a name and a kind, writes the file and opens it to stay', async (workbench) => {
    const { runCommand, quickInput, editors, folder, page, screenshot } = workbench;
    await runCommand('EpochLens: Create Study');
    await quickInput.waitFor('Create Study');
    await quickInput.accept('first');
    await page.getByText('The published study').waitFor();
    await screenshot('create-kinds');
    const labels = await page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    assert.deepEqual(
      labels.map((text) => KINDS.exec(text)?.[0]),
      [
        'small study on CIFAR-10',
        'synthetic images',
        'A sweep',
        'Permuted labels',
        'published study',
        'own pictures',
        'Imagenette',
        'Tiny-ImageNet',
      ],
    );
    assert.ok(labels.every((text) => /minute|hours/.test(text) && /download|where to get/.test(text)));
    await quickInput.choose(/A small study on CIFAR-10/);
    await editors.tab('first.epochlens.json').waitFor();
    // VS Code sets the names of tabs that do not stay in italics.
    assert.equal(await editors.tab('first.epochlens.json').locator('.italic').count(), 0);
    assert.match(readFileSync(join(folder, 'first.epochlens.json'), 'utf8'), /"kind": "cifar10"/);
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

  test('the walkthrough shows five steps', async ({ runCommand, quickInput, page, screenshot }) => {
    await runCommand('Welcome: Open Walkthrough...');
    await quickInput.type('EpochLens');
    await quickInput.choose(/EpochLens/);
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 5);
    await screenshot('walkthrough');
    const titles = page.locator('.getting-started-category h2.category-title, .step-title h3, .category-title');
    const cut = await titles.evaluateAll((all) =>
      all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ textContent }) => textContent),
    );
    assert.deepEqual(cut, []);
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
      await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
      await until('the file has the size', () => readFileSync(path, 'utf8').includes('"inputSize": 128'));
    });
  },
);

suite(
  'a broken study',
  {
    prepare: async (folder) => {
      const more = { training: { epochs: 2, learningRate: 500, epocs: 1 }, explain: { layer: 'layer9' } };
      await writeSmallStudy(folder, { name: 'broken', epochs: 2, more });
      await writeSmallStudy(folder, { name: 'no-image', epochs: 2, more: { explain: { images: { test: [0, 99] } } } });
    },
  },
  (test) => {
    test('Train opens it at the first problem, and says in a few words what it is', async (workbench) => {
      const { runCommand, quickInput, notifications, editors, page, folder, screenshot } = workbench;
      const selected = async (file: string, text: string, message: RegExp): Promise<void> => {
        await runCommand('EpochLens: Train Study');
        await quickInput.choose(new RegExp(`^${file}`));
        await notifications.waitFor(message);
        await editors.tab(`${file}.epochlens.json`).waitFor();
        const lines = readFileSync(join(folder, `${file}.epochlens.json`), 'utf8').split('\n');
        const line = lines.findIndex((each) => each.includes(text)) + 1;
        // The list of problems names lines and columns too, so the status bar's own item is asked for.
        const place = new RegExp(`^Ln ${line}, Col \\d+ \\(${text.length} selected\\)$`);
        await page.getByRole('button', { name: place }).waitFor();
        assert.equal(await editors.tab(`${file}.epochlens.json`).locator('.italic').count(), 0);
        assert.equal((await notifications.texts()).length, 1);
        assert.ok((await notifications.texts()).every((each) => each.length < 300));
        assert.ok(!existsSync(join(folder, '.epochlens')));
      };
      await selected('broken', '500', /broken\.epochlens\.json, line \d+: Out of range.*There are 2 more problems\./);
      await screenshot('train-broken');
      await notifications.press(/broken\.epochlens\.json/, 'Show Problems');
      await page.locator('.markers-panel').waitFor();
      await screenshot('train-broken-problems');
      await notifications.clear();
      // A study that is open is the one that is meant.
      await editors.closeAll();
      await selected('no-image', '99', /no-image\.epochlens\.json, line \d+: There is no test image 99/);
      await screenshot('train-no-image');
    });

    test('a hover tells default and range', async ({ openFile, editors, runCommand, page, screenshot }) => {
      await openFile('broken.epochlens.json');
      await editors.goTo(15, 8);
      await runCommand('Show or Focus Hover');
      await page.getByText('A number from 0 to 100.').waitFor();
      await page.getByText('Default: 0.01.').waitFor();
      await screenshot('hover');
    });
  },
);
