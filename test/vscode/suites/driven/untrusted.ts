/** A workspace that is not trusted: what is there can be looked at, and nothing is started. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { ROOT } from '../../harness/paths';
import { epochlens, writeSmallStudy } from '../../harness/studies';

const settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};
const prepare = async (folder: string): Promise<void> => {
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
  // Checkpoints that could be computed with.
  const weights = join(ROOT, 'test', 'fixtures', 'weights');
  const how = ['--normalization', 'imagenet', '--synthetic', '--name', 'theirs', '--out', folder];
  await epochlens('import', ...FILES.map((name) => join(weights, name)), ...how);
};
const FILES = ['resnet20-e03.pth', 'resnet20-e04.th', 'resnet20-e05.safetensors'];
const REFUSED = /nothing is computed in a workspace that is not trusted.*Trust the workspace/s;

suite('an untrusted workspace', { prepare, settings }, (test) => {
  test('shows studies and runs', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    await views
      .tree()
      .item(/5 epochs/)
      .waitFor();
    await screenshot('untrusted');
  });

  test('has no lens that trains', async ({ openFile, editors }) => {
    await openFile('done.epochlens.json');
    await editors.codeLens('Trust this workspace to train').waitFor();
    assert.equal((await editors.codeLenses()).includes('Train'), false);
  });

  test('the palette does not offer to train, and nothing was started', async ({ quickInput, session }) => {
    assert.equal(await quickInput.offersCommand('EpochLens: Train Study'), false);
    assert.equal(await quickInput.offersCommand('EpochLens: Install Native Engine'), false);
    const started = (await session.processes()).filter(({ command }) => /cli\.js|engine\.js/.test(command));
    assert.deepEqual(started, []);
  });

  test('panels of its runs open, and say that nothing is computed, and what to do', async (workbench) => {
    const { openFile, runCommand, webviews, screenshot } = workbench;
    for (const [command, title] of [
      ['Show Attention over Epochs', /^Attention/],
      ['Show Misclassified Images', /^Misclassified images/],
    ] as const) {
      await openFile('theirs.epochlens.json');
      await runCommand(`EpochLens: ${command}`);
      const frame = await webviews.open(title);
      await frame.locator('.banner.failed').filter({ hasText: REFUSED }).first().waitFor();
      await screenshot(`untrusted ${command}`);
      await runCommand('View: Close All Editors');
    }
    await openFile('theirs.epochlens.json');
    await runCommand('EpochLens: Show Robustness');
    const frame = await webviews.open(/^Robustness/);
    await frame.locator('.empty-state vscode-button').filter({ hasText: 'Manage Workspace Trust' }).waitFor();
    await screenshot('untrusted robustness');
  });
});
