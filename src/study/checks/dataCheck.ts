/** Whether the images that a study trains on are there, and how many. */
import { isReportedError, messageOf } from '../../common/errors';
import { absentData, readDataFacts, type AbsentData } from '../../datasets';
import type { Study } from '../schema';
import type { ImageCounts, Remark } from './check';

const PATH = ['dataset', 'folder'];

export async function checkData(
  dataset: Study['dataset'],
  folder: string,
): Promise<{ readonly there: ImageCounts; readonly remarks: readonly Remark[] }> {
  const absent = absentData(dataset, folder);
  if (absent !== undefined) {
    const { train, test } = absent.archive?.images ?? { train: undefined, test: undefined };
    return { there: { train, test }, remarks: [missing(absent)] };
  }
  try {
    const facts = await readDataFacts(dataset, folder);
    return { there: { train: facts?.train, test: facts?.test }, remarks: [] };
  } catch (error) {
    return { there: { train: undefined, test: undefined }, remarks: [unreadable(error)] };
  }
}

/** Where it can be downloaded, training offers to, and does not refuse. */
function missing({ title, folder, archive }: AbsentData): Remark {
  return {
    code: 'dataMissing',
    severity: archive === undefined ? 'error' : 'information',
    path: PATH,
    summary: `there is no folder ${folder}`,
    advice:
      archive === undefined
        ? adviceOn(title)
        : `When you train, EpochLens offers to download ${title} there (${Math.round(archive.bytes / 1e6)} MB).`,
  };
}

/** Of a folder that cannot be downloaded. */
function adviceOn(title: string): string {
  return process.env['EPOCHLENS_DATA']
    ? `The environment variable EPOCHLENS_DATA names it: unset it, or put the files of ${title} there.`
    : 'Put the images there, or name the folder that has them.';
}

function unreadable(error: unknown): Remark {
  const { summary, problem } = isReportedError(error) ? error : { summary: messageOf(error), problem: {} };
  const { file, found, expected, advice } = problem;
  return {
    code: 'dataUnreadable',
    severity: 'error',
    path: PATH,
    summary,
    ...(found === undefined ? {} : { found: file === undefined ? found : `${found} in ${file}` }),
    ...(expected === undefined ? {} : { expected }),
    ...(advice === undefined ? {} : { advice }),
  };
}
