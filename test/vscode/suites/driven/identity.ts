/** Which runs a study has: those of its file, however it is named, moved, linked to, or lost from sight. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { succeeds } from '../../../../src/common/succeeds';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const studyFileOf = (run: string): string =>
  (JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as { studyFile: string }).studyFile;

async function renameInExplorer({ views, page }: Workbench, from: string, to: string): Promise<void> {
  await views.open('Explorer');
  const input = page.locator('.explorer-folders-view .monaco-inputbox input');
  const enterName = async (): Promise<void> => {
    await views.explorer().item(from).click({ timeout: 3000 });
    await page.keyboard.press('F2');
    // The explorer may have given the focus to another row.
    await input.waitFor({ timeout: 3000 });
    assert.equal(await input.inputValue(), from);
    await input.fill(to, { timeout: 3000 });
    await input.press('Enter', { timeout: 3000 });
  };
  // The explorer takes the input away where it draws itself anew, as it does when files come and go.
  let why: unknown = 'the name was entered';
  await until(`${from} is renamed`, async () => {
    const entered = await enterName().then(
      () => true,
      async (error: unknown) => {
        why = error;
        await page.keyboard.press('Escape');
        return false;
      },
    );
    return succeeds(
      views
        .explorer()
        .item(to)
        .waitFor({ timeout: entered ? 20_000 : 1000 }),
    );
  }).catch(async (error: unknown) => {
    throw new Error(
      `${String(error)}; last: ${String(why)}; the rows: ${(await views.explorer().texts()).join(' | ')}`,
    );
  });
}

let run = '';

suite(
  'a study file that is renamed',
  {
    async prepare(folder) {
      run = await writeFinishedRun(await writeSmallStudy(folder, { name: 'first', epochs: 2 }));
      await mkdir(join(folder, 'deeper'));
      await writeFile(join(folder, 'deeper', 'notes.txt'), '');
    },
  },
  (test) => {
    test(
      'in the explorer keeps its runs',
      async (workbench) => {
        const { views, screenshot, page, runCommand, webviews } = workbench;
        await views.open('EpochLens');
        await views
          .tree()
          .item(/first\s*1 run/)
          .waitFor();
        await runCommand('EpochLens: Show Misclassified Images');
        const panel = page
          .locator('.tab')
          .filter({ hasText: /Misclassified.*: first/ })
          .first();
        await panel.waitFor();
        await renameInExplorer(workbench, 'first.epochlens.json', 'zweite Füße.epochlens.json');
        await until('run.json names the new file', () => studyFileOf(run) === '../../../../zweite Füße.epochlens.json');
        await views.open('EpochLens');
        await views
          .tree()
          .item(/first\s*1 run/)
          .waitFor();
        const isGone = async (): Promise<boolean> => (await views.tree().texts()).some((text) => text.includes('gone'));
        await until('the view knows the new file', async () => !(await isGone()));
        // Without a run its title would be that of an empty one.
        await panel.click();
        await webviews.open(/^Misclassified/);
        assert.equal(await panel.count(), 1);
        await screenshot('renamed');
      },
      { everyRelease: true },
    );

    test('with its folder keeps them, too, and moved to another takes them along', async (workbench) => {
      const { views, page, folder, notifications } = workbench;
      await views.open('Explorer');
      await views.explorer().click('zweite Füße.epochlens.json');
      await page.keyboard.press('Control+x');
      await views.explorer().click('deeper');
      await page.keyboard.press('Control+v');
      const runs = join(folder, 'deeper', '.epochlens', 'runs', 'first');
      await until('the run is moved', () => existsSync(runs) && readdirSync(runs).length === 1);
      assert.equal(existsSync(run), false);
      await renameInExplorer(workbench, 'deeper', 'elsewhere');
      const moved = runs.replace('deeper', 'elsewhere');
      await until('the folder has its new name', () => existsSync(moved));
      await views.open('EpochLens');
      await views
        .tree()
        .item(/first\s*1 run/)
        .waitFor();
      assert.deepEqual(await notifications.texts(), []);
      run = join(moved, readdirSync(moved)[0] ?? '');
      assert.equal(studyFileOf(run), '../../../../zweite Füße.epochlens.json');
    });
  },
);

suite(
  'two studies of one name',
  {
    async prepare(folder) {
      await writeFinishedRun(await writeSmallStudy(folder, { name: 'same', epochs: 2 }));
      const text = readFileSync(join(folder, 'same.epochlens.json'), 'utf8');
      await writeFile(join(folder, 'other.epochlens.json'), text);
    },
  },
  (test) => {
    test('have each its own runs', async ({ views }) => {
      await views.open('EpochLens');
      await views
        .tree()
        .item(/same\s*1 run · same\.epochlens\.json/)
        .waitFor();
      await views
        .tree()
        .item(/same\s*not trained yet · other\.epochlens\.json/)
        .waitFor();
    });

    test('are warned of, and one gets a free name by a fix', async ({
      openFile,
      page,
      editors,
      folder,
      runCommand,
      screenshot,
    }) => {
      await openFile('other.epochlens.json');
      await page.locator('.squiggly-warning').first().waitFor();
      await runCommand('Problems: Focus on Problems View');
      await page
        .getByText(/same\.epochlens\.json has the name "same", too/)
        .first()
        .waitFor();
      await screenshot('identity-name-taken');
      await editors.goTo(2, 13);
      await editors.quickFixes('Name this study "same-2"');
      await page.keyboard.press('Enter');
      await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
      const file = join(folder, 'other.epochlens.json');
      await until('the file has the name', () => readFileSync(file, 'utf8').includes('"name": "same-2"'));
    });
  },
);

suite(
  'linked runs and studies',
  {
    async prepare(folder) {
      const scratch = await mkdtemp(join(tmpdir(), 'epochlens-scratch-'));
      const linked = dirname(await writeFinishedRun(await writeSmallStudy(folder, { name: 'linked', epochs: 2 })));
      await rename(linked, join(scratch, 'runs'));
      await symlink(join(scratch, 'runs'), linked, 'dir');
      await mkdir(join(scratch, 'project'));
      await writeFinishedRun(await writeSmallStudy(join(scratch, 'project'), { name: 'outside', epochs: 2 }));
      await symlink(join(scratch, 'project'), join(folder, 'project'), 'dir');
      await symlink('..', join(folder, 'project', 'loop'), 'dir');
    },
  },
  (test) => {
    test('are found, each once', async ({ views, screenshot }) => {
      await views.open('EpochLens');
      await views
        .tree()
        .item(/linked\s*1 run/)
        .waitFor();
      await views
        .tree()
        .item(/outside\s*1 run/)
        .waitFor();
      await screenshot('linked');
    });
  },
);

suite(
  'a study file that is gone',
  {
    async prepare(folder) {
      const file = await writeSmallStudy(folder, { name: 'before', epochs: 2 });
      run = await writeFinishedRun(file);
      const text = readFileSync(file, 'utf8').replace('"before"', '"after"');
      await rename(file, join(folder, 'after.epochlens.json'));
      await writeFile(join(folder, 'after.epochlens.json'), text);
    },
  },
  (test) => {
    test('leaves runs that the view offers for adoption, and gives back', async (workbench) => {
      const { views, quickInput, dialog, notifications, screenshot } = workbench;
      await views.open('EpochLens');
      await views
        .tree()
        .item(/before\s*its study file is gone/)
        .waitFor();
      await screenshot('gone');
      await views.tree().action(/before\s*its study file is gone/, 'Adopt Run…');
      await quickInput.waitFor();
      await screenshot('identity-adopt-which');
      await quickInput.choose(/after/);
      assert.match(await dialog.text(), /Use a run of before\.epochlens\.json for after\.epochlens\.json\?/);
      await screenshot('identity-adopt');
      await dialog.press('Adopt');
      await views
        .tree()
        .item(/after\s*1 run/)
        .waitFor();
      assert.equal(studyFileOf(run), '../../../../after.epochlens.json');
      await notifications.waitFor(/The run is of after\.epochlens\.json now/);
      await screenshot('identity-adopted');
      await notifications.press(/The run is of after\.epochlens\.json now/, 'Undo');
      await views
        .tree()
        .item(/before\s*its study file is gone/)
        .waitFor();
      assert.equal(studyFileOf(run), '../../../../before.epochlens.json');
    });

    test('is mentioned in a study of its settings, with a fix', async ({
      openFile,
      editors,
      page,
      dialog,
      views,
      runCommand,
      screenshot,
    }) => {
      await openFile('after.epochlens.json');
      await runCommand('Problems: Focus on Problems View');
      await page
        .getByText(/A run of before\.epochlens\.json, which is gone, may be of this study/)
        .first()
        .waitFor();
      await screenshot('identity-adoptable');
      await editors.goTo(1, 1);
      await editors.quickFixes('Use that run for this study…');
      await page.keyboard.press('Enter');
      await dialog.press('Adopt');
      await views.open('EpochLens');
      await views
        .tree()
        .item(/after\s*1 run/)
        .waitFor();
      assert.equal(studyFileOf(run), '../../../../after.epochlens.json');
    });
  },
);

suite(
  'a study file whose name another has taken',
  {
    async prepare(folder) {
      const file = await writeSmallStudy(folder, { name: 'taken', epochs: 2 });
      run = await writeFinishedRun(file);
      await rename(file, join(folder, 'renamed.epochlens.json'));
      const training = { epochs: 2, batchSize: 32, learningRate: 0.05, seed: 9 };
      await writeSmallStudy(folder, { name: 'taken', epochs: 2, more: { training } });
    },
  },
  (test) => {
    test('shows the run as made with other settings, and the other one is offered it', async (workbench) => {
      const { openFile, editors, page, runCommand, webviews, screenshot } = workbench;
      await openFile('taken.epochlens.json');
      await editors.codeLens('stale: seed 1 → 9').waitFor();
      await runCommand('EpochLens: Show Misclassified Images');
      const note = (await webviews.open(/^Misclassified images/)).locator('.run-note');
      await note.waitFor();
      assert.equal(await note.innerText(), 'made with other settings');
      assert.equal(
        await note.getAttribute('title'),
        'This run was made with other settings than taken.epochlens.json has now: seed 1 → 9.',
      );
      await screenshot('other settings');
      await openFile('renamed.epochlens.json');
      await runCommand('Problems: Focus on Problems View');
      await page
        .getByText(/A run of taken\.epochlens\.json, which has other settings by now, may be of this study/)
        .first()
        .waitFor();
    });
  },
);
