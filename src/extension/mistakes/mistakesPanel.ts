import { mistakesHostContract, mistakesPageContract } from '../../protocol/mistakesPanel';
import { PANELS } from '../ids';
import type { ExtensionContextParts } from '../context';
import { failureOf } from '../runPanel/failureOf';
import type { PanelKind } from '../runPanel/panels';
import { createSession, type RunSession } from '../runPanel/session';
import { connectPage } from '../webview/connection';
import { panelColumn } from '../webview/panelPlace';

const TITLE = 'Misclassified images';

export function mistakesPanel(parts: ExtensionContextParts): PanelKind<RunSession> {
  return {
    ...{ viewType: PANELS.mistakes, title: TITLE, icon: 'mistakes', column: panelColumn },
    create(panel, source) {
      const { context, engine, log } = parts;
      const session = createSession(parts, {
        ...{ panel, source, title: TITLE, fileName: 'misclassified' },
        page: {
          tellView: (view) => connection.tell('view', view),
          tellEpoch(epoch) {
            connection.tell('epoch', epoch);
            return connection.connected;
          },
          render: async (kind) => (await connection.request('render', { kind })).bytes,
        },
      });
      const connection = connectPage({
        ...{ webview: panel.webview, extensionUri: context.extensionUri, name: 'mistakes', title: TITLE },
        ...{ host: mistakesHostContract, page: mistakesPageContract, failureOf },
        handlers: {
          ...session.handlers,
          predictions: (params, { signal, progress }) => {
            session.shownRun(params.run);
            return engine.request('predictions', params, { signal, progress });
          },
        },
        complain: (text, error) => log.warn(`${TITLE}: ${text}`, error instanceof Error ? error : ''),
      });
      panel.onDidDispose(() => {
        session.dispose();
        connection.dispose();
      });
      return session;
    },
  };
}
