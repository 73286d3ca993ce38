import type * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import { STUDY_PATTERN } from '../ids';

export const STUDY_SELECTOR: vscode.DocumentSelector = { scheme: 'file', pattern: STUDY_PATTERN };

export function isStudy({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && uri.path.endsWith(STUDY_SUFFIX);
}
