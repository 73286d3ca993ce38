import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { RunTarget } from '../runs/target';

/** Writes a commented study file and opens it. Called with a name from code, it asks nothing. */
export async function createStudyCommand(target: RunTarget): Promise<vscode.Uri | undefined> {
  const folder = await pickFolder();
  if (folder === undefined) return undefined;
  const isNamed = typeof target === 'string';
  const name = isNamed ? target : await askName(folder.fsPath);
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

function askName(folder: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Create Study',
    prompt: `The study's name. It is written to NAME${STUDY_SUFFIX}.`,
    value: freeName(folder),
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

function nameProblem(name: string, folder: string): string | undefined {
  if (!/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/.test(name)) return 'Letters, digits, ".", "_" and "-", at most 100.';
  return isTaken(name, folder) ? 'There is a study of this name already.' : undefined;
}

function freeName(folder: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'study' : `study-${number}`;
    if (!isTaken(name, folder)) return name;
  }
}

function isTaken(name: string, folder: string): boolean {
  return existsSync(join(folder, `${name}${STUDY_SUFFIX}`));
}
