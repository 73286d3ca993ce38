/** Saving a study file before something acts on it: what is acted on is what its editors show. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { documentsOf } from './documents';
import { succeeds } from '../../common/succeeds';

/** Why a study file on the disk is not what its editor shows. */
export type SaveProblem =
  /** Another program has written it since it was opened: VS Code does not write over that. */
  | 'changed'
  /** It may not be written. */
  | 'readOnly'
  /** Neither it nor a folder to write it into is there. */
  | 'gone'
  /** Nothing is unsaved, but the editor has not taken up what is on the disk. */
  | 'behind';

const CATCH_UP_MILLISECONDS = 1500;
const STEP_MILLISECONDS = 100;

/** Saves what is unsaved of a study file, in whichever tab. @returns why not, or undefined where editor and disk agree */
export async function saveStudy(file: string): Promise<SaveProblem | undefined> {
  for (const document of await documentsOf(file)) {
    if (document.isDirty && !(await save(document))) return whyNot(file);
    if (!(await isOnDisk(document, file))) return document.isDirty ? 'changed' : 'behind';
  }
  return undefined;
}

async function save(document: vscode.TextDocument): Promise<boolean> {
  try {
    return (await document.save()) && !document.isDirty;
  } catch {
    return false;
  }
}

async function whyNot(file: string): Promise<SaveProblem> {
  const stats = await stat(file).catch(() => undefined);
  if (stats === undefined) return 'gone';
  const isWritable = await succeeds(access(file, constants.W_OK));
  // VS Code goes by the mode alone, also for those who may write everything.
  return isWritable && (stats.mode & 0o200) !== 0 ? 'changed' : 'readOnly';
}

/** An editor takes up what another program has written a moment after it was written. */
async function isOnDisk(document: vscode.TextDocument, file: string): Promise<boolean> {
  for (let waited = 0; ; waited += STEP_MILLISECONDS) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    // Of a file that cannot be read it is said elsewhere.
    if (text === undefined || plain(text) === plain(document.getText())) return true;
    if (waited >= CATCH_UP_MILLISECONDS) return false;
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
  }
}

/** An editor hides the byte order mark, and has one kind of line ends. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
