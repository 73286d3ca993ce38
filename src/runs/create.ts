import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../common/errors';
import { writeFileAtomically } from '../common/atomic';
import { makeFolder } from '../common/folders';
import { studyHash, type LocatedStudy } from '../study/index';
import { runsFolder, folderForRuns } from './finding/find';
import { gitStateOf } from './git';
import { keepOutOfGit } from './gitignore';
import { RUN_FORMAT, writeManifest, type CellOfRun, type RunManifest } from './manifest';
import { openRun, type Run } from './open';
import { NETWORK_FILE, runPaths } from './paths';
import { studyFileFrom } from './studyFile';
import { appendSums, createSums, sha256 } from './sums/sums';

export interface NewRun extends Pick<RunManifest, 'dataset' | 'engine' | 'microBatch' | 'versions' | 'imported'> {
  /** Where it is to be: see `newRunFolder`. Made when it is absent. */
  readonly folder: string;
  readonly located: LocatedStudy;
  /** Of a sweep that it is. */
  readonly cell?: CellOfRun | undefined;
  /** Of a network from an ONNX file: the file without its weights. */
  readonly graph?: Uint8Array | undefined;
}

/**
 * A new run's place, by UTC time, so that names sort, and something random: 20261124-084500-3fa9. See
 * `folderForRuns`.
 */
export async function newRunFolder({ study, path }: LocatedStudy, now = new Date()): Promise<string> {
  const [date = '', time = ''] = now.toISOString().replace(/[-:]/g, '').split(/[T.]/);
  const folder = await folderForRuns(path);
  return join(runsFolder(folder, study.name), `${date}-${time}-${randomBytes(2).toString('hex')}`);
}

/**
 * Makes the run folder and writes run.json. Throws `InputError` where there is a run, or something else, already, and
 * `WorkError` where it cannot be written.
 */
export async function createRun(
  { folder, located, graph, dataset, engine, microBatch, versions, imported, cell }: NewRun,
  now = new Date(),
): Promise<Run> {
  const paths = runPaths(resolve(folder));
  await refuseUsedFolder(folder);
  await keepOutOfGit(paths.folder);
  for (const part of [paths.checkpoints, paths.resume, paths.results]) await makeFolder(part);
  const git = await gitStateOf(dirname(located.path));
  const manifest: RunManifest = {
    format: RUN_FORMAT,
    createdAt: now.toISOString(),
    studyFile: await studyFileFrom(paths.folder, located.path),
    study: located.study,
    studyHash: studyHash(located.study),
    seed: located.study.training.seed,
    ...(cell === undefined ? {} : { cell: { recipe: cell.recipe, seed: cell.seed, settings: cell.settings } }),
    ...(git === undefined ? {} : { git }),
    dataset,
    engine,
    ...(microBatch === undefined ? {} : { microBatch }),
    versions,
    ...(imported === undefined ? {} : { imported }),
  };
  // Before run.json, which says that there are sums.
  await createSums(paths.folder);
  if (graph !== undefined) {
    await appendSums(paths.folder, [{ file: NETWORK_FILE, sha256: sha256(graph) }], 0);
    await writeFileAtomically(paths.network, graph);
  }
  await writeManifest(paths.folder, manifest);
  return openRun(paths.folder);
}

/** What a training that is about to start, or that failed before it began, may have left, and what was said of it. */
const EARLY =
  /^(?:lock-\d+|log\.txt|status\.json|starting\.json|about\.json|sums\.jsonl|network\.onnx|checkpoints|resume|results|\..*\.tmp)$/;

async function refuseUsedFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes('run.json')) {
    const advice = 'Go on with it by --resume, or name a new folder.';
    throw new InputError('there is a run in this folder already', {
      file: folder,
      found: 'run.json',
      expected: 'a new folder',
      advice,
    });
  }
  const foreign = names.find((name) => !EARLY.test(name));
  if (foreign !== undefined) {
    const advice = 'Name a new or an empty folder.';
    throw new InputError('the folder is not empty', { file: folder, found: foreign, expected: 'a new folder', advice });
  }
}
