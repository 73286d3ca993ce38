import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { CoreParts } from '../coreParts';
import { changeValue } from '../editor/edits';
import { savedStudy } from '../studies/savedStudy';
import { fetchFor } from './fetchFor';
import type { Missing } from './missing';

/**
 * Asks before missing data or weights are downloaded, and downloads them with progress and cancellation before the
 * training starts.
 *
 * @returns the study, which may have changed meanwhile, when all that it needs is there; undefined otherwise
 * @throws WorkError where a download failed; CancelledError
 */
export async function agreeOnDownloads(parts: CoreParts, located: LocatedStudy): Promise<LocatedStudy | undefined> {
  const [{ missingOf }, { EXAMPLE_DATASET }] = await Promise.all([import('./missing'), import('../../datasets')]);
  const missing = await missingOf(located);
  if (missing.length === 0) return located;
  const download = `Download (${missing.reduce((sum, { megabytes }) => sum + megabytes, 0)} MB)`;
  const instead = insteadOf(missing, located, EXAMPLE_DATASET);
  const answer = await vscode.window.showWarningMessage(
    `${missing.map(({ name }, index) => (index === 0 ? name : lowerFirst(name))).join(' and ')} ${verb(missing)} not here yet.`,
    { modal: true, detail: `${missing.map(placeText).join('\n')}\n\nDownload there, or ${instead.detail}?` },
    download,
    instead.title,
  );
  if (answer === download) return fetchFor(parts, located).then(() => located);
  if (answer !== instead.title) return undefined;
  await changeValue(vscode.Uri.file(located.path), instead.path, instead.value);
  const changed = await savedStudy(located.path, located.study.model.architecture);
  return changed && agreeOnDownloads(parts, changed);
}

/** The alternative to downloading what is missing first. */
function insteadOf([first]: readonly Missing[], { modelPath }: LocatedStudy, example: unknown) {
  return first?.kind === 'data'
    ? {
        title: 'Use Synthetic Images',
        detail: 'train on images that the program draws',
        path: ['dataset'],
        value: example,
      }
    : {
        title: 'Start from Random Weights',
        detail: 'start from random weights',
        path: [...modelPath, 'weights'],
        value: 'random',
      };
}

function placeText({ name, megabytes, place }: Missing): string {
  return `${name} (${megabytes} MB): ${place}`;
}

/** "The ImageNet weights" is a plural. */
function verb(missing: readonly Missing[]): string {
  return missing.length > 1 || missing[0]?.kind === 'weights' ? 'are' : 'is';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
