import {
  misclassifiedHostContract,
  misclassifiedPageContract,
  type MisclassifiedHostContract,
  type MisclassifiedPageContract,
} from '../../protocol/misclassifiedPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { explainAnswer, openHeatmapsAnswer, savedAs } from '../runPanel/answers';
import type { PanelKind } from '../runPanel/panelKind';
import { shownText } from '../runPanel/title';
import * as vscode from 'vscode';
import type { SetImage } from '../../protocol/panelView';
import { RequestError } from '../../protocol/peer';
import { saveStudyImages } from '../gallery/saveStudyImages';
import { studyImages } from '../gallery/studyView';

export function misclassifiedKind(
  parts: ExtensionContextParts,
): PanelKind<MisclassifiedHostContract, MisclassifiedPageContract> {
  return {
    viewType: PANELS.misclassified,
    name: 'misclassified',
    title: (view) => titleOf(shownText(view)),
    host: misclassifiedHostContract,
    page: misclassifiedPageContract,
    begin: (panel) => ({
      answers: {
        save: ({ kind }) =>
          savedAs(panel, { kind, name: 'misclassified', render: () => panel.page.request('render', { kind }) }),
        openHeatmaps: openHeatmapsAnswer(panel),
        explain: explainAnswer(parts, panel),
        predictions: (params, { signal, progress }) => {
          panel.shownRun(params.run);
          return parts.engine.request('predictions', params, { signal, progress });
        },
        addToStudy: ({ image }) => addToStudy(parts, panel.studyFile, image),
      },
    }),
  };
}

/** Adds an image to those that the study file names. @throws RequestError where there is no such file */
async function addToStudy(
  parts: ExtensionContextParts,
  file: string | undefined,
  image: SetImage,
): Promise<{ written: boolean }> {
  if (file === undefined) {
    throw new RequestError({ reason: 'failed', message: vscode.l10n.t('There is no study file to write to.') });
  }
  const { images } = await studyImages(parts, file);
  const indices = [...new Set([...images[image.set], image.index])].sort((a, b) => a - b);
  return saveStudyImages(vscode.Uri.file(file), { ...images, [image.set]: indices });
}

function titleOf(shown: string | undefined): string {
  return shown === undefined
    ? vscode.l10n.t('Misclassified images')
    : vscode.l10n.t('Misclassified images: {0}', shown);
}
