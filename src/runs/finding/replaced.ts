/**
 * Runs of a study file that was renamed while another one took its name: their run.json names a file that is there, and
 * is not what they were made by.
 */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileIdentity, isSameFile } from '../../common/fileIdentity';
import { readAllStudies, STUDY_SUFFIX, type Study } from '../../study/index';
import { isMadeBy } from './otherSettings';
import type { Run } from '../open';

/** A study file with its studies: see `allStudies`. */
interface StudyOnDisk {
  readonly path: string;
  readonly studies: readonly [Study, ...Study[]];
}

/** A run that names one study file, and is of another beside it by its settings or its name. */
export interface ReplacedRun {
  readonly run: Run;
  /** Of the study that it may be of. */
  readonly formerFile: string;
}

/**
 * Of the runs that name a study file, those that it did not make and another study beside it, which has no such run of
 * its own, did: by its settings, or by its name where the file has another.
 * @param beside all runs in the folder, those of the other studies too
 */
export async function replacedRuns(
  file: StudyOnDisk,
  runs: readonly Run[],
  beside: readonly Run[],
): Promise<ReplacedRun[]> {
  const odd = runs.filter((run) => !isMadeBy(run, file.studies));
  if (odd.length === 0) return [];
  const others = await studiesBeside(file.path);
  const owners = await Promise.all(others.map(async (other) => ({ other, own: await runsNaming(other.path, beside) })));
  return odd.flatMap((run) => {
    const bySettings = owners.find(
      ({ other, own }) => isMadeBy(run, other.studies) && !own.some((each) => isMadeBy(each, other.studies)),
    );
    const byName = owners.find(
      ({ other, own }) => own.length === 0 && hasName(other, run.study.name) && !hasName(file, run.study.name),
    );
    const formerFile = (bySettings ?? byName)?.other.path;
    return formerFile === undefined ? [] : [{ run, formerFile }];
  });
}

function hasName({ studies: [study] }: StudyOnDisk, name: string): boolean {
  return study.name === name;
}

/** The runs whose run.json names a study file, by whatever path. */
export async function runsNaming(path: string, runs: readonly Run[]): Promise<Run[]> {
  const own = await fileIdentity(path);
  const isOwn = await Promise.all(runs.map(async ({ studyFile }) => isSameFile(await fileIdentity(studyFile), own)));
  return runs.filter((_, index) => isOwn[index]);
}

/** The other study files in its folder that can be read. */
async function studiesBeside(path: string): Promise<StudyOnDisk[]> {
  const folder = dirname(path);
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith(STUDY_SUFFIX)).sort();
  const own = await fileIdentity(path);
  const found = names.map(async (name): Promise<StudyOnDisk[]> => {
    const other = join(folder, name);
    if (name === basename(path) || isSameFile(await fileIdentity(other), own)) return [];
    return readAllStudies(other).then(
      ([first, ...more]) => [{ path: other, studies: [first.study, ...more.map(({ study }) => study)] }],
      () => [],
    );
  });
  return (await Promise.all(found)).flat();
}
