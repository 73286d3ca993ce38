/** The view "Runs": what it shows of runs that are there, and how one works with them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const RUN = /60\.0 % · 5 epochs/;
const OLDER = /40\.0 % · 3 epochs/;

let older = '';
let run = '';
const study = (folder: string, epochs: number): Promise<string> => writeSmallStudy(folder, { name: 'done', epochs });
const prepare = async (folder: string): Promise<void> => {
  older = await writeFinishedRun(await study(folder, 3));
  run = await writeFinishedRun(await study(folder, 5));
};

async function about(folder: string): Promise<unknown> {
  const file = join(folder, 'about.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as unknown) : {};
}

/** The rows of runs, without their study's. */
async function runRows({ views }: Workbench): Promise<string[]> {
  return (await views.tree().texts()).filter((text) => text.includes('epochs'));
}

/** By the arrow keys, which move the focus and leave the selection where it is. */
function moveDownTo(label: RegExp, { views, page }: Workbench): Promise<void> {
  return until(`${String(label)} has the focus`, async () => {
    await page.keyboard.press('ArrowDown');
    return (await views.tree().item(label).and(page.locator('.focused')).count()) > 0;
  });
}

suite('runs', { prepare, size: { width: 1400, height: 900 } }, (test) => {
  test('studies, runs and checkpoints with their accuracies', async ({ views, screenshot }) => {
    await views.open('EpochLens');
    const tree = views.tree();
    await tree.item(RUN).waitFor();
    await tree.expand(RUN);
    await tree.item(/Epoch 5\s*test 60\.0 % · train 61\.0 %/).waitFor();
    await screenshot('runs');
  });

  test('every row says in words what it is', async ({ views }) => {
    const labels = async (label: string | RegExp) => views.tree().item(label).getAttribute('aria-label');
    assert.match((await labels(/done/)) ?? '', /^Study done, 2 runs/);
    assert.match((await labels(RUN)) ?? '', /^Run of done, .*, finished, 60\.0 % · 5 epochs/);
    assert.match((await labels(/Epoch 5/)) ?? '', /^Checkpoint Epoch 5 of done from .*, test accuracy 60\.0 %/);
  });

  test('a run offers what can be done with it', async ({ views }) => {
    const entries = await views.tree().menuEntries(RUN);
    const wanted = [
      'Open Heatmaps',
      'Show Metrics',
      'Open Report',
      'Open Training Log',
      'Rename Run…',
      'Pin Run',
      'Copy Path',
      'Delete Run…',
    ];
    assert.deepEqual(
      wanted.filter((entry) => !entries.includes(entry)),
      [],
      entries.join(', '),
    );
    assert.equal(entries.includes('Resume Training'), false);
    assert.equal(entries.includes('Stop Training'), false);
  });

  test('Copy Path copies a checkpoint’s', async ({ views, page }) => {
    await views.tree().menu(/Epoch 5/, 'Copy Path');
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await until(
      'the path is copied',
      async () => (await copied()) === join(run, 'checkpoints', 'epoch-005.safetensors'),
    );
  });

  test('F2 names a run, which is called so from then on; undone and done again by keys', async (workbench) => {
    const { views, quickInput, page, screenshot } = workbench;
    await views.tree().item(RUN).click();
    await moveDownTo(OLDER, workbench);
    await page.keyboard.press('F2');
    await quickInput.waitFor('Rename Run');
    await quickInput.accept('warm-up');
    await views
      .tree()
      .item(/^warm-up/)
      .waitFor();
    await screenshot('runs-renamed');
    assert.deepEqual(await about(older), { format: 1, name: 'warm-up' });
    assert.equal(existsSync(older), true);
    await page.keyboard.press('Control+z');
    await views
      .tree()
      .item(/^warm-up/)
      .waitFor({ state: 'detached' });
    assert.deepEqual(await about(older), {});
    await page.keyboard.press('Control+y');
    await views
      .tree()
      .item(/^warm-up/)
      .waitFor();
  });

  test('a note is kept, and is in the tooltip with all else that is known', async (workbench) => {
    const { views, quickInput, page, screenshot, runCommand } = workbench;
    await runCommand('EpochLens: Edit Run Note…');
    await quickInput.choose(/done: warm-up/);
    await quickInput.accept('why: a lower rate at first | [x](y)');
    await until('the note is kept', async () => ((await about(older)) as { note?: string }).note !== undefined);
    await views.open('EpochLens');
    await page.mouse.move(0, 0);
    await views
      .tree()
      .item(/^warm-up/)
      .hover();
    const tooltip = page.locator('.monaco-hover:visible').filter({ hasText: 'Learning rate' });
    await tooltip.waitFor();
    const text = await tooltip.innerText();
    for (const part of [
      'done: warm-up',
      'why: a lower rate at first | [x](y)',
      'resnet20',
      '0.05',
      'images that the program draws',
      '40.0 % at epoch 3',
      '0–3',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
    await screenshot('runs-tooltip');
  });

  test('a pinned run comes first', async (workbench) => {
    const { views, screenshot } = workbench;
    assert.match((await runRows(workbench)).join('\n'), /60\.0 %[^]*40\.0 %/);
    await views.tree().action(/^warm-up/, 'Pin Run');
    await until('it is first', async () => (await runRows(workbench))[0]?.startsWith('warm-up') === true);
    await views
      .tree()
      .item(/^warm-up/)
      .locator('.codicon-pinned')
      .first()
      .waitFor();
    assert.match(
      (await views
        .tree()
        .item(/^warm-up/)
        .getAttribute('aria-label')) ?? '',
      /pinned/,
    );
    await screenshot('runs-pinned');
    await views.tree().action(/^warm-up/, 'Unpin Run');
    await until('it is no longer first', async () => /60\.0 %/.test((await runRows(workbench))[0] ?? ''));
  });

  test('two selected runs are compared: what differs, and nothing else', async ({
    views,
    page,
    editors,
    screenshot,
  }) => {
    await views.tree().item(RUN).click();
    await views
      .tree()
      .item(/^warm-up/)
      .click({ modifiers: ['Control'] });
    await views.tree().menu(/^warm-up/, 'Compare Run Settings…');
    await editors.tab(/^Settings: done: warm-up ↔ done from /).waitFor();
    const sides = page.locator('.monaco-diff-editor .view-lines');
    await sides
      .filter({ hasText: /training\.epochs\s=\s3/ })
      .first()
      .waitFor();
    await sides
      .filter({ hasText: /training\.epochs\s=\s5/ })
      .first()
      .waitFor();
    assert.doesNotMatch((await sides.allInnerTexts()).join('\n'), /learningRate/);
    await screenshot('runs-compared');
    await editors.closeAll();
  });

  test('a study that was edited since says what differs, until it is trained again', async ({
    views,
    folder,
    screenshot,
  }) => {
    const row = views.tree().item(/stale: epochs 5 → 7/);
    const file = await study(folder, 7);
    await row.waitFor();
    await screenshot('runs-stale');
    assert.match((await row.getAttribute('aria-label')) ?? '', /^Study done, stale: epochs 5 → 7, 2 runs/);
    await writeFinishedRun(file);
    await row.waitFor({ state: 'detached' });
    await views
      .tree()
      .item(/3 runs/)
      .waitFor();
  });

  test('what changed since a run is shown, and the study goes back to it', async ({
    views,
    page,
    folder,
    editors,
    notifications,
    screenshot,
  }) => {
    const file = join(folder, 'done.epochlens.json');
    await study(folder, 9);
    await views
      .tree()
      .item(/stale: epochs 7 → 9/)
      .waitFor();
    await views.tree().item(RUN).click();
    await views.tree().menu(RUN, 'What Changed Since This Run');
    await editors.tab(/^Settings: done from .* ↔ done\.epochlens\.json now/).waitFor();
    const sides = page.locator('.monaco-diff-editor .view-lines');
    await sides
      .filter({ hasText: /training\.epochs\s=\s9/ })
      .first()
      .waitFor();
    await screenshot('runs-what-changed');
    await editors.closeAll();
    await views.tree().menu(RUN, 'Restore This Run’s Study');
    await editors.tab('done.epochlens.json').waitFor();
    await until('the file has the epochs of the run', async () => /"epochs": 5\b/.test(await readFile(file, 'utf8')));
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+S');
    await until('the edit is undone', async () => /"epochs": 9\b/.test(await readFile(file, 'utf8')));
    // Not while its editor is open, which may read the file later than the test goes on.
    await editors.closeAll();
    await study(folder, 7);
    await views.tree().menu(RUN, 'Restore This Run’s Study');
    await until('it is back', async () => /"epochs": 5\b/.test(await readFile(file, 'utf8')));
    await views.tree().menu(RUN, 'What Changed Since This Run');
    await notifications.waitFor(/has the same settings as done\.epochlens\.json has now/);
    await study(folder, 7);
    await editors.closeAll();
  });

  test('a study file has one submenu', async ({ views, menu, openFile, editors, page, screenshot }) => {
    await openFile('done.epochlens.json');
    await views.open('Explorer');
    const file = views.explorer().item('done.epochlens.json');
    const entries = await menu.entries(file);
    assert.equal(entries.filter((entry) => entry === 'EpochLens').length, 1);
    assert.equal(entries.includes('Train') || entries.includes('Train Study'), false);
    await file.click({ button: 'right' });
    await page
      .locator('.monaco-menu .action-label')
      .filter({ hasText: /^\s*EpochLens\s*$/ })
      .hover();
    await page
      .locator('.monaco-menu .action-label')
      .filter({ hasText: /^\s*Open Heatmaps\s*$/ })
      .waitFor();
    await screenshot('runs-submenu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await editors.tabMenu('done.epochlens.json', 'EpochLens > Choose Study Images');
    await editors.tab(/^Gallery/).waitFor();
    await editors.closeAll();
  });

  test('Delete asks, and deletes; the key too', async (workbench) => {
    const { views, dialog, page, screenshot } = workbench;
    await views.open('EpochLens');
    await views.tree().item(RUN).click();
    await views
      .tree()
      .item(/^warm-up/)
      .click({ modifiers: ['Control'] });
    await views.tree().menu(RUN, 'Delete Run…');
    assert.match(await dialog.text(), /Delete 2 runs\?[^]*done: warm-up/);
    await dialog.press('Cancel');
    await views.tree().item(RUN).click();
    await views.tree().menu(RUN, 'Delete Run…');
    assert.match(await dialog.text(), /Delete the run of done/);
    await screenshot('delete');
    await dialog.press('Cancel');
    assert.equal(existsSync(run), true);
    await views.tree().menu(RUN, 'Delete Run…');
    await dialog.press('Delete');
    await views.tree().item(RUN).waitFor({ state: 'detached' });
    assert.equal(existsSync(run), false);
    await views
      .tree()
      .item(/7 epochs/)
      .click();
    await moveDownTo(/^warm-up/, workbench);
    await page.keyboard.press('Delete');
    assert.match(await dialog.text(), /Delete the run of done: warm-up/);
    await dialog.press('Delete');
    await views
      .tree()
      .item(/^warm-up/)
      .waitFor({ state: 'detached' });
    assert.equal(existsSync(older), false);
  });
});
