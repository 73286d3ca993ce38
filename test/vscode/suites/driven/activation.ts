/** Where the extension is active: beside a study or a run, and where it is asked for. */
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

/** Whether VS Code lists it among the extensions that are running. */
async function isRunning({ runCommand, page }: Workbench): Promise<boolean> {
  await runCommand('Developer: Show Running Extensions');
  const rows = page.locator('.runtime-extensions-editor .extension');
  await rows.first().waitFor();
  const names = await rows.allInnerTexts();
  return names.some((text) => /epochlens/i.test(text));
}

async function runWithoutStudy(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeSmallStudy(folder, { name: 'gone', epochs: 1 });
  const study = join(folder, 'gone.epochlens.json');
  await writeFinishedRun(study);
  await rm(study);
}

/** What keeps runs out of git keeps them out of the search by which VS Code looks below the folder it opens. */
const GITIGNORE = join('.epochlens', '.gitignore');

suite(
  'a folder with a run and no study',
  {
    async prepare(folder) {
      await runWithoutStudy(folder);
      await writeFile(join(folder, GITIGNORE), '*\n');
    },
  },
  (test) => {
    test(
      'activates the extension',
      async (workbench) => {
        await until('it is running', () => isRunning(workbench));
        await workbench.views.open('EpochLens');
        await workbench.views.tree().item(/gone/).waitFor();
      },
      { everyRelease: true },
    );
  },
);

suite(
  'a folder deep below which there is a run and no study',
  {
    async prepare(folder) {
      await runWithoutStudy(join(folder, 'some', 'where'));
      await rm(join(folder, 'some', 'where', GITIGNORE), { force: true });
    },
  },
  (test) => {
    test('activates the extension', async (workbench) => {
      await until('it is running', () => isRunning(workbench));
    });
  },
);

suite(
  'a folder without a study and without a run',
  { prepare: (folder) => writeFile(join(folder, 'tsconfig.json'), '{}') },
  (test) => {
    test('does not activate the extension before its view is opened', async (workbench) => {
      await workbench.openFile('tsconfig.json');
      await new Promise((resolve) => setTimeout(resolve, 5000));
      assert.equal(await isRunning(workbench), false);
      await workbench.views.open('EpochLens');
      await until('it is running', () => isRunning(workbench));
    });
  },
);
