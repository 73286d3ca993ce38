/** Whether the data set is still what a run was trained on. */
import { existsSync } from 'node:fs';
import { isReportedError, CancelledError } from '../../common/errors';
import { checkDataFiles, folderOf, loadDataset, type DataFile } from '../../datasets';
import type { Finding, Run } from '../../runs';

/** Data that is not there is no fault of the run: nothing but that is said. */
export type DataCheck = { readonly findings: readonly Finding[] } | { readonly absent: string };

/** @throws CancelledError */
export async function verifyData({ study, studyFolder, manifest }: Run, signal: AbortSignal): Promise<DataCheck> {
  const { dataset } = study;
  const { fingerprint, files, description } = manifest.dataset;
  if (fingerprint === '') return { absent: 'The run does not say what data it was made with: nothing to compare.' };
  const folder = folderOf(dataset, studyFolder);
  if (folder !== undefined && !existsSync(folder)) return { absent: `The data set is not in ${folder}: not checked.` };
  if (folder !== undefined && files !== undefined)
    return { findings: await checkFiles(dataset.kind, folder, files, signal) };
  const file = folder ?? 'images that the program draws';
  try {
    const found = await loadDataset(dataset, { studyFolder, signal, sets: 'any' });
    if (found.fingerprint === fingerprint) return { findings: [{ part: 'data', file, verdict: 'whole' }] };
    const detail = `it is not what the run was trained on: now ${found.description}, then ${description}`;
    return { findings: [{ part: 'data', file, verdict: 'damaged', detail, advice: RESTORE }] };
  } catch (error) {
    if (!isReportedError(error) || error instanceof CancelledError) throw error;
    const { summary, problem } = error;
    const at = problem.file ?? file;
    return { findings: [{ part: 'data', file: at, verdict: 'damaged', detail: summary, advice: RESTORE }] };
  }
}

const RESTORE = 'Restore it: what is computed from other data is not of this run.';

async function checkFiles(
  kind: string,
  folder: string,
  files: readonly DataFile[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const found = await checkDataFiles(kind, folder, files, signal);
  return found.map(({ path, differs }): Finding => {
    if (differs === undefined) return { part: 'data', file: path, verdict: 'whole' };
    return { part: 'data', file: path, verdict: 'damaged', detail: differs, advice: RESTORE };
  });
}
