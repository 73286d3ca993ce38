/** A run in one checked file. */
import { kindOf } from '../../common/regularFile';
import { shellWord } from '../../common/shellWord';
import { removeDeadTemporaries, temporaryBeside } from '../../common/temporaries';
import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fileError } from '../../common/atomic';
import { CancelledError, InputError, isReportedError, WorkError } from '../../common/errors';
import { STUDY_SUFFIX } from '../../study/fileName';
import { listCheckpoints } from '../checkpoints/checkpoints';
import { checkpointFile, NETWORK_FILE, STOPPED_FILE } from '../paths';
import { filesToDelete } from '../deleting';
import { lockRun } from '../locks/lock';
import { STEPS_FILE } from '../metrics/steps';
import { openRun, type Run } from '../open';
import { optimizerStateEpochs, optimizerStateFile } from '../checkpoints/optimizerState';
import { sha256 } from '../sums/sums';
import { hashFile } from '../../common/hashFile';
import { isDamage, type Finding } from '../verify/finding';
import { listResults } from '../verify/results';
import { verifyRun } from '../verify/verifyRun';
import {
  isPackedFile,
  MANIFEST_MEMBER,
  PACK_FORMAT,
  PACK_SUFFIX,
  RUN_PREFIX,
  STUDY_MEMBER,
  type PackManifest,
} from './format';
import { readPack } from './read';
import { tarOf, type MemberToWrite } from './tarMembers';

export interface PackOptions {
  /** The file to write. */
  readonly out: string;
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
  /** Whether results/ is packed, too. */
  readonly results: boolean;
  /** Whether a run that is damaged is packed as it is. */
  readonly damaged: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

export interface Packed {
  readonly file: string;
  /** Of the file that was written. */
  readonly bytes: number;
  /** Of what is in it. */
  readonly contentBytes: number;
  readonly files: number;
}

/**
 * Takes the run's lock, verifies it, writes the file beside its place, reads it back, and only then gives it its name.
 * @throws InputError where the run is damaged, or is being trained, or there is a file of that name; WorkError;
 * CancelledError
 */
export async function packRun(folder: string, options: PackOptions): Promise<Packed> {
  const run = await openRun(folder);
  await refusePlace(options);
  // What a killed one has left is as large as the run.
  await removeDeadTemporaries(dirname(resolve(options.out)));
  const lock = await lockRun(run.folder, 'pack');
  try {
    if (!options.damaged) await refuseDamaged(run, options);
    return await writePack(run, options);
  } finally {
    await lock.release();
  }
}

/** @throws InputError where the place is taken */
async function refusePlace({ out, force }: Pick<PackOptions, 'out' | 'force'>): Promise<void> {
  const there = await stat(resolve(out)).catch(() => undefined);
  if (there === undefined || (force && there.isFile())) return;
  const isFile = there.isFile();
  throw new InputError(isFile ? 'there is a file of this name already' : 'a run cannot be packed into this', {
    file: out,
    found: kindOf(there),
    expected: isFile ? 'no file' : 'the name of a file to write',
    advice: isFile
      ? 'Replace it by --force, or name another by --out.'
      : `Name a file by --out, such as RUN${PACK_SUFFIX}.`,
  });
}

async function refuseDamaged({ folder }: Run, { results, signal }: PackOptions): Promise<void> {
  const { findings } = await verifyRun(folder, { signal });
  const wrong = findings.filter((finding) => isDamage(finding) && (results || finding.part !== 'result'));
  const [first] = wrong;
  if (first === undefined) return;
  throw new InputError('the run is damaged, and is not packed', {
    file: folder,
    found: `${named(first)} ${first.verdict}${wrong.length > 1 ? `, and ${wrong.length - 1} more` : ''}`,
    expected: 'a whole run',
    advice: `Pack it as it is by --damaged, or see all that is wrong by:  epochlens verify ${shellWord(folder)}`,
  });
}

function named({ file, place }: Finding): string {
  return place === undefined ? file : `${file}, ${place}`;
}

async function writePack(run: Run, { out, force, results, signal, progress }: PackOptions): Promise<Packed> {
  const path = resolve(out);
  const paths = await filesOf(run.folder, results);
  const sizes = await Promise.all(paths.map((file) => sizeOf(join(run.folder, file))));
  // They are read to be told apart, and again to be packed.
  const of = 2 * sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  const watch = { signal, progress: (bytes: number) => progress?.((done += bytes), of) };
  const members: MemberToWrite[] = [await studyMember(run)];
  for (const [at, file] of paths.entries()) {
    const whole = join(run.folder, file);
    const content = { file: whole, sha256: await hashFile(whole, watch).catch(cannotRead(whole)) };
    members.push({ path: `${RUN_PREFIX}${file}`, bytes: sizes[at] as number, content });
  }
  const manifest = Buffer.from(`${JSON.stringify(manifestOf(run, members), null, 1)}\n`);
  const all = [{ path: MANIFEST_MEMBER, bytes: manifest.length, content: manifest }, ...members];
  const temporary = temporaryBeside(path);
  try {
    const stream = Readable.from(tarOf(all, watch), { objectMode: false });
    await pipeline(stream, createGzip({ level: 6 }), withoutSystem(), createWriteStream(temporary, { flags: 'wx' }));
    await syncFile(temporary);
    await readBack(temporary, path, signal);
    await refusePlace({ out, force });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted === true) throw new CancelledError();
    throw isReportedError(error) ? error : fileError('could not be written', path, error);
  }
  const contentBytes = members.reduce((sum, { bytes }) => sum + bytes, 0);
  return { file: path, bytes: (await stat(path)).size, contentBytes, files: paths.length };
}

/** @throws WorkError where the disk does not give what was written to it */
async function readBack(temporary: string, file: string, signal: AbortSignal | undefined): Promise<void> {
  await readPack(temporary, { signal }).catch((error: unknown) => {
    if (!isReportedError(error) || error instanceof CancelledError) throw error;
    const advice = 'Write it onto another disk.';
    throw new WorkError('what was written does not read back as it was', { file, found: error.summary, advice });
  });
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(cannotRead(file))).size;
}

function cannotRead(file: string): (error: unknown) => never {
  return (error) => {
    throw isReportedError(error) ? error : fileError('the file cannot be read, and is not packed', file, error);
  };
}

/** What a run consists of, sorted: no locks, marks, temporaries, what was to be deleted, nor what is not ours. */
async function filesOf(folder: string, withResults: boolean): Promise<string[]> {
  const jsonLines = ['metrics.jsonl', STEPS_FILE, 'sums.jsonl'];
  const top = ['run.json', 'about.json', 'status.json', ...jsonLines, 'log.txt', NETWORK_FILE, STOPPED_FILE];
  const there = await Promise.all(
    top.map(async (file) => ((await stat(join(folder, file)).catch(() => undefined))?.isFile() === true ? [file] : [])),
  );
  const going = await filesToDelete(folder);
  const results = withResults ? (await listResults(folder)).map((file) => `results/${file}`) : [];
  return [
    ...there.flat(),
    ...(await listCheckpoints(folder)).map(({ epoch }) => checkpointFile(epoch)),
    ...(await optimizerStateEpochs(folder)).map(optimizerStateFile),
    ...results,
  ]
    .filter((file) => isPackedFile(file) && !going.includes(file))
    .sort();
}

/** The study file as it is, or where it is gone the run's own copy of it. */
async function studyMember({ study, studyFile }: Run): Promise<MemberToWrite> {
  const text = await readFile(studyFile).catch(() => Buffer.from(`${JSON.stringify(study, null, 2)}\n`));
  return { path: STUDY_MEMBER, bytes: text.length, content: text };
}

function manifestOf(run: Run, members: readonly MemberToWrite[]): PackManifest {
  const fileName = basename(run.studyFile);
  return {
    format: PACK_FORMAT,
    run: run.id,
    study: run.study.name,
    studyFile: fileName.endsWith(STUDY_SUFFIX) ? fileName : `${run.study.name}${STUDY_SUFFIX}`,
    members: members.map(({ path, bytes, content }) => ({
      path,
      bytes,
      sha256: content instanceof Uint8Array ? sha256(content) : content.sha256,
    })),
  };
}

/** gzip's tenth byte names the system it was written on: 255 says that it is not known. */
function withoutSystem(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (seen <= 9 && seen + chunk.length > 9) chunk[9 - seen] = 255;
      seen += chunk.length;
      done(null, chunk);
    },
  });
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
