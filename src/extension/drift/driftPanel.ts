import * as vscode from 'vscode';
import {
  attentionHostContract,
  attentionPageContract,
  type AttentionHostContract,
  type AttentionPageContract,
} from '../../protocol/driftPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { checkImages, explainAnswer, openHeatmapsAnswer, savedAs } from '../runPanel/answers';
import type { PanelKind } from '../runPanel/panelKind';
import { shownText } from '../runPanel/title';

export function attentionKind(parts: ExtensionContextParts): PanelKind<AttentionHostContract, AttentionPageContract> {
  const { engine } = parts;
  return {
    viewType: PANELS.attention,
    name: 'drift',
    title: (view) => titleOf(shownText(view)),
    host: attentionHostContract,
    page: attentionPageContract,
    begin: (panel) => ({
      answers: {
        save: ({ kind }) =>
          savedAs(panel, { kind, name: 'attention', render: () => panel.page.request('render', { kind }) }),
        openHeatmaps: openHeatmapsAnswer(panel),
        explain: explainAnswer(parts, panel),
        attention: (params, { signal, progress }) => {
          panel.shownRun(params.run);
          checkImages(panel, params.images);
          return engine.request('attention', params, { signal, progress });
        },
        async testCount() {
          const { folder } = panel.shownRun();
          const { sets } = await engine.request('dataset', { source: { kind: 'run', folder } });
          return { count: sets.test.count };
        },
      },
    }),
  };
}

function titleOf(shown: string | undefined): string {
  return shown === undefined ? vscode.l10n.t('Attention') : vscode.l10n.t('Attention: {0}', shown);
}
