/**
 * A sweep on a cluster behind a login node: a host that does not answer, one that is kept by the settings, cells that are
 * held and let go, and a window that is closed until all has ended. `ssh` runs the words on this machine, where a real
 * Slurm is.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { readJobs } from '../../../../src/cluster';
import { whyNoSlurm, type Slurm } from '../../../slurm';
import { suite } from '../../harness/driven';
import { stateKept } from '../../harness/storage';
import { countSqueue, putProgram, startSlurmFor, type Counted } from '../../harness/slurm';
import { EMBEDDED_ENGINE, writeSmallStudy } from '../../harness/studies';
import type { Session } from '../../harness/session';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

const FILE = 'far.epochlens.json';
/** What a scheduler said is kept by its host's name for all windows of this user. */
const KEPT = `me@kept-${randomUUID()}`;
const TYPED = 'me@gone.example.org';
const SETTINGS = { ...EMBEDDED_ENGINE, 'epochlens.cluster.memory': 'none', 'epochlens.cluster.hosts': [KEPT] };

let slurm: Slurm | undefined;
let squeue: Counted | undefined;
let folder = '';
/** While this file is there, no host answers. */
let silence = '';

async function prepare(into: string, session: Session): Promise<void> {
  folder = into;
  const sweep = { recipes: { plain: {}, slower: { 'training.learningRate': 0.005 } }, seeds: 1, tests: 'none' };
  await writeSmallStudy(into, { name: 'far', epochs: 2, trainCount: 64, more: { sweep } });
  slurm = await startSlurmFor(session);
  squeue = await countSqueue(session);
  silence = join(session.folder, 'silence');
  await writeFile(silence, '');
  // Its words are: -o BatchMode=yes -o ConnectTimeout=10 HOST COMMAND
  const away = `echo "ssh: connect to host $5 port 22: Connection timed out" >&2\n  exit 255`;
  await putProgram(session, 'ssh', `if [ -e '${silence}' ]; then\n  ${away}\nfi\nexec sh -c "$6"`);
  // Until they are resumed, what is submitted waits.
  await slurm.ask('scontrol', 'update', 'nodename=n[1-2]', 'state=drain', 'reason=test');
}

async function finish(): Promise<void> {
  await squeue?.stop();
  await slurm?.stop();
  slurm = undefined;
}

const ask = (...words: [string, ...string[]]): Promise<string> => slurm?.ask(...words) ?? Promise.resolve('');
const panel = ({ webviews }: Workbench): Promise<Frame> => webviews.open('Sweep');
const queued = (frame: Frame): Locator => frame.locator('.cell-row.queued');
const button = (frame: Frame, label: string): Locator => frame.locator('vscode-button').filter({ hasText: label });

/** The cells are those that are chosen: all. */
async function goOn({ quickInput }: Workbench): Promise<void> {
  await quickInput.waitFor('Run Sweep: far');
  await quickInput.accept();
  await quickInput.waitFor('Run Sweep on…: far');
  await quickInput.accept('Submit');
}

const why = whyNoSlurm();
if (why !== undefined) console.log(`cluster by ssh: ${why}`);
else
  suite('cluster by ssh', { prepare, finish, settings: SETTINGS, size: { width: 1500, height: 950 } }, (test) => {
    test('a login node that is typed in and does not answer is told in one line', async (workbench) => {
      const { quickInput, notifications, editors, page } = workbench;
      await workbench.openFile(FILE);
      await editors.clickCodeLens('Run Sweep on…');
      await quickInput.waitFor('Run Sweep on…: far');
      await workbench.screenshot('cluster-where');
      await quickInput.accept('Another Login Node…');
      await page.getByText('The login node as ssh takes it.').waitFor();
      await quickInput.accept('-oProxyCommand=none');
      await page.getByText('A destination for ssh, such as').first().waitFor();
      await quickInput.accept(TYPED);
      await goOn(workbench);
      const told = await notifications.waitFor(`${TYPED} does not answer to ssh`);
      assert.match(await told.innerText(), /Connection timed out.*try ssh/s);
      await workbench.screenshot('cluster-no-answer');
      await notifications.press(`${TYPED} does not answer to ssh`, 'Try Again');
      await notifications.waitFor(`${TYPED} does not answer to ssh`);
      assert.deepEqual(await readJobs(join(folder, '.epochlens', 'sweeps', 'far')), []);
    });

    test('one that the settings keep is offered, and tried again once it answers', async (workbench) => {
      const { quickInput, notifications, editors } = workbench;
      await editors.clickCodeLens('Run Sweep on…');
      await quickInput.waitFor('Run Sweep on…: far');
      await quickInput.accept(KEPT);
      await goOn(workbench);
      await notifications.waitFor(`${KEPT} does not answer to ssh`);
      await rm(silence);
      await notifications.press(`${KEPT} does not answer to ssh`, 'Try Again');
      await notifications.waitFor('2 cells of far are submitted, as job');
      const [stored] = await readJobs(join(folder, '.epochlens', 'sweeps', 'far'));
      assert.equal(stored?.job.host, KEPT);
      await queued(await panel(workbench))
        .nth(1)
        .waitFor();
    });

    test('what waits there is held and let go', async (workbench) => {
      const frame = await panel(workbench);
      const reasons = (): Promise<string> => ask('squeue', '-h', '-r', '-o', '%r');
      await button(frame, 'Pause').click();
      await button(frame, 'Continue').waitFor();
      await until('Slurm holds both', async () => /^(JobHeld(User|Admin)\s*){2}$/.test(await reasons()));
      await queued(frame).filter({ hasText: 'is held' }).nth(1).waitFor();
      await workbench.editors.codeLens('Continue').waitFor();
      await workbench.screenshot('cluster-held');
      await button(frame, 'Continue').click();
      await button(frame, 'Pause').waitFor();
      await until('Slurm holds none', async () => !(await reasons()).includes('Held'));
      await queued(frame).filter({ hasText: 'is held' }).first().waitFor({ state: 'detached' });
    });

    test('a window that was closed meanwhile finds the end, and asks no more than it may', async (workbench) => {
      assert.ok(squeue);
      await stateKept(workbench);
      const before = await squeue.polls();
      await workbench.closeWhile(async () => {
        const closed = (await squeue?.polls()) ?? [];
        await ask('scontrol', 'update', 'nodename=n[1-2]', 'state=resume');
        await until('all has ended', async () => (await ask('squeue', '-h')) === '', 120);
        assert.deepEqual(await squeue?.polls(), closed, 'nobody asks while the window is closed');
      });
      const frame = await panel(workbench);
      await frame.locator('.summary strong').filter({ hasText: '2 of 2 done' }).waitFor();
      await workbench.notifications.waitFor('The sweep of far is done: all 2 cells.');
      await workbench.openFile(FILE);
      await workbench.editors.codeLens('2 of 2 done').waitFor();
      const polls = await squeue.polls();
      assert.ok(before.length > 0, 'it was asked before');
      // Two seconds here, a minute elsewhere; the clock of a program that begins late is late.
      const pauses = polls.slice(1).map((at, index) => at - (polls[index] ?? 0));
      assert.ok(Math.min(...pauses) > 1500, `squeue was asked after ${String(pauses)} ms`);
    });
  });
