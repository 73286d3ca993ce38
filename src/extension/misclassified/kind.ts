import {
  misclassifiedHostContract,
  misclassifiedPageContract,
  type MisclassifiedHostContract,
  type MisclassifiedPageContract,
} from '../../protocol/misclassifiedPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { explainAnswer, openHeatmapsAnswer, savedAs } from '../runPanel/answers';
import type { PanelKind } from '../runPanel/kind';
import { panelColumn } from '../webview/panelPlace';
import { addToStudy } from './addToStudy';

const TITLE = 'Misclassified images';

export function misclassifiedKind(
  parts: ExtensionContextParts,
): PanelKind<MisclassifiedHostContract, MisclassifiedPageContract> {
  return {
    viewType: PANELS.misclassified,
    name: 'mistakes',
    column: panelColumn,
    title: (view) => (view?.kind === 'run' ? `${TITLE}: ${view.studyName}` : TITLE),
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
