/** A sweep on a real Slurm of two nodes: submitted, watched, closed, found again, cancelled, retried, done. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { jobPaths, readJobs, USUAL_TEMPLATE, type StoredJob } from '../../../../src/cluster';
import { whyNoSlurm, type Slurm } from '../../../slurm';
import { suite } from '../../harness/driven';
import { assertLooks, pressUntil, reloadKept } from '../../harness/panels';
import { ROOT } from '../../harness/paths';
import { startSlurmFor } from '../../harness/slurm';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';
import type { Session } from '../../harness/session';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const FILE = 'swept.epochlens.json';
const SETTINGS = {
  ...EMBEDDED_ENGINE,
  'epochlens.cluster.limit': 2,
  'epochlens.cluster.memory': 'none',
  'epochlens.cluster.time': '00:30:00',
  'epochlens.cluster.cpus': 1,
};

let slurm: Slurm | undefined;
let folder = '';

const RECIPES = { plain: {}, slower: { 'training.learningRate': 0.005 } };

async function writeStudy(recipes: object): Promise<void> {
  const sweep = { recipes, seeds: 2, tests: 'none' };
  await writeSmallStudy(folder, { name: 'swept', epochs: 10, trainCount: 64, more: { sweep } });
}

async function prepare(into: string, session: Session): Promise<void> {
  folder = into;
  await writeStudy(RECIPES);
  slurm = await startSlurmFor(session);
}

async function finish(): Promise<void> {
  await slurm?.stop();
  slurm = undefined;
}

const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Sweep');
const summary = (frame: Frame): Locator => frame.locator('.summary strong');
const rows = (frame: Frame, state: string): Locator => frame.locator(`.cell-row.${state}`);

const jobs = (): Promise<StoredJob[]> => readJobs(join(folder, '.epochlens', 'sweeps', 'swept'));

/** The first job's folder, from the sweep's. */
async function jobFolder(): Promise<string> {
  const [first] = await jobs();
  assert.ok(first, 'a job was handed over');
  return first.folder;
}

async function chooseWhere({ editors, quickInput }: Workbench, where: string): Promise<void> {
  await editors.clickCodeLens('Run Sweep on…');
  await quickInput.waitFor('Run Sweep on…: swept');
  await quickInput.accept(where);
}

const why = whyNoSlurm();
if (why !== undefined) console.log(`cluster: ${why}`);
else
  suite('cluster', { prepare, finish, settings: SETTINGS, size: { width: 1500, height: 950 } }, (test) => {
    test('the script is shown as it would be submitted, and what is wrong with it in one line', async (workbench) => {
      const { quickInput, notifications, editors } = workbench;
      await workbench.openFile(FILE);
      await chooseWhere(workbench, 'Slurm on This Machine');
      await quickInput.waitFor('Run Sweep: swept');
      await quickInput.accept();
      await workbench.page.getByText('as it would be submitted').waitFor();
      await workbench.screenshot('cluster-submit');
      await quickInput.accept('Show Script');
      await editors.tab('swept.slurm.sh').waitFor();
      await notifications.waitFor('The sweep of swept is not submitted yet.');
      await workbench.screenshot('cluster-script');
      await writeFile(join(folder, 'slurm.epochlens.sh'), '#!/bin/bash\n#SBATCH --array={{arary}}\n');
      await notifications.press('The sweep of swept is not submitted yet.', 'Submit…');
      await quickInput.waitFor('Run Sweep on…: swept');
      await quickInput.accept('Submit');
      await notifications.waitFor('an unknown placeholder');
      await workbench.screenshot('cluster-wrong');
      // One task a node, so that both are seen.
      const exclusive = USUAL_TEMPLATE.replace('#SBATCH --requeue\n', '#SBATCH --requeue\n#SBATCH --exclusive\n');
      await writeFile(join(folder, 'slurm.epochlens.sh'), exclusive);
      await notifications.press('an unknown placeholder', 'Try Again');
      await notifications.waitFor('4 cells of swept are submitted, as job');
    });

    test('two nodes train it, and others wait for their turn', async (workbench) => {
      const frame = await panel(workbench);
      await until('two cells are trained', async () => (await rows(frame, 'training').count()) === 2);
      for (const node of ['on n1', 'on n2']) await frame.locator('.cell-row.training .node').getByText(node).waitFor();
      await rows(frame, 'queued').getByText('waits').first().waitFor();
      await workbench.statusBar.item(/swept: .* Slurm: 2 running, 2 queued/).waitFor();
      await workbench.editors.tab(FILE).click();
      const running = await workbench.screenshot('cluster-running');
      if (process.env['EPOCHLENS_PICTURES'] !== undefined)
        await copyFile(running, join(ROOT, 'media', 'docs', 'pictures', 'cluster.png'));
    });

    test('a cell is cancelled, and the window that was closed finds all again', async (workbench) => {
      const frame = await panel(workbench);
      const last = frame.locator('.cell-row', { hasText: 'slower' }).filter({ hasText: 'seed 2' });
      await pressUntil(last, 'Delete', rows(frame, 'cancelled'));
      // What a retry asks for is what the job was asked for, whatever the settings say by then.
      await workbench.session.setSettings({ ...SETTINGS, 'epochlens.cluster.time': '00:20:00' });
      await reloadKept(workbench);
      await rows(await panel(workbench), 'cancelled').waitFor();
      assert.match((await slurm?.ask('squeue', '-h', '-r')) ?? '', /epochl/);
    });

    test('a task has its log in place, and as a file', async (workbench) => {
      const frame = await panel(workbench);
      const details = frame.locator('.details');
      await pressUntil(frame.locator('.cell-row:is(.training, .done)').first(), 'Enter', details.getByText('task '));
      await details.locator('vscode-button').filter({ hasText: 'Open Task Log' }).click();
      await workbench.editors.tab(/^\d+\.txt/).waitFor();
      await details.locator('vscode-button[aria-label="Close"]').click();
    });

    test('the cancelled cell is submitted again, and the end is told', async (workbench) => {
      const { quickInput, notifications } = workbench;
      const frame = await panel(workbench);
      const asBefore = workbench.page.getByText('as it was submitted before');
      await pressUntil(rows(frame, 'cancelled'), 'r', workbench.page.getByText('It was cancelled.'));
      await asBefore.waitFor();
      await workbench.screenshot('cluster-retry');
      await quickInput.accept('Change Settings');
      await notifications.press('The sweep of swept is not submitted yet.', 'Submit…');
      await quickInput.waitFor('Run Sweep on…: swept');
      await asBefore.waitFor({ state: 'hidden' });
      await quickInput.cancel();
      await workbench.editors.tabMenu('Settings', 'Close');
      await pressUntil(rows(await panel(workbench), 'cancelled'), 'r', asBefore);
      await quickInput.accept('Submit');
      await notifications.waitFor('The sweep of swept is done: all 4 cells.', 180_000);
      await summary(await panel(workbench))
        .filter({ hasText: '4 of 4 done' })
        .waitFor();
      const asked = { limit: 2, memory: 'none', time: '00:30:00', cpus: 1 };
      assert.deepEqual(
        (await jobs()).map(({ job }) => job.asked),
        [asked, asked],
      );
    });

    test('tasks of a recipe that is taken out of the study are named, and cancelled', async (workbench) => {
      const { quickInput, notifications } = workbench;
      const queue = async (): Promise<string> => (await slurm?.ask('squeue', '-h', '-r', '-o', '%T')) ?? '';
      await slurm?.ask('scontrol', 'update', 'nodename=n1,n2', 'state=drain', 'reason=test');
      await writeStudy({ ...RECIPES, third: { 'training.learningRate': 0.02 } });
      const frame = await panel(workbench);
      await frame.locator('.cell-row', { hasText: 'third' }).first().waitFor();
      await workbench.editors.tab(FILE).click();
      await chooseWhere(workbench, 'Slurm on This Machine');
      await quickInput.waitFor('Run Sweep: swept');
      await quickInput.accept();
      await quickInput.waitFor('Run Sweep on…: swept');
      await quickInput.accept('Submit');
      await notifications.waitFor('2 cells of swept are submitted, as job');
      await writeStudy(RECIPES);
      const strays = frame.locator('.strays', { hasText: '2 tasks of Slurm are of cells that the study has no more' });
      await strays.waitFor();
      await workbench.screenshot('cluster-strays');
      await strays.locator('vscode-button').click();
      await strays.waitFor({ state: 'detached' });
      await until('Slurm has none of them', async () => (await queue()) === '');
    });

    test('what a scheduler ends, and what it lets wait, can be read in every theme and where it is narrow', async (workbench) => {
      await leaveTasks();
      await finish();
      const frame = await panel(workbench);
      await frame.locator('.scheduler-problem').getByText('has not answered').waitFor();
      await frame.getByText('out of memory').first().waitFor();
      for (const text of ['timed out', 'node failed', 'requeued']) await frame.getByText(text).first().waitFor();
      const why = frame.locator('.details').getByText('It ran out of memory on n1');
      await pressUntil(rows(frame, 'failed').first(), 'Enter', why);
      await assertLooks(workbench, frame, { name: 'cluster', narrow: [700, 900] });
      await workbench.views.open('EpochLens');
      await workbench.screenshot('cluster-view');
    });
  });

/** As the scheduler would have left them: states that are hard to make, of cells that are not trained. */
async function leaveTasks(): Promise<void> {
  const job = JSON.parse(await readFile(jobPaths(await jobFolder()).job, 'utf8')) as Record<string, unknown>;
  await rm(join(folder, '.epochlens', 'runs'), { recursive: true, force: true });
  await rm(join(folder, '.epochlens', 'sweeps', 'swept', 'outcomes'), { recursive: true, force: true });
  const name = 'epochlens-swept-left';
  const left = join(folder, '.epochlens', 'sweeps', 'swept', 'jobs', name);
  const { job: jobFile, seen, logs, tasks, log, task } = jobPaths(left);
  for (const each of [logs, tasks]) await mkdir(each, { recursive: true });
  const at = new Date().toISOString();
  const said = (state: string, node = 'n1') => ({ state, reason: '', node, at, job: '77' });
  await writeFile(log(0), 'slurmstepd: error: Detected 1 oom_kill event in StepId=77.batch.\n');
  const requeued = { format: 1, node: 'n2', jobId: '77', restarts: 1, startedAt: at, heartbeat: at, state: 'requeued' };
  await writeFile(task(3), JSON.stringify(requeued));
  const ended = { 0: said('OUT_OF_MEMORY'), 1: said('TIMEOUT'), 2: said('NODE_FAIL', 'n2') };
  await writeFile(seen, JSON.stringify({ format: 1, at, tasks: ended }));
  const handed = { ...job, name, id: '77', memoryBytes: 2 ** 31, time: '00:10:00', submittedAt: at };
  await writeFile(jobFile, JSON.stringify(handed));
}
