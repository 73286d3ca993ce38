/** A packed run back in its place. */
import { lstat, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { bytesText } from '../../common/bytesText';
import { createFileAtomically, fileError, writeFileAtomically } from '../../common/atomic';
import { InputError, isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { readRegularFile } from '../../common/regularFile';
import { removeEmptyFolders } from '../finding/folders';
import { runsFolder } from '../finding/find';
import { keepOutOfGit } from '../gitignore';
import { manifestSum } from '../manifest';
import { openRun, type Run } from '../open';
import { runPaths } from '../paths';
import { removeDeadStagings, stagingFolder } from '../staging';
import { MOST_TEXT_BYTES, RUN_MEMBER, RUN_PREFIX, STUDY_MEMBER, type PackManifest, type PackedMember } from './format';
import { readPack, type MemberSink } from './read';
import { taken } from './taken';

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
 * Everything is checked and in its place, the study file too, before the run gets its name: what a kill leaves is no run,
 * and the same again completes it.
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
  /** Beside it; undefined where there is something in its place: then it is only said what. */
  readonly temporary: string | undefined;
  /** The topmost folder that was made for it. */
  readonly made: string | undefined;
  /** Kept in memory until all else is there. */
  readonly texts: Map<string, Buffer>;
}

async function preparePlace(manifest: PackManifest, folder: string): Promise<Place> {
  const parent = runsFolder(folder, manifest.study);
  const target = join(parent, manifest.run);
  const isTaken = (await lstat(target).catch(() => undefined)) !== undefined;
  if (isTaken) return { target, temporary: undefined, made: undefined, texts: new Map() };
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
  if (temporary !== undefined) await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
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

async function sinkOf(
  { target, temporary, texts }: Place,
  { path, bytes }: PackedMember,
): Promise<MemberSink | undefined> {
  if (path === STUDY_MEMBER || path === RUN_MEMBER) return textSink(texts, path, bytes);
  if (temporary === undefined) return undefined;
  const part = path.slice(RUN_PREFIX.length);
  const failed = (error: unknown): never => {
    throw fileError('could not be unpacked', join(target, part), error);
  };
  const file = await open(join(temporary, part), 'wx').catch(failed);
  // A torn result is as good as absent: not worth the disk's time for each of thousands.
  const toDisk = !part.startsWith('results/');
  return {
    write: (chunk) => file.writeFile(chunk).catch(failed),
    async end() {
      if (toDisk) await file.sync().catch(failed);
      await file.close().catch(failed);
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
  const text = texts.get(RUN_MEMBER);
  if (text === undefined) throw new InputError('the packed run has no run.json', { place: RUN_MEMBER });
  if (temporary === undefined) throw await taken(target, text);
  const studyFile = join(folder, manifest.studyFile);
  await writeFileAtomically(runPaths(temporary).manifest, placedManifest(text, target, studyFile));
  // Names its study file as it will from its place, which is beside this one.
  await openRun(temporary);
  await keepOutOfGit(temporary);
  const study = await writeStudy(studyFile, texts.get(STUDY_MEMBER));
  await rename(temporary, target).catch(async (error: unknown) => {
    if (study === 'written') await rm(studyFile, { force: true }).catch(() => undefined);
    throw fileError('the run cannot be put into its place', target, error);
  });
  return { run: await openRun(target), studyFile, study };
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

/** Exclusively: of two that write at once one finds the other's. @throws WorkError */
async function writeStudy(path: string, text: Buffer | undefined): Promise<Unpacked['study']> {
  if (text !== undefined && (await createFileAtomically(path, text))) return 'written';
  const there = await readRegularFile(path, MOST_TEXT_BYTES).catch(() => undefined);
  return there !== undefined && text?.equals(there) === true ? 'same' : 'other';
}
