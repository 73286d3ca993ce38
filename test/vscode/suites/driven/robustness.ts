/** The lens above a perturbation: it runs that test, by the command line, and its numbers are kept. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suite } from '../../harness/driven';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';

const PERTURBATIONS = [
  { kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 1 },
  { kind: 'occlusion', pixels: 10, rounds: 2 },
];

let workspace = '';

const prepare = async (folder: string): Promise<void> => {
  workspace = folder;
  const study = await writeSmallStudy(folder, { name: 'tested', epochs: 1, more: { perturbations: PERTURBATIONS } });
  await promisify(execFile)(process.execPath, [join(ROOT, 'dist', 'cli.js'), 'train', study, '--engine', 'wasm']);
};

/** What the run keeps of its perturbation tests: the kinds, a checkpoint each. */
async function keptKinds(): Promise<string[]> {
  const runs = join(workspace, '.epochlens', 'runs', 'tested');
  const [run = ''] = await readdir(runs);
  const results = join(runs, run, 'results');
  const names = (await readdir(results)).filter((name) => /^robustness-.*\.json$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(results, name), 'utf8')));
  return texts.map((text) => /"kind":"(\w+)"/.exec(text)?.[1] ?? '');
}

suite('perturbation tests', { prepare, settings: EMBEDDED_ENGINE, everyRelease: true }, (test) => {
  test(
    'the lens above one runs it, and no other',
    async ({ openFile, editors, page, screenshot }) => {
      await openFile('tested.epochlens.json');
      await editors.goTo(36);
      await editors.codeLens('Run this test').nth(1).waitFor();
      await editors.codeLens('Run this test').nth(1).click();
      let kinds: string[] = [];
      for (let tries = 0; tries < 120 && kinds.length < 2; tries++) {
        await page.waitForTimeout(500);
        kinds = await keptKinds();
      }
      assert.deepEqual(kinds, ['occlusion', 'occlusion']);
      // The table stays to be read: the task's terminal does not close with the program.
      await page.locator('.terminal-wrapper.active').waitFor();
      await page.waitForTimeout(2000);
      await page.locator('.terminal-wrapper.active').waitFor();
      await screenshot('perturbation');
    },
    { seconds: 90 },
  );
});
