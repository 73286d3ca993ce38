/**
 * Installing a VS Code server from npm, without running any package's install script: what those would do is done here,
 * step by step, with npm's registry as the only place that anything comes from.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { WorkError } from '../../../src/common/errors';
import { lastLines, runCommand } from '../../../src/setup/native/commands';
import type { Watch } from '../../../src/setup/native/progress';
import { codeCache, releaseFolder, serverFolder, type Release } from './release';
import { succeeds } from '../../../src/common/succeeds';

/** `--legacy-peer-deps`, because the floor's own list of packages contradicts itself. */
const INSTALL = 'install --ignore-scripts --legacy-peer-deps --prefer-offline --no-audit --no-fund'.split(' ');
/** Modules that have to be compiled for the Node that runs them. */
const COMPILED = ['@vscode/spdlog', 'native-watchdog', 'node-pty'];

/**
 * Installs a release into the cache unless it is there. It is built aside and renamed, so a folder of that name is
 * whole; of two who install at once, one wins and both use it.
 *
 * @returns the VS Code server's folder
 * @throws WorkError when npm fails
 */
export async function installServer(release: Release, watch: Watch): Promise<string> {
  const target = releaseFolder(release);
  if (existsSync(target)) return serverFolder(release);
  checkSystem(release);
  await mkdir(codeCache(), { recursive: true });
  const aside = join(codeCache(), `.${release.codeServer}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await build(aside, release, watch);
    await rename(aside, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return serverFolder(release);
}

function checkSystem({ vscode }: Release): void {
  if (process.platform !== 'win32') return;
  throw new WorkError(`VS Code ${vscode} from npm does not run on Windows`, {
    advice: 'Install the desktop program (https://code.visualstudio.com), which is used where there is one',
  });
}

async function build(folder: string, release: Release, watch: Watch): Promise<void> {
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  watch.progress({ text: `installing code-server ${release.codeServer} (VS Code ${release.vscode}) from npm` });
  await npm(folder, [...INSTALL, `code-server@${release.codeServer}`], watch);
  watch.progress({ text: "installing the server's own packages" });
  await npm(server, [...INSTALL, '--omit=dev'], watch);
  await npm(join(server, 'extensions'), [...INSTALL, '--omit=dev'], watch);
  await compileModules(server, watch);
  // The server, and extensions, look for modules under the name of the desktop program's archive.
  await symlink('node_modules', join(server, 'node_modules.asar'));
  await linkRipgrep(server);
}

/** The server runs without these, too: without log files and without terminals. So a compiler is not required. */
async function compileModules(server: string, watch: Watch): Promise<void> {
  watch.progress({ text: `compiling ${COMPILED.join(', ')}` });
  for (const name of COMPILED) {
    try {
      await npm(server, ['explore', name, '--ignore-scripts=false', '--', 'node-gyp', 'rebuild'], watch);
    } catch (error) {
      if (!(error instanceof WorkError)) throw error;
      watch.progress({ text: `going on without ${name}: ${error.message}` });
    }
  }
}

/** Searching needs ripgrep, whose package would download it: the system's does, and without one only search is amiss. */
async function linkRipgrep(server: string): Promise<void> {
  const ripgrep = await findProgram('rg');
  if (ripgrep === undefined) return;
  const bin = join(server, 'node_modules', '@vscode', 'ripgrep', 'bin');
  await mkdir(bin, { recursive: true });
  await symlink(ripgrep, join(bin, 'rg'));
}

async function npm(folder: string, args: readonly string[], { signal }: Watch): Promise<void> {
  const { exitCode, output } = await runCommand('npm', args, { cwd: folder, signal, env: npmEnvironment() });
  if (exitCode === 0) return;
  throw new WorkError(`npm ${args.join(' ')} ended with ${String(exitCode)}`, { found: lastLines(output, 8) });
}

/** `node-gyp` takes Node's C++ headers from beside the running Node, where there are some, instead of downloading. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
  return { ...process.env, ...(hasHeaders ? { npm_config_nodedir: prefix } : {}) };
}

/** The first program of that name on PATH. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const found = await succeeds(access(path));
    if (folder !== '' && found) return path;
  }
  return undefined;
}
