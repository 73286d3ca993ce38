/** The files of weights that a person means: a folder's, or some by name. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../common/errors';
import { shellWord } from '../common/shellWord';
import { ONNX_FILE } from '../networks';
import { WEIGHTS_FILE } from '../weights/parse';

const MOST_FILES = 10_000;
/** Of what is passed over. */
const MOST_NAMED = 20;
/** Under which weights are kept, too. */
const OTHER_ENDING = /\.(pkl|pickle|tar|model|weights|t7|h5|hdf5|msgpack|npz|npy)$/i;

function isOfWeights(name: string): boolean {
  return (WEIGHTS_FILE.test(name) || ONNX_FILE.test(name)) && !isHidden(name);
}

/** Says that a folder is a run's. */
const MANIFEST = 'run.json';

export interface FileToInspect {
  /** Absolute. */
  readonly path: string;
  /** Whether a person named it, and not its folder. */
  readonly isNamed: boolean;
}

/** A file that is no checkpoint of the import, and why: for a person. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

export interface FoundFiles {
  /** In the order of their names. */
  readonly files: readonly FileToInspect[];
  /** What of a folder looks like weights and is not gone through. */
  readonly passedOver: readonly LeftOut[];
}

/** @throws InputError where there is none, or one leads out of its folder */
export async function weightFiles(words: readonly string[]): Promise<FoundFiles> {
  const files = new Map<string, FileToInspect>();
  const passedOver: LeftOut[] = [];
  for (const word of words) {
    const status = await stat(word).catch(() => undefined);
    if (status === undefined) throw new InputError('no such folder or file', { file: word });
    if (!status.isDirectory() && basename(word) === MANIFEST) throw isRun(dirname(word));
    const found = status.isDirectory() ? await filesIn(word) : [resolve(word)];
    if (status.isDirectory()) passedOver.push(...(await passedOverIn(word)));
    // A link to another of them, as "last" is to the newest epoch, is that one.
    for (const path of found) {
      const real = await realpath(path);
      if (!files.has(real) || real === path) files.set(real, { path, isNamed: !status.isDirectory() });
    }
  }
  const byName = [...files.values()].sort((a, b) =>
    basename(a.path).localeCompare(basename(b.path), 'en', { numeric: true }),
  );
  return { files: byName, passedOver };
}

async function filesIn(folder: string): Promise<string[]> {
  const root = await realpath(folder);
  const names = (await readdir(root)).filter(isOfWeights);
  const paths: string[] = [];
  for (const name of names) {
    const path = join(root, name);
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || !isWithin(real, root)) throw leadsOut(path, real);
    if ((await stat(path)).isFile()) paths.push(path);
  }
  if (paths.length > 0 && paths.length <= MOST_FILES) return paths;
  if (paths.length === 0 && (await stat(join(root, MANIFEST)).catch(() => undefined))?.isFile() === true)
    throw isRun(folder);
  const beside = paths.length === 0 ? await passedOverIn(folder) : [];
  const others = beside.slice(0, MOST_NAMED).map(({ path, reason }) => `${basename(path)} (${reason})`);
  throw new InputError(paths.length === 0 ? 'no checkpoints in this folder' : 'too many files', {
    file: folder,
    found: paths.length > 0 ? `${paths.length} files` : ['no file of weights', ...others].join(', '),
    expected: '.safetensors, .pth, .pt, .th, .ckpt, .bin, .pth.tar or .onnx files in the folder itself',
  });
}

/** Files that may be of weights by their other endings, hidden ones, and folders that have files of weights. */
async function passedOverIn(folder: string): Promise<LeftOut[]> {
  const root = await realpath(folder);
  const leftOut: LeftOut[] = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (isHidden(entry.name)) {
      // "._" is what macOS keeps beside each file on disks of others.
      const isSaid = entry.isFile() && WEIGHTS_FILE.test(entry.name) && !entry.name.startsWith('._');
      if (isSaid) leftOut.push({ path, reason: 'it is hidden' });
    } else if (entry.isFile() && OTHER_ENDING.test(entry.name) && !WEIGHTS_FILE.test(entry.name)) {
      leftOut.push({ path, reason: 'its ending is none of weights; rename it to .pth if it is of torch.save' });
    } else if (entry.isDirectory()) {
      const names = await readdir(path).catch((): string[] => []);
      const count = names.filter(isOfWeights).length;
      const files = count === 1 ? 'a file' : `${count} files`;
      if (count > 0) leftOut.push({ path, reason: `it is a folder, with ${files} of weights in it` });
    }
    if (leftOut.length === MOST_NAMED) break;
  }
  return leftOut;
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

function isRun(folder: string): InputError {
  return new InputError('this is a run, and not a folder of weights', {
    file: folder,
    found: MANIFEST,
    expected: 'a folder of checkpoints, or some of them',
    advice: `To make a new run of its checkpoints: epochlens import ${shellWord(join(folder, 'checkpoints'))}`,
  });
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function leadsOut(file: string, found: string | undefined): InputError {
  return new InputError('a symbolic link that leads out of the folder', {
    file,
    found: found ?? 'nothing there',
    expected: 'a file within the folder',
    advice: 'Name the file itself if it is meant, or take the link away.',
  });
}
