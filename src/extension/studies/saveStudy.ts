/** Saves a study file before something acts on it, so that it acts on what the editors show. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { documentsOf } from './documents';
import { succeeds } from '../../common/succeeds';

/** The reason why a study file on disk differs from its editor. */
export type SaveProblem =
  /** Another program has written the file since it was opened, and VS Code does not overwrite that. */
  | 'changed'
  /** The file may not be written. */
  | 'readOnly'
  /** Neither the file nor its folder exists. */
  | 'gone'
  /** Nothing is unsaved, but the editor has not loaded what is on disk. */
  | 'behind';

const CATCH_UP_MILLISECONDS = 1500;
const STEP_MILLISECONDS = 100;

/**
 * Saves a study file's unsaved changes, in whichever tab they are.
 * @returns the reason for a failure, or undefined where editor and disk agree
 */
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
  // VS Code goes by the file's mode alone, also for a superuser.
  return isWritable && (stats.mode & 0o200) !== 0 ? 'changed' : 'readOnly';
}

/** An editor loads another program's changes a moment after they were written. */
async function isOnDisk(document: vscode.TextDocument, file: string): Promise<boolean> {
  for (let waited = 0; ; waited += STEP_MILLISECONDS) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    // A file that cannot be read is reported elsewhere.
    if (text === undefined || plain(text) === plain(document.getText())) return true;
    if (waited >= CATCH_UP_MILLISECONDS) return false;
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
  }
}

/** An editor hides the byte order mark and unifies line ends. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
