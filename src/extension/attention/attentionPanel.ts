import { attentionHostContract, attentionPageContract } from '../../protocol/attentionPanel';
import { PANELS } from '../ids';
import type { ExtensionContextParts } from '../context';
import { failureOf } from '../runPanel/failureOf';
import type { PanelKind } from '../runPanel/panels';
import { createSession, type RunSession } from '../runPanel/session';
import { connectPage } from '../webview/connection';
import { panelColumn } from '../webview/panelPlace';

const TITLE = 'Attention';

export function attentionPanel(parts: ExtensionContextParts): PanelKind<RunSession> {
  return {
    ...{ viewType: PANELS.attention, title: TITLE, icon: 'attention', column: panelColumn },
    create(panel, source) {
      const { context, engine, log } = parts;
      const session = createSession(parts, {
        ...{ panel, source, title: TITLE, fileName: 'attention' },
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
        ...{ webview: panel.webview, extensionUri: context.extensionUri, name: 'attention', title: TITLE },
        ...{ host: attentionHostContract, page: attentionPageContract, failureOf },
        handlers: {
          ...session.handlers,
          attention: (params, { signal, progress }) => {
            session.shownRun(params.run);
            session.checkImages(params.images);
            return engine.request('attention', params, { signal, progress });
          },
          async testCount() {
            const { sets } = await engine.request('dataset', { source: { kind: 'run', folder: session.shownRun() } });
            return { count: sets.test.count };
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
