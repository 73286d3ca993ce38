/** The study file of a sweep that runs: a person may edit it meanwhile. */
import { messageOf } from '../../common/errors';
import { fileStamp } from '../../common/fileStamp';
import { readStudyFile, type StudiesInFile, type Sweep } from '../../study';
import type { Output } from '../printing/output';

export type StudyWithSweep = StudiesInFile & { readonly sweep: Sweep };

/** Answers with the file as it is at each call; while it cannot be read or has no sweep, as it was before. */
export function latestStudy(first: StudyWithSweep, output: Pick<Output, 'log'>): () => Promise<StudyWithSweep> {
  const { path } = first.studies[0];
  let inFile = first;
  let stamp: string | undefined;
  return async () => {
    const now = await fileStamp(path).catch(() => undefined);
    if (now === stamp || now === undefined) return inFile;
    const isFirst = stamp === undefined;
    stamp = now;
    if (isFirst) return inFile;
    try {
      const read = await readStudyFile(path);
      if (read.sweep === undefined) output.log('The study file has no sweep any more: this one goes on as it was.');
      else inFile = { ...read, sweep: read.sweep };
    } catch (error) {
      output.log(`The sweep goes on as it was: ${messageOf(error)}`);
    }
    return inFile;
  };
}
