/** What studies need from the network is here before tasks are handed over: they never download. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { absentData } from '../../datasets';
import { cachedFile } from '../../download/hub/cache';
import { trustedFile } from '../../download/hub/file';
import { imagenetWeights, type LocatedStudy } from '../../study';
import { fetchFor } from '../commands/fetch';
import { abortOnInterrupt } from '../interrupt';
import type { Output } from '../printing/output';

/**
 * Fetches what is missing, where that is asked for.
 * @throws InputError where something is missing that was not to be fetched, or cannot be; WorkError where a download failed
 */
export async function haveDownloads(
  studies: readonly LocatedStudy[],
  download: boolean,
  output: Output,
): Promise<void> {
  const lacking: { readonly located: LocatedStudy; readonly what: string }[] = [];
  for (const located of studies) {
    const what = await missingFor(located);
    if (what !== undefined) lacking.push({ located, what });
  }
  const [first] = lacking;
  if (first === undefined) return;
  if (!download)
    throw new InputError('something is to be downloaded first', {
      file: first.located.path,
      found: `no ${first.what}`,
      expected: 'all that is needed before it is handed over: tasks never download',
      advice: `Add --download, or: epochlens fetch ${shellWord(first.located.path)}`,
    });
  const signal = abortOnInterrupt(output, 'the download');
  for (const { located } of lacking) await fetchFor(located, output, signal);
}

/** What can be downloaded and is not here. @throws InputError of what is not here and cannot be */
async function missingFor({ study, folder, path }: LocatedStudy): Promise<string | undefined> {
  const { dataset, model } = study;
  const absent = absentData(dataset, folder);
  if (absent !== undefined && absent.archive === undefined)
    throw new InputError('the images are not there', {
      file: path,
      place: 'dataset.folder',
      found: `no folder ${absent.folder}`,
      expected: `the files of ${absent.title}`,
    });
  if (absent !== undefined) return `${absent.title} in ${absent.folder}`;
  if (model.weights === 'random') return undefined;
  if (model.weights !== 'imagenet') {
    const weights = resolve(folder, model.weights);
    if (existsSync(weights)) return undefined;
    throw new InputError('the weights are not there', { file: path, place: 'model.weights', found: `no ${weights}` });
  }
  const published = imagenetWeights(model.architecture);
  if (published === undefined) return undefined;
  return (await cachedFile(trustedFile(published))).state === 'whole'
    ? undefined
    : 'ImageNet weights in the hub’s cache';
}
