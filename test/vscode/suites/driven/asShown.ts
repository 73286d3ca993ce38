/** The editor acts on what it shows: nothing is started from another version, and nothing that is there is overlooked. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askAgain } from '../../../../src/extension/webview/askAgain';
import { succeeds } from '../../../../src/common/succeeds';
import { announceTraining } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { writeFinishedRun } from '../../harness/finishedRun';
import { ROOT } from '../../harness/paths';
import type { Session } from '../../harness/session';
import { batchFile, EMBEDDED_ENGINE, trainStudy, writeSmallStudy } from '../../harness/studies';
import { until } from '../../harness/until';
import type { Workbench } from '../../harness/workbench/workbench';

let workspace = '';
const inWorkspace = (...names: string[]): string => join(workspace, ...names);

async function trainings(session: Session): Promise<number> {
  const processes = await session.processes();
  return processes.filter(({ command }) => command.includes('cli.js train')).length;
}

/** Changes the study's name in its editor, without saving. */
async function type({ editors, page }: Workbench): Promise<void> {
  await editors.goTo(1, 2);
  await page.keyboard.type(' ');
  await page.locator('.tab.active.dirty').waitFor();
}

const PERTURBATIONS = [{ kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 1 }];

suite(
  'a study that cannot be saved',
  {
    prepare: async (folder) => {
      workspace = folder;
      for (const name of ['other', 'clean'])
        await writeSmallStudy(folder, { name, epochs: 1, more: { perturbations: PERTURBATIONS } });
      await writeFinishedRun(inWorkspace('other.epochlens.json'));
      await mkdir(inWorkspace('inner'));
      await writeSmallStudy(inWorkspace('inner'), { name: 'lost', epochs: 1 });
    },
    // The editor hears nothing of what others write.
    settings: {
      ...EMBEDDED_ENGINE,
      'files.autoSave': 'off',
      'files.watcherExclude': { '**/*.epochlens.json': true },
    },
  },
  (test) => {
    const CHANGED = 'other.epochlens.json could not be saved: the file has changed on disk since it was opened';
    const runs = (): string => inWorkspace('.epochlens', 'runs');

    test('is not trained where its file has changed on disk', async (workbench) => {
      const { openFile, editors, notifications, screenshot } = workbench;
      await openFile('other.epochlens.json');
      await editors.codeLens('Run all tests').waitFor();
      const file = inWorkspace('other.epochlens.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"learningRate": 0.05', '"learningRate": 0.125'));
      await type(workbench);
      await editors.clickCodeLens('Train');
      await notifications.waitFor(`${CHANGED}. Nothing was started.`);
      await screenshot('as-shown-changed');
    });

    test('is not tested there', async (workbench) => {
      const { editors, notifications } = workbench;
      await editors.clickCodeLens('Run all tests');
      await notifications.waitFor(CHANGED);
    });

    test('is not reported there, and nothing was begun', async (workbench) => {
      const { runCommand, notifications, session } = workbench;
      await runCommand('EpochLens: Open Report');
      await notifications.waitFor(CHANGED);
      assert.equal(await trainings(session), 0);
      assert.deepEqual(await readdir(runs()), ['other']);
      const [run = '', ...others] = await readdir(join(runs(), 'other'));
      assert.deepEqual(others, []);
      assert.deepEqual(await readdir(join(runs(), 'other', run, 'results')), []);
    });

    test('can be compared with its file', async ({ notifications, page, screenshot, runCommand }) => {
      await runCommand('EpochLens: Train Study');
      await notifications.press(CHANGED, 'Compare');
      await page.locator('.monaco-diff-editor').waitFor();
      await screenshot('as-shown-compare');
      await runCommand('View: Close Editor');
    });

    test('is not trained where there is nowhere to save it', async (workbench) => {
      const { openFile, editors, notifications, session, screenshot } = workbench;
      await openFile(join('inner', 'lost.epochlens.json'));
      await editors.codeLens('Train').waitFor();
      await type(workbench);
      await rm(inWorkspace('inner'), { recursive: true });
      await writeFile(inWorkspace('inner'), '');
      await workbench.runCommand('EpochLens: Train Study');
      await notifications.waitFor('lost.epochlens.json could not be saved: the file is gone, and so is its folder.');
      await screenshot('as-shown-gone');
      assert.equal(await trainings(session), 0);
    });

    test('nor is one whose editor has not taken up what is on the disk', async (workbench) => {
      const { openFile, editors, notifications, session } = workbench;
      await openFile('clean.epochlens.json');
      await editors.codeLens('Train').waitFor();
      const file = inWorkspace('clean.epochlens.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"learningRate": 0.05', '"learningRate": 0.125'));
      await editors.clickCodeLens('Train');
      await notifications.waitFor('clean.epochlens.json is not what its editor shows: it has changed on disk.');
      assert.equal(await trainings(session), 0);
    });
  },
);

suite(
  'what no watcher tells of',
  {
    prepare: async (folder) => {
      workspace = folder;
      await writeSmallStudy(folder, { name: 'quiet', epochs: 5 });
      await writeSmallStudy(folder, { name: 'busy', epochs: 400, trainCount: 256 });
    },
    settings: {
      ...EMBEDDED_ENGINE,
      'files.watcherExclude': { '**/.epochlens/**': true, '**/*.epochlens.json': true },
    },
  },
  (test) => {
    const RUN = /60\.0 % · 5 epochs/;
    let run = '';

    test('a run that comes is shown, and goes when it is gone', async ({ views, screenshot, refocus }) => {
      await views.open('EpochLens');
      const tree = views.tree();
      await tree.item(/quiet\s*not trained yet/).waitFor();
      run = await writeFinishedRun(inWorkspace('quiet.epochlens.json'));
      await tree.item(RUN).waitFor();
      await screenshot('as-shown-unwatched');
      await rm(join(run, 'checkpoints', 'epoch-005.safetensors'));
      await tree.expand(RUN);
      await refocus();
      await tree.item(/Epoch 5/).waitFor({ state: 'detached' });
      await rm(run, { recursive: true });
      await refocus();
      await tree.item(RUN).waitFor({ state: 'detached' });
    });

    test('so is a study file', async ({ views, refocus }) => {
      await writeSmallStudy(workspace, { name: 'newcomer', epochs: 1 });
      await refocus();
      await views
        .tree()
        .item(/newcomer\s*not trained yet/)
        .waitFor();
    });

    test('what another window is about to train is shown, and asked about', async (workbench) => {
      const { openFile, editors, notifications, session, screenshot, refocus } = workbench;
      await openFile('busy.epochlens.json');
      await editors.codeLens('Train').waitFor();
      const what = { studyFile: inWorkspace('busy.epochlens.json'), studyName: 'busy', architecture: 'resnet20' };
      const folder = inWorkspace('.epochlens', 'runs', 'busy', 'theirs');
      const announcement = await announceTraining(folder, { ...what, pid: process.pid });
      await editors.clickCodeLens('Train');
      await notifications.waitFor('busy is being trained already (starting');
      assert.equal(await trainings(session), 0);
      await refocus();
      await editors.codeLens('starting: loading data').waitFor();
      await screenshot('as-shown-starting');
      await announcement.withdraw();
      await refocus();
      await editors.codeLens('Train').waitFor();
    });

    test('what a terminal trains is asked about, and can be trained beside it', async (workbench) => {
      const { runCommand, notifications, session } = workbench;
      const args = [join(ROOT, 'dist', 'cli.js'), 'train', inWorkspace('busy.epochlens.json'), '--engine', 'wasm'];
      const terminal = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      try {
        await new Promise<void>((resolve) => {
          terminal.stderr.on('data', (data: Buffer) => {
            if (String(data).includes('Training into')) resolve();
          });
        });
        await runCommand('EpochLens: Train Study');
        await notifications.waitFor('busy is being trained already');
        assert.equal(await trainings(session), 0);
        await notifications.press('busy is being trained already', 'Train Another Run');
        await until('another training runs', async () => (await trainings(session)) === 1);
      } finally {
        terminal.kill('SIGKILL');
      }
    });
  },
);

suite(
  'tests that a reload interrupts',
  {
    prepare: async (folder) => {
      workspace = folder;
      const noise = { kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 60 };
      const study = await writeSmallStudy(folder, {
        name: 'cut',
        epochs: 2,
        trainCount: 32,
        more: { perturbations: [noise] },
      });
      await trainStudy(study);
    },
    settings: EMBEDDED_ENGINE,
    size: { width: 1400, height: 900 },
  },
  (test) => {
    /** What is kept of the tests, by when it was written. */
    async function kept(): Promise<number[]> {
      const runs = inWorkspace('.epochlens', 'runs', 'cut');
      const [run = ''] = await readdir(runs);
      const results = join(runs, run, 'results');
      const names = (await readdir(results)).filter((name) => /^robustness-.*\.json$/.test(name));
      const times = await Promise.all(names.map(async (name) => (await stat(join(results, name))).mtimeMs));
      return times.sort((a, b) => a - b);
    }
    const SAID = 'The perturbation tests of cut were interrupted: ';
    const DONE = /^\s*[\d.]+ % of \d+ images, clean [\d.]+ % on the same, drop −?[\d.]+ at epoch 2$/;

    test('are shown as interrupted, are run again from where they were, and are shown as any others then', async (workbench) => {
      const { openFile, editors, reload, notifications, views, screenshot } = workbench;
      await openFile('cut.epochlens.json');
      await editors.clickCodeLens('Run all tests');
      await until('a result is kept', async () => (await kept()).length > 0);
      await reload();
      await notifications.waitFor(SAID);
      const before = await kept();
      assert.ok(before.length > 0);
      await notifications.waitFor(`${SAID}${before.length} of 3 results are kept.`);
      await editors.codeLens(`interrupted: ${before.length} of 3 checkpoints computed`).waitFor();
      await editors.codeLens('Run again').waitFor();
      await screenshot('as-shown-interrupted');
      await views.open('Testing');
      const tree = views.tree('Test Explorer');
      await tree.expand(/cut/);
      await tree.expand(/gaussianNoise/);
      await tree.item(/Epoch 2.*interrupted/).waitFor();
      await screenshot('as-shown-interrupted-explorer');
      await views.open('Explorer');
      assert.deepEqual(await kept(), before);

      await notifications.press(SAID, 'Run Again');
      await editors.codeLens(DONE).waitFor();
      assert.equal(await editors.codeLens('interrupted').count(), 0);
      const after = await kept();
      assert.equal(after.length, 3);
      assert.deepEqual(after.slice(0, before.length), before);
      await notifications.waitFor(/perturbation tests of cut are done/);
      await notifications.clear();
      await reload();
      await editors.codeLens(DONE).waitFor();
      // Nothing is told once more: the runs have been read by then.
      await views.open('EpochLens');
      await views
        .tree()
        .item(/2 epochs/)
        .waitFor();
      assert.deepEqual(await notifications.texts(), []);
    });
  },
);

suite(
  'versions of a batch file',
  {
    prepare: async (folder) => {
      workspace = folder;
      const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder });
      await git('init', '--quiet');
      await writeFile(inWorkspace('data_batch_1.bin'), batchFile(10));
      await writeFile(inWorkspace('test_batch.bin'), batchFile(1).subarray(5));
      await git('add', '--all');
      await git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message', 'data');
      await writeFile(inWorkspace('data_batch_1.bin'), batchFile(20));
      await writeFile(inWorkspace('test_batch.bin'), batchFile(30));
    },
    settings: EMBEDDED_ENGINE,
    size: { width: 1400, height: 900 },
  },
  (test) => {
    async function openChanges({ openFile, editors, webviews }: Workbench, file: string): Promise<void> {
      await openFile(file);
      // Git has no changes to show until it has read the folder.
      await until('the changes are shown', async () => {
        // Where they are shown there is no such button any more.
        await succeeds(editors.action('Open Changes').click({ timeout: 3000 }));
        return succeeds(webviews.open(`${file} (git: index)`, 10_000));
      });
    }

    test('a diff shows both, each with its images', async (workbench) => {
      const { webviews, screenshot } = workbench;
      await openChanges(workbench, 'data_batch_1.bin');
      const old = await webviews.open('data_batch_1.bin (git: index)');
      await old.locator('.count').filter({ hasText: '10 images' }).waitFor();
      const now = await webviews.open('data_batch_1.bin');
      await now.locator('.count').filter({ hasText: '20 images' }).waitFor();
      await screenshot('as-shown-versions');
    });

    test('and of one that is no batch file says so', async (workbench) => {
      const { webviews, screenshot } = workbench;
      await openChanges(workbench, 'test_batch.bin');
      const old = await webviews.open('test_batch.bin (git: index)');
      await old.getByRole('heading', { name: 'test_batch.bin (git: index) cannot be shown' }).waitFor();
      assert.match(await old.locator('.empty-state p').innerText(), /^test_batch\.bin \(git: index\): .*3068 bytes/);
      await screenshot('as-shown-version-damaged');
    });

    test('a page asks again for files that did not come, modules that its module imports included', async (workbench) => {
      const page = await workbench.page.context().newPage();
      const asked: string[] = [];
      const files: Readonly<Record<string, string>> = {
        'main.css': 'html { color: rgb(1, 2, 3) }',
        'main.js': "import { word } from './chunks/word.js'; document.title += word;",
        'word.js': "export const word = 'loaded';",
      };
      await page.route('http://page.test/**', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/') {
          const links = '<link rel="stylesheet" href="pages/main.css">';
          const module = '<script type="module" nonce="once" src="pages/main.js"></script>';
          const headers = { 'content-security-policy': "default-src 'none'; script-src 'nonce-once'; style-src *" };
          const body = `<body><script nonce="once">${askAgain('They never come.')}</script>${links}${module}`;
          return route.fulfill({ contentType: 'text/html', headers, body });
        }
        const name = pathname.replace(/.*\//, '');
        asked.push(name);
        if (!never && asked.filter((each) => each === name).length > 2) {
          const contentType = name.endsWith('.css') ? 'text/css' : 'text/javascript';
          return route.fulfill({ contentType, body: files[name] ?? '' });
        }
        return route.abort();
      });
      let never = false;
      await page.goto('http://page.test/');
      await page.waitForFunction(
        () => document.title === 'loaded' && getComputedStyle(document.documentElement).color === 'rgb(1, 2, 3)',
      );
      // The module twice in vain, then twice with a chunk that does not come.
      const times = Object.keys(files).map((name) => asked.filter((each) => each === name).length);
      assert.deepEqual(times, [3, 5, 3]);
      never = true;
      await page.goto('http://page.test/');
      await page.getByText('They never come.').waitFor();
      await page.close();
    });
  },
);
