/** Finds downloads that a study needs and that are missing. */
import * as vscode from 'vscode';
import { absentData } from '../../datasets';
import { cachedFile, repositoryFolder } from '../../download/hub/cache';
import { trustedFile } from '../../download/hub/file';
import { imagenetWeights, type LocatedStudy } from '../../study';

export interface Missing {
  readonly kind: 'data' | 'weights';
  readonly name: string;
  readonly megabytes: number;
  /** The folder or file of the download. */
  readonly place: string;
}

export async function missingOf({ study, folder }: LocatedStudy): Promise<Missing[]> {
  return [...missingData(study, folder), ...(await missingWeights(study))];
}

function missingData({ dataset }: LocatedStudy['study'], folder: string): Missing[] {
  const absent = absentData(dataset, folder);
  if (absent?.archive === undefined) return [];
  const megabytes = Math.round(absent.archive.bytes / 1e6);
  return [{ kind: 'data', name: absent.title, megabytes, place: absent.folder }];
}

async function missingWeights({ model }: LocatedStudy['study']): Promise<Missing[]> {
  const published = model.weights === 'imagenet' ? imagenetWeights(model.architecture) : undefined;
  if (published === undefined) return [];
  const { state } = await cachedFile(trustedFile(published));
  // If something else lies there, the training refuses it by name.
  if (state === 'whole' || state === 'other') return [];
  const megabytes = Math.round(published.bytes / 1e6);
  return [
    {
      kind: 'weights',
      name: vscode.l10n.t('ImageNet weights'),
      megabytes,
      place: repositoryFolder(published.repository),
    },
  ];
}
