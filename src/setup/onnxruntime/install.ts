/** Installs onnxruntime-node by npm, without its install script, which would fetch libraries for graphics cards. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, WorkError } from '../../common/errors';
import { lastLines, runCommand } from '../native/commands';
import type { Watch } from '../native/progress';
import { findOnnxruntime, onnxruntimeFolder, onnxruntimeRoot, ONNXRUNTIME_VERSION, packageIn } from './location';

const NPM = [
  'install',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
];
const CHECK_MILLISECONDS = 60_000;

export interface InstalledOnnxruntime {
  /** The package's. */
  readonly folder: string;
  /** Whether it was there already. */
  readonly wasThere: boolean;
}

/**
 * Built aside, and given its place once it has been seen to load.
 * @param specifier what npm is to install @throws WorkError without npm or network, CancelledError
 */
export async function installOnnxruntime(
  { signal, progress }: Watch,
  specifier = `onnxruntime-node@${ONNXRUNTIME_VERSION}`,
): Promise<InstalledOnnxruntime> {
  const present = findOnnxruntime();
  if (present !== undefined) return { folder: present, wasThere: true };
  const folder = onnxruntimeFolder();
  const building = join(onnxruntimeRoot(), `building-${randomUUID()}`);
  try {
    await mkdir(building, { recursive: true });
    await writeFile(join(building, 'package.json'), '{ "private": true }\n');
    progress({ text: `npm installs ${specifier}, about 300 MB` });
    await npmInstall(building, specifier, signal);
    progress({ text: 'removing what is for other platforms, and trying the rest' });
    await removeOtherPlatforms(packageIn(building));
    await checkLoads(packageIn(building), signal);
    await rm(folder, { recursive: true, force: true });
    await rename(building, folder);
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError('the installation was cancelled');
    throw error;
  } finally {
    await rm(building, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  return { folder: packageIn(folder), wasThere: false };
}

async function npmInstall(cwd: string, specifier: string, signal: AbortSignal | undefined): Promise<void> {
  // npm is a script of the shell's on Windows.
  const [program, ...first] = process.platform === 'win32' ? ['cmd.exe', '/d', '/c', 'npm'] : ['npm'];
  const { exitCode, output } = await runCommand(program, [...first, ...NPM, specifier], { cwd, signal });
  if (exitCode === 0) return;
  throw new WorkError('npm could not install onnxruntime-node', {
    found: reasonIn(output),
    advice: 'On a machine without a network, copy an installation, and name its folder by EPOCHLENS_ONNXRUNTIME.',
  });
}

/** npm says what went wrong first, and then much that is no reason. */
function reasonIn(output: string): string {
  const lines = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) (.*)/.exec(line)?.[1]?.trim() ?? []);
  return lines.length === 0 ? lastLines(output) : lines.slice(0, 4).join(', ');
}

async function removeOtherPlatforms(installed: string): Promise<void> {
  const bin = join(installed, 'bin');
  for (const level of await readdir(bin)) {
    for (const platform of await readdir(join(bin, level))) {
      const processors = await readdir(join(bin, level, platform));
      const others = processors.filter((each) => platform !== process.platform || each !== process.arch);
      for (const each of others) await rm(join(bin, level, platform, each), { recursive: true });
    }
  }
}

/** In a process of its own, which a broken addon can end. */
async function checkLoads(installed: string, signal: AbortSignal | undefined): Promise<void> {
  const script = `require(${JSON.stringify(installed)}); process.stdout.write('it loads')`;
  const { exitCode, output } = await runCommand(process.execPath, ['-e', script], {
    signal,
    timeoutMilliseconds: CHECK_MILLISECONDS,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (exitCode === 0 && output.includes('it loads')) return;
  throw new WorkError('onnxruntime-node does not load on this machine', { found: lastLines(output, 6) });
}
