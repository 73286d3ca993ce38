/** Whether a run was made with its study's present settings. This file does not import `vscode`. */
import { basename } from 'node:path';
import type { Run } from '../../runs';

/**
 * "made with other settings than a.epochlens.json has now: …"; undefined where they are the same, or the text is no
 * study.
 * @param text the study file's text, saved or not
 */
export async function otherSettings(run: Run, text: string, file: string): Promise<string | undefined> {
  const [{ otherSettingsText }, { parseStudy }] = await Promise.all([import('../../runs'), import('../../study')]);
  const parsed = parseStudy(text, file);
  return parsed.ok ? otherSettingsText(run, parsed.studies, basename(file)) : undefined;
}
