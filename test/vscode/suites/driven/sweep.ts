/** A sweep from the lens to the end: watched in its panel and in the view, paused, cancelled, retried, reloaded. */
import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { suite } from '../../harness/driven';
import { assertLooks, reloadKept } from '../../harness/panels';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';
import type { Session } from '../../harness/session';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const recipes = { plain: {}, slower: { 'training.learningRate': 0.005 } };

const prepare = async (folder: string): Promise<void> => {
  const sweep = { recipes, seeds: 2, tests: 'none' };
  await writeSmallStudy(folder, { name: 'swept', epochs: 10, trainCount: 64, more: { sweep } });
  await writeSmallStudy(folder, { name: 'plain', epochs: 1 });
};

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Sweep');
const summary = (frame: Frame): Locator => frame.locator('.summary strong');
const row = (frame: Frame, recipe: string, seed: number): Locator =>
  frame
    .locator('.cell-row')
    .filter({ hasText: recipe })
    .filter({ has: frame.getByText(`seed ${String(seed)}`) });
const button = (frame: Frame, label: string): Locator => frame.locator('vscode-button').filter({ hasText: label });

async function runners(session: Session): Promise<number[]> {
  const processes = await session.processes();
  return processes.filter(({ command }) => command.includes('cli.js sweep')).map(({ id }) => id);
}

suite('sweep', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } }, (test) => {
  test('a study without a sweep gets one by a click', async (workbench) => {
    await workbench.openFile('plain.epochlens.json');
    await workbench.editors.codeLens('Train').waitFor();
    await workbench.runCommand('EpochLens: Show Sweep');
    const frame = await panel(workbench);
    await frame.getByRole('heading', { name: 'plain has no sweep yet' }).waitFor();
    await workbench.screenshot('sweep-none');
    await button(frame, 'Insert a Sweep').click();
    await workbench.runCommand('File: Save');
    await workbench.editors.codeLens('0 of 6 done').waitFor();
    await summary(frame).filter({ hasText: '0 of 6 done' }).waitFor();
  });

  test('the example sweep is written', async (workbench) => {
    await workbench.editors.closeAll();
    await workbench.runCommand('EpochLens: Create Example Sweep');
    await workbench.editors.tab('example-sweep.epochlens.json').waitFor();
    await workbench.editors.codeLens('0 of 4 done').waitFor();
    await workbench.editors.codeLens(/^\s*Run Sweep\s*$/).waitFor();
  });

  test(
    'the lens shows the cells first, and then trains them',
    async (workbench) => {
      await workbench.editors.closeAll();
      await workbench.openFile('swept.epochlens.json');
      await workbench.editors.clickCodeLens('Run Sweep');
      await workbench.quickInput.waitFor('Run Sweep: swept');
      assert.equal((await workbench.quickInput.labels()).length, 4);
      await workbench.screenshot('sweep-cells');
      await workbench.quickInput.accept();
      const frame = await panel(workbench);
      await frame.locator('.cell-row.training').first().waitFor();
      await workbench.editors.codeLens('Pause').waitFor();
      await workbench.statusBar.item(/swept: 0 of 4 done/).waitFor();
      await workbench.screenshot('sweep-running');
    },
    { everyRelease: true },
  );

  test('what waits is moved, cancelled and paused', async (workbench) => {
    const frame = await panel(workbench);
    await button(frame, 'Pause').click();
    await workbench.editors.codeLens('Continue').waitFor();
    const last = frame.locator('.cell-row.queued').last();
    const name = (of: Locator): Promise<string[]> => of.locator('.recipe, .seed').allInnerTexts();
    const moved = await name(last);
    await last.focus();
    await last.press('Alt+ArrowUp');
    await until('the last cell has moved up', async () => {
      return JSON.stringify(await name(frame.locator('.cell-row.queued').last())) !== JSON.stringify(moved);
    });
    await frame.locator('.cell-row.queued').last().press('Delete');
    await frame.locator('.cell-row.cancelled').waitFor();
    await frame.locator('.cell-row:first-child.training').waitFor();
    await workbench.screenshot('sweep-paused');
  });

  test('the window that was closed finds it again', async (workbench) => {
    const before = await runners(workbench.session);
    assert.equal(before.length, 1);
    await reloadKept(workbench);
    const frame = await panel(workbench);
    await frame.locator('.cell-row.cancelled').waitFor();
    assert.deepEqual(await runners(workbench.session), before);
    await button(frame, 'Continue').click();
    await button(frame, 'Pause').waitFor();
  });

  test('a cell has its log in place', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('.cell-row:is(.training, .done)').first().press('Enter');
    await frame
      .locator('.details .log')
      .getByText(/Training into/)
      .first()
      .waitFor();
    await workbench.screenshot('sweep-log');
    await workbench.page.keyboard.press('Escape');
    await frame.locator('.details').waitFor({ state: 'detached' });
  });

  test('a cancelled cell is retried, and the end is told once', async (workbench) => {
    const frame = await panel(workbench);
    await frame.locator('.cell-row.cancelled').press('r');
    await workbench.notifications.waitFor('The sweep of swept is done: all 4 cells.');
    await summary(frame).filter({ hasText: '4 of 4 done' }).waitFor();
    assert.deepEqual(
      (await workbench.notifications.texts()).filter((text) => text.includes('trained')),
      [],
    );
    await row(frame, 'slower', 2).locator('.accuracy').getByText('%').waitFor();
    await workbench.editors.codeLens('4 of 4 done').waitFor();
    await workbench.editors.codeLens('Open Runs Table').waitFor();
  });

  test('the view has its recipes and cells', async (workbench) => {
    await workbench.views.open('EpochLens');
    const tree = workbench.views.tree();
    await tree.expand(/^\s*Sweep.*4 of 4 done/);
    await tree.expand(/slower.*2 of 2 done/);
    await tree.item(/seed 2/).waitFor();
    await workbench.screenshot('sweep-view');
  });

  test('its end leads to the runs table, of its runs alone', async (workbench) => {
    await button(await panel(workbench), 'Open Runs Table').click();
    const table = await workbench.webviews.open('Runs Table');
    await table.locator('.line[data-key]').filter({ hasText: 'slower' }).getByText('2 of 2 finished').waitFor();
    assert.deepEqual((await table.locator('.line[data-key] .name-text').allInnerTexts()).sort(), ['plain', 'slower']);
    await workbench.screenshot('sweep-runs-table');
    await workbench.runCommand('View: Close Editor');
  });

  test('it can be read in every theme and where it is narrow', async (workbench) => {
    await assertLooks(workbench, await panel(workbench), { name: 'sweep', narrow: [700, 900] });
  });
});
