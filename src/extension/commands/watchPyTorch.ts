import * as vscode from 'vscode';
import { isReportedError } from '../../common/errors';
import type { ExtensionContextParts } from '../context';
import { pickFolder } from './createStudy';

/** Puts epochlens.py into a folder of the workspace, and shows the lines by which a training uses it. */
export async function watchPyTorchCommand({ context }: Pick<ExtensionContextParts, 'context'>): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const path = await install(context.extensionPath, folder.fsPath);
  if (path === undefined) return;
  const { PYTHON_SNIPPET } = await import('../../setup/pythonModule');
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: PYTHON_SNIPPET });
  await vscode.window.showTextDocument(document);
  const copy = vscode.l10n.t('Copy the Lines');
  const message = vscode.l10n.t(
    '{0} is there. Put these lines into your training and start it: its run appears in the view of runs with epoch 0, and grows with each epoch.',
    path,
  );
  // Nothing waits for the person.
  void vscode.window.showInformationMessage(message, copy).then((answer) => {
    if (answer === copy) void vscode.env.clipboard.writeText(PYTHON_SNIPPET);
  });
}

/** A file that was edited is replaced where the person says so. @returns undefined if not */
async function install(root: string, folder: string): Promise<string | undefined> {
  const { installPythonModule } = await import('../../setup/pythonModule');
  try {
    return (await installPythonModule(root, folder)).path;
  } catch (error) {
    if (!isReportedError(error) || error.name !== 'InputError') throw error;
    const replace = vscode.l10n.t('Replace It');
    const message = vscode.l10n.t('The epochlens.py in {0} is not as EpochLens wrote it.', folder);
    if ((await vscode.window.showWarningMessage(message, replace)) !== replace) return undefined;
    return (await installPythonModule(root, folder, true)).path;
  }
}
