/** A workspace that is not trusted: what is there can be looked at, and nothing is started. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';

const settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};
const prepare = async (folder: string): Promise<void> => {
  await writeFinishedRun(await writeSmallStudy(folder, { name: 'done', epochs: 5 }));
};

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
    assert.equal(await quickInput.offersCommand('EpochLens: Train'), false);
    assert.equal(await quickInput.offersCommand('EpochLens: Install Native Engine'), false);
    const started = (await session.processes()).filter(({ command }) => /cli\.js|engine\.js/.test(command));
    assert.deepEqual(started, []);
  });
});
