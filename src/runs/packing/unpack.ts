/** A packed run back in its place. */
import { open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { bytesText } from '../../common/bytesText';
import { fileError, writeFileAtomically } from '../../common/atomic';
import { InputError, isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { removeEmptyFolders } from '../folders';
import { runsFolder } from '../find';
import { keepOutOfGit } from '../gitignore';
import { manifestSum } from '../manifest';
import { openRun, type Run } from '../open';
import { runPaths } from '../paths';
import { removeDeadStagings, stagingFolder } from '../staging';
import { MOST_TEXT_BYTES, RUN_PREFIX, STUDY_MEMBER, type PackManifest, type PackedMember } from './format';
import { readPack, type MemberSink } from './read';

export interface UnpackOptions {
  /** The folder that the study is to lie in: the run comes under its .epochlens/runs. */
  readonly into: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

export interface Unpacked {
  readonly run: Run;
  readonly studyFile: string;
  /** 'written', or 'same' and 'other' where there was a file of its name: that one stays. */
  readonly study: 'written' | 'same' | 'other';
}

/**
 * Everything is checked and in its place before the run gets its name: what a kill leaves is no run.
 * @throws InputError where the file is not a whole packed run, or the run is there already; WorkError; CancelledError
 */
export async function unpackRun(file: string, { into, signal, progress }: UnpackOptions): Promise<Unpacked> {
  const folder = resolve(into);
  let place: Place | undefined;
  try {
    const manifest = await readPack(file, {
      signal,
      progress,
      begin: async (found) => void (place = await preparePlace(found, folder)),
      sinkOf: (member) => sinkOf(place as Place, member),
    });
    return await settle(manifest, place as Place, folder);
  } catch (error) {
    if (place !== undefined) await removePlace(place);
    throw isReportedError(error) ? error : fileError('could not be unpacked', file, error);
  }
}

interface Place {
  readonly target: string;
  /** Beside it. */
  readonly temporary: string;
  /** The topmost folder that was made for it. */
  readonly made: string | undefined;
  /** Kept in memory until all else is there. */
  readonly texts: Map<string, Buffer>;
}

async function preparePlace(manifest: PackManifest, folder: string): Promise<Place> {
  const parent = runsFolder(folder, manifest.study);
  const target = join(parent, manifest.run);
  if ((await stat(target).catch(() => undefined)) !== undefined) throw thereAlready(target);
  const total = manifest.members.reduce((sum, { bytes }) => sum + bytes, 0);
  const made = await makeFolder(parent);
  await removeDeadStagings(parent);
  await refuseTooLarge(parent, total);
  const temporary = stagingFolder(target);
  const { checkpoints, resume, results } = runPaths(temporary);
  for (const part of [temporary, checkpoints, resume, results]) await makeFolder(part);
  return { target, temporary, made, texts: new Map() };
}

async function removePlace({ target, temporary, made }: Place): Promise<void> {
  await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  if (made !== undefined) await removeEmptyFolders(dirname(target), made);
}

async function refuseTooLarge(parent: string, bytes: number): Promise<void> {
  const free = await statfs(parent).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Infinity,
  );
  if (free >= bytes) return;
  throw new WorkError('there is not enough space for this run', {
    file: parent,
    found: `${bytesText(free)} free`,
    expected: bytesText(bytes),
    advice: 'Free some, or unpack into another folder by --into.',
  });
}

async function sinkOf({ temporary, texts }: Place, { path, bytes }: PackedMember): Promise<MemberSink> {
  if (path === STUDY_MEMBER || path === `${RUN_PREFIX}run.json`) return textSink(texts, path, bytes);
  const file = await open(join(temporary, path.slice(RUN_PREFIX.length)), 'wx');
  // A torn result is as good as absent: not worth the disk's time for each of thousands.
  const toDisk = !path.startsWith(`${RUN_PREFIX}results/`);
  return {
    async write(chunk) {
      await file.writeFile(chunk);
    },
    async end() {
      if (toDisk) await file.sync();
      await file.close();
    },
    fail: () => file.close(),
  };
}

function textSink(texts: Map<string, Buffer>, path: string, bytes: number): MemberSink {
  if (bytes > MOST_TEXT_BYTES) {
    throw new InputError('a packed text is too large', {
      place: path,
      found: `${bytes} bytes`,
      expected: `at most ${MOST_TEXT_BYTES}`,
    });
  }
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk) => Promise.resolve(void chunks.push(chunk)),
    end: () => Promise.resolve(void texts.set(path, Buffer.concat(chunks))),
    fail: () => Promise.resolve(),
  };
}

async function settle(manifest: PackManifest, place: Place, folder: string): Promise<Unpacked> {
  const { target, temporary, texts } = place;
  const text = texts.get(`${RUN_PREFIX}run.json`);
  if (text === undefined) throw new InputError('the packed run has no run.json', { place: `${RUN_PREFIX}run.json` });
  const studyFile = join(folder, manifest.studyFile);
  await writeFileAtomically(runPaths(temporary).manifest, placedManifest(text, target, studyFile));
  await rename(temporary, target).catch((error: unknown) => {
    throw fileError('the run cannot be put into its place', target, error);
  });
  await keepOutOfGit(target);
  try {
    const run = await openRun(target);
    return { run, studyFile, study: await writeStudy(studyFile, texts.get(STUDY_MEMBER)) };
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
}

/** run.json as it was, but for where the study file lies from here. Damaged, it stays as it is. */
function placedManifest(text: Buffer, target: string, studyFile: string): string {
  const asItWas = text.toString('utf8');
  try {
    const fields = JSON.parse(asItWas) as Record<string, unknown>;
    const here = relative(target, studyFile).split(sep).join('/');
    const isWhole = !('sum' in fields) || fields['sum'] === manifestSum(fields);
    if (!isWhole || fields['studyFile'] === here) return asItWas;
    const placed = { ...fields, studyFile: here };
    return `${JSON.stringify('sum' in fields ? { ...placed, sum: manifestSum(placed) } : placed, null, 2)}\n`;
  } catch {
    return asItWas;
  }
}

async function writeStudy(path: string, text: Buffer | undefined): Promise<Unpacked['study']> {
  const there = await readFile(path).catch(() => undefined);
  if (there !== undefined) return text?.equals(there) === true ? 'same' : 'other';
  if (text === undefined) return 'other';
  await writeFileAtomically(path, text);
  return 'written';
}

function thereAlready(target: string): InputError {
  return new InputError('there is a run of this name already', {
    file: target,
    found: basename(target),
    expected: 'no folder of this name',
    advice: 'Unpack into another folder by --into, or delete that one.',
  });
}
