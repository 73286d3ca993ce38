import { join } from 'node:path';
import * as vscode from 'vscode';
import { capital } from '../../common/capital';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { RunTarget } from '../runs/target';

/** Writes a commented study file and opens it. A caller that passes a name is asked nothing. */
export async function createStudyCommand(target: RunTarget): Promise<vscode.Uri | undefined> {
  const folder = await pickFolder();
  if (folder === undefined) return undefined;
  const isNamed = typeof target === 'string';
  const name = (isNamed ? target : await askName(folder.fsPath))?.normalize('NFC');
  if (name === undefined) return undefined;
  const kind = isNamed ? 'small' : await askKind();
  if (kind === undefined) return undefined;
  const uri = vscode.Uri.file(join(folder.fsPath, `${name}${STUDY_SUFFIX}`));
  const { defaultStudyText, publishedStudyText } = await import('../../study');
  const edit = new vscode.WorkspaceEdit();
  const contents = Buffer.from(kind === 'published' ? publishedStudyText(name) : defaultStudyText(name));
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(`${uri.fsPath} could not be written. Is there a file of that name already?`);
    return undefined;
  }
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] !== undefined) return folders[0].uri;
  const open = 'Open Folder';
  const message = 'Open a folder first: a study and its runs lie in one.';
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('vscode.openFolder');
  return undefined;
}

async function askName(folder: string): Promise<string | undefined> {
  const { freeName } = await import('../../study');
  return vscode.window.showInputBox({
    title: 'Create Study',
    prompt: `The study's name. It is written to NAME${STUDY_SUFFIX}.`,
    value: await freeName(folder, 'study'),
    validateInput: (name) => nameProblem(name, folder),
  });
}

async function askKind(): Promise<'small' | 'published' | undefined> {
  const kinds = [
    {
      start: 'small' as const,
      label: 'A small study',
      description: 'trains in minutes, downloads nothing',
      detail: 'ResNet-20 on images that the program draws, 5 epochs, with a comment at each choice.',
    },
    {
      start: 'published' as const,
      label: 'The published study',
      description: 'for a graphics card; 191 MB to download',
      detail:
        'EfficientNet-B0 with ImageNet weights on CIFAR-10 resized to 224×224, 20 epochs, and its robustness tests.',
    },
  ];
  const options = { title: 'Create Study', placeHolder: 'Where shall it start from?', matchOnDetail: true };
  return (await vscode.window.showQuickPick(kinds, options))?.start;
}

async function nameProblem(name: string, folder: string): Promise<string | undefined> {
  const { fitsFileName, freeName, isStudyName, NAME_RULE } = await import('../../study');
  if (!isStudyName(name)) return `${capital(NAME_RULE)}.`;
  if (!fitsFileName(name)) return 'Too long for the name of a file.';
  return (await freeName(folder, name)) === name ? undefined : 'There is a study of this name already.';
}
