/** Writes how heatmaps are made into a study file. */
import * as vscode from 'vscode';
import { METHODS } from '../../explanations';
import type { Params } from '../../protocol/contract';
import { RequestError } from '../../protocol/peer';
import type { RunPanelHost } from '../../protocol/runPanel';
import { withField } from '../gallery/studyText';
import { editStudy } from '../studies/editStudy';

/** @throws RequestError where there is no study file, InputError where it is none, WorkError */
export async function writeExplanation(
  file: string | undefined,
  explanation: Params<RunPanelHost, 'useInStudy'>,
): Promise<{ written: boolean }> {
  if (file === undefined)
    throw new RequestError({ reason: 'failed', message: vscode.l10n.t('There is no study file to write to.') });
  return editStudy(
    vscode.Uri.file(file),
    (text) => withExplanation(text, explanation, file),
    vscode.l10n.t('The method is in its editor, unsaved.'),
  );
}

/** Sets `explain.method`, `parameters` and `layer` in the text; comments and everything else stay. */
export function withExplanation(
  text: string,
  { method, parameters, layer }: Params<RunPanelHost, 'useInStudy'>,
  file: string,
): string {
  const records = METHODS.find(({ id }) => id === method)?.parameters ?? {};
  const own = Object.entries(parameters).filter(([name, value]) => value !== records[name]?.default);
  const fields = { method, parameters: own.length === 0 ? undefined : Object.fromEntries(own), layer };
  return Object.entries(fields).reduce((now, [name, value]) => withField(now, ['explain', name], value, file), text);
}
