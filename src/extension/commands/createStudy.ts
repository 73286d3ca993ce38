import { join } from 'node:path';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { RunTarget } from '../runs/target';
import { textColumn } from '../webview/panelPlace';
import { askExample, type ExampleStudy } from './exampleStudies';

/** Writes a commented study file and opens it to stay. A caller that passes a name gets the synthetic study, unasked. */
export async function createStudyCommand(target: RunTarget): Promise<vscode.Uri | undefined> {
  if (typeof target === 'string') return writeExample('synthetic', target);
  const folder = await pickFolder();
  if (folder === undefined) return undefined;
  const name = await askName(folder.fsPath);
  if (name === undefined) return undefined;
  const example = await askExample();
  return example && write(folder, example, name.normalize('NFC'));
}

/** Writes one of the example studies into the workspace's folder, and opens it; nothing is asked. */
export async function writeExample(example: ExampleStudy, name: string): Promise<vscode.Uri | undefined> {
  const folder = await pickFolder();
  return folder && write(folder, example, name.normalize('NFC'));
}

async function write(folder: vscode.Uri, example: ExampleStudy, name: string): Promise<vscode.Uri | undefined> {
  const uri = vscode.Uri.file(join(folder.fsPath, `${name}${STUDY_SUFFIX}`));
  const edit = new vscode.WorkspaceEdit();
  const contents = Buffer.from(await textOf(example, name));
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} could not be written. Is there a file of that name already?', uri.fsPath),
    );
    return undefined;
  }
  await vscode.window.showTextDocument(uri, { preview: false, viewColumn: textColumn() });
  return uri;
}

async function textOf(example: ExampleStudy, name: string): Promise<string> {
  const examples = await import('../../study');
  const texts = {
    small: examples.smallStudyText,
    synthetic: examples.defaultStudyText,
    sweep: examples.sweepStudyText,
    permuted: examples.permutedStudyText,
    published: examples.publishedStudyText,
    pictures: examples.picturesStudyText,
    imagenette: examples.imagenetteStudyText,
    tinyImagenet: examples.tinyImagenetStudyText,
  };
  return texts[example](name);
}

/** The workspace's folder, or the one of several that the person picks; undefined where there is none. */
export async function pickFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] !== undefined) return folders[0].uri;
  const open = vscode.l10n.t('Open Folder');
  const message = vscode.l10n.t('Open a folder first: a study and its runs lie in one.');
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('vscode.openFolder');
  return undefined;
}

async function askName(folder: string): Promise<string | undefined> {
  const { freeName } = await import('../../study');
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Create Study'),
    prompt: vscode.l10n.t('The study’s name. It is written to {0}.', `NAME${STUDY_SUFFIX}`),
    value: await freeName(folder, 'study'),
    validateInput: (name) => nameProblem(name, folder),
  });
}

async function nameProblem(name: string, folder: string): Promise<string | undefined> {
  const { fitsFileName, freeName, isStudyName } = await import('../../study');
  if (!isStudyName(name))
    return vscode.l10n.t(
      'Letters, digits, ".", "_" and "-", at most 100, no dot at the end, and no name of a device such as "con".',
    );
  if (!fitsFileName(name)) return vscode.l10n.t('Too long for the name of a file.');
  const isFree = (await freeName(folder, name)) === name;
  return isFree ? undefined : vscode.l10n.t('There is a study of this name already.');
}
