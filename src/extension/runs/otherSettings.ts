/** Whether a run was made with what its study says now. Knows nothing of `vscode`. */
import { basename } from 'node:path';
import type { Run } from '../../runs';

/**
 * "made with other settings than a.epochlens.json has now: …"; undefined where they are the same, or the text is no study.
 * @param text of the study file, saved or not
 */
export async function otherSettings(run: Run, text: string, file: string): Promise<string | undefined> {
  const [{ otherSettingsText }, { parseStudy }] = await Promise.all([import('../../runs'), import('../../study')]);
  const parsed = parseStudy(text, file);
  return parsed.ok ? otherSettingsText(run, parsed.studies, basename(file)) : undefined;
}
