/**
 * The native engine from TensorFlow's Python package: its wheel carries the C library and its headers, so that a
 * machine that reaches a Python package index needs no other host. No Python code is run or kept.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { WorkError } from '../../common/errors';
import { readZipText, unpackZip } from './archive';
import { lastLines, runCommand } from './commands';
import { COMPILED, compileAddon, type AddonSources } from './compile';
import { TFJS_VERSION } from './location';
import type { Manifest } from './manifest';
import { assertExpected, PINNED, rememberFirstUse } from './pins';
import type { Watch } from './progress';

const VERSION = '2.21.0';
/** Python releases the wheel is published for; another one asks for the newest of them, for nothing of it is run. */
const PYTHON_VERSIONS = ['3.10', '3.11', '3.12', '3.13'];
/** In seconds: pip's default of 15 is long on a machine without a network. */
const PIP_TIMEOUT = '5';

interface WheelSource {
  readonly package: string;
  /** As the wheel names them; also their names for the dynamic linker. */
  readonly libraries: readonly [string, string];
}

/** Only linux-x64 has been run; the two others follow the packages' published names. */
const SOURCES: Readonly<Record<string, WheelSource>> = {
  'linux-x64': { package: 'tensorflow-cpu', libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] },
  'linux-arm64': { package: 'tensorflow-cpu', libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] },
  'darwin-arm64': {
    package: 'tensorflow',
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

/** Of the 13,000 headers, the folders the C interface reads. */
const HEADER_FOLDERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'];

export interface WheelOptions extends Watch {
  /** The Python whose pip is asked. */
  readonly python?: string;
  readonly sources?: AddonSources;
}

/**
 * Puts the libraries and the compiled addon into an empty folder.
 *
 * @throws WorkError when there is no such wheel for this machine, no pip, no network or no compiler
 */
export async function installFromWheel(folder: string, options: WheelOptions): Promise<Omit<Manifest, 'files'>> {
  const source = SOURCES[`${process.platform}-${process.arch}`];
  if (source === undefined) {
    throw new WorkError(`TensorFlow’s Python package has no library for ${process.platform}-${process.arch}`);
  }
  const work = join(folder, 'work');
  await mkdir(work);
  const wheel = await downloadWheel(source, work, options);
  await assertExpected(wheel, basename(wheel), PINNED);
  await unpackWheel(wheel, source, folder, options);
  await rememberFirstUse(wheel, basename(wheel), PINNED);
  await compileAddon(folder, {
    ...options,
    include: join(work, 'include'),
    libraries: source.libraries.map((name) => `lib/${name}`),
  });
  await rm(work, { recursive: true });
  return {
    tfjsVersion: TFJS_VERSION,
    libtensorflowVersion: VERSION,
    variant: 'cpu',
    origin: `Python package ${source.package} ${VERSION}`,
    ...COMPILED,
  };
}

async function downloadWheel(source: WheelSource, work: string, options: WheelOptions): Promise<string> {
  const python = options.python ?? 'python3';
  const wanted = `${source.package}==${VERSION}`;
  const args = ['-m', 'pip', 'download', ...(await pipArguments(python, options.signal)), '--dest', work, wanted];
  options.progress({ text: `downloading ${wanted} (about 274 MB) from the package index that pip is set up with` });
  const { exitCode, output } = await runCommand(python, args, {
    signal: options.signal,
    onLine: (line) => {
      if (/^(Looking in|Downloading|Processing|Using cached) /.test(line)) options.progress({ text: `pip: ${line}` });
    },
  });
  const name = (await readdir(work)).find((entry) => entry.endsWith('.whl'));
  if (exitCode !== 0 || name === undefined) {
    throw new WorkError(`pip cannot download ${wanted}`, { found: lastLines(output) });
  }
  return join(work, name);
}

/** @throws WorkError when the interpreter or its pip is absent */
async function pipArguments(python: string, signal: AbortSignal | undefined): Promise<string[]> {
  const script = 'import pip, sys; print("%d.%d" % sys.version_info[:2])';
  const { exitCode, output } = await runCommand(python, ['-c', script], { signal });
  if (exitCode !== 0) throw new WorkError(`${python} has no pip`, { found: lastLines(output, 1) });
  const version = output.trim();
  const quick = ['--retries', '0', '--timeout', PIP_TIMEOUT, '--disable-pip-version-check', '--progress-bar', 'off'];
  const wheelOnly = ['--no-deps', '--only-binary=:all:', ...quick];
  if (PYTHON_VERSIONS.includes(version)) return wheelOnly;
  const newest = PYTHON_VERSIONS.at(-1) ?? '';
  return [...wheelOnly, '--implementation', 'cp', '--python-version', newest];
}

async function unpackWheel(wheel: string, source: WheelSource, folder: string, options: WheelOptions): Promise<void> {
  options.progress({ text: 'unpacking the libraries and checking them against the package’s own list' });
  const hashes = parseRecord(await readZipText(wheel, (name) => name.endsWith('.dist-info/RECORD')));
  const count = await unpackZip(wheel, folder, {
    signal: options.signal,
    expectedHash: (name) => hashes.get(name),
    place: (name) => placeOf(name, source),
  });
  if (count <= source.libraries.length) throw new WorkError('a wheel without headers', { file: wheel });
}

function placeOf(name: string, source: WheelSource): string | undefined {
  const library = source.libraries.find((candidate) => name === `tensorflow/${candidate}`);
  if (library !== undefined) return join('lib', library);
  const prefix = 'tensorflow/include/';
  if (!name.startsWith(prefix)) return undefined;
  const header = name.slice(prefix.length);
  return HEADER_FOLDERS.some((start) => header.startsWith(start)) ? join('work', 'include', header) : undefined;
}

/**
 * A wheel's list of its files: lines of `path,sha256=HASH,bytes`. Paths with a comma are quoted there; none of ours is.
 *
 * @returns the hash of each path, base64url without padding
 */
export function parseRecord(record: string): Map<string, string> {
  const lines = record.split(/\r?\n/).map((line) => /^([^,"]+),sha256=([\w-]+),\d+$/.exec(line));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const])));
}
