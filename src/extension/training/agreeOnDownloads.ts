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
  const megabytes = missing.reduce((sum, each) => sum + each.megabytes, 0);
  const download = vscode.l10n.t('Download ({0} MB)', megabytes);
  const instead = insteadOf(missing, located, EXAMPLE_DATASET);
  const detail = [...missing.map(placeText), '', instead.detail].join('\n');
  const answer = await vscode.window.showWarningMessage(
    missingText(missing),
    { modal: true, detail },
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
        title: vscode.l10n.t('Use Synthetic Images'),
        detail: vscode.l10n.t('Download there, or train on images that the program draws?'),
        path: ['dataset'],
        value: example,
      }
    : {
        title: vscode.l10n.t('Start from Random Weights'),
        detail: vscode.l10n.t('Download there, or start from random weights?'),
        path: [...modelPath, 'weights'],
        value: 'random',
      };
}

function placeText({ kind, name, megabytes, place }: Missing): string {
  return kind === 'data'
    ? vscode.l10n.t('{0} ({1} MB): {2}', name, megabytes, place)
    : vscode.l10n.t('The ImageNet weights ({0} MB): {1}', megabytes, place);
}

function missingText(missing: readonly Missing[]): string {
  const data = missing.find(({ kind }) => kind === 'data');
  if (data === undefined) return vscode.l10n.t('The ImageNet weights are not here yet.');
  return missing.length === 1
    ? vscode.l10n.t('{0} is not here yet.', data.name)
    : vscode.l10n.t('{0} and the ImageNet weights are not here yet.', data.name);
}
