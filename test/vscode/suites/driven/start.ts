/** The first minute: the extension is there, and says so where a person looks. */
import assert from 'node:assert/strict';
import { suite } from '../../harness/driven';
import { EXAMPLE } from '../../harness/paths';

suite('start', { folder: EXAMPLE, everyRelease: true }, (test) => {
  test('the activity bar has an EpochLens view', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    await screenshot('start');
  });

  test('the command palette offers to create a study', async ({ quickInput }) => {
    assert.equal(await quickInput.offersCommand('EpochLens: Create Study'), true);
  });
});
