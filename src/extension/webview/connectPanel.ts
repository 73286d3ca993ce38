import type * as vscode from 'vscode';
import type { Contract } from '../../protocol/contract';
import type { ExtensionContextParts } from '../context';
import { connectPage, type ConnectionOptions, type PageConnection } from './connection';

/** Loads the page of a panel or an editor, until it is closed. */
export function connectPanel<Host extends Contract, Page extends Contract>(
  { context, log }: Pick<ExtensionContextParts, 'context' | 'log'>,
  panel: vscode.WebviewPanel,
  options: Omit<ConnectionOptions<Host, Page>, 'webview' | 'extensionUri' | 'onWarning'>,
): PageConnection<Host, Page> {
  const page = connectPage({
    ...options,
    webview: panel.webview,
    extensionUri: context.extensionUri,
    onWarning: (text, error) => log.warn(`${options.title}: ${text}`, error instanceof Error ? error : ''),
  });
  panel.onDidDispose(() => {
    page.dispose();
  });
  return page;
}
