/**
 * How long VS Code takes to load the extension's code and to activate it, beside an earlier release: each in processes
 * of its own, in turns, under a `vscode` that answers everything with itself.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WorkError } from '../../src/common/errors';
import { markdown, ratio } from './markdown';
import { median } from './statistics';

const run = promisify(execFile);

export interface ActivationTimes {
  readonly name: string;
  /** Bytes of the file, and of the files with it that are loaded later. */
  readonly bytes: { readonly program: number; readonly chunks: number };
  /** Medians in milliseconds. */
  readonly load: number;
  readonly activate: number;
}

/** What a process does: prints how long `require` and `activate` take, in milliseconds. */
const LOAD = `
const Module = require('node:module');
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === 'then' ? undefined : key === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => anything,
});
// Bundles copy a module's own properties, and look up others in its prototype.
const vscode = Object.create(anything);
const load = Module._load;
Module._load = (request, ...others) => (request === 'vscode' ? vscode : load(request, ...others));
const begin = performance.now();
const { activate } = require(process.argv[1]);
const loaded = performance.now();
activate({ ...vscode, subscriptions: [], extensionPath: '/', workspaceState: anything, globalState: anything, extensionUri: anything, asAbsolutePath: String });
console.log(JSON.stringify([loaded - begin, performance.now() - loaded]));
process.exit();
`;

/** The repository, in whose `dist` this program lies. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param previous a packaged `extension.js`, or a git revision, which is built; the newest tag, or else the commit that
 *   is checked out, by default
 * @throws WorkError where it cannot be built
 */
export async function measureActivation(previous: string | undefined, rounds: number): Promise<ActivationTimes[]> {
  const work = await mkdtemp(join(tmpdir(), 'epochlens-activation-'));
  try {
    const now = join(work, 'now');
    await copyWorkingTree(now);
    const sides = [await previousSide(previous, work), { name: 'this working tree', program: await buildAt(now) }];
    const times = sides.map(() => ({ load: [] as number[], activate: [] as number[] }));
    // The first turn reads the files from the disk.
    for (let round = -1; round < 5 * rounds; round++) {
      for (const [index, { program }] of sides.entries()) {
        const { stdout } = await run(process.execPath, ['-e', LOAD, program]);
        const [load = NaN, activate = NaN] = JSON.parse(stdout) as number[];
        if (round < 0) continue;
        times[index]?.load.push(load);
        times[index]?.activate.push(activate);
      }
    }
    return await Promise.all(
      sides.map(async ({ name, program }, index) => ({
        name,
        bytes: { program: (await stat(program)).size, chunks: await chunkBytes(program) },
        load: median(times[index]?.load ?? []),
        activate: median(times[index]?.activate ?? []),
      })),
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export function activationTable(sides: readonly ActivationTimes[]): string {
  const [previous] = sides;
  return markdown([
    ['', 'extension.js, kB', 'loaded later, kB', 'loading, ms', 'ratio', 'activate(), ms', 'ratio'],
    ...sides.map(({ name, bytes, load, activate }) => [
      name,
      (bytes.program / 1e3).toFixed(0),
      (bytes.chunks / 1e3).toFixed(0),
      load.toFixed(1),
      ratio(load / (previous?.load ?? NaN)),
      activate.toFixed(1),
      ratio(activate / (previous?.activate ?? NaN)),
    ]),
  ]);
}

async function previousSide(previous: string | undefined, work: string): Promise<{ name: string; program: string }> {
  if (previous?.endsWith('.js') === true) return { name: previous, program: previous };
  const revision = previous ?? (await newestTag()) ?? 'HEAD';
  const folder = join(work, 'previous');
  const archive = join(work, 'previous.tar');
  await run('git', ['archive', '--output', archive, '--prefix', 'previous/', revision], { cwd: ROOT });
  await run('tar', ['-xf', archive, '-C', work]);
  return { name: revision, program: await buildAt(folder) };
}

async function newestTag(): Promise<string | undefined> {
  return run('git', ['describe', '--tags', '--abbrev=0'], { cwd: ROOT }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

async function copyWorkingTree(folder: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await run('git', list, { cwd: ROOT, maxBuffer: 64e6 });
  const files = stdout.split('\0').filter((file) => existsSync(join(ROOT, file)) && file !== '');
  for (const file of files) await cp(join(ROOT, file), join(folder, file));
}

/** Builds as for a package. */
async function buildAt(folder: string): Promise<string> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  try {
    await run(process.execPath, ['esbuild.mjs', '--production', '--quiet'], { cwd: folder });
  } catch (error) {
    throw new WorkError('a release cannot be built', { file: folder, found: String(error) });
  }
  return join(folder, 'dist', 'extension.js');
}

async function chunkBytes(program: string): Promise<number> {
  const folder = join(dirname(program), 'extension');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.js'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
