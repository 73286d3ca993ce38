/** Whether a run was made with its study's present settings. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Run } from '../../runs';

/**
 * "epochs 12 → 14": from the run's settings to the study's; undefined where they are the same, or the text is no study.
 * @param text the study file's text, saved or not
 */
export async function otherSettings(run: Run, text: string, file: string): Promise<string | undefined> {
  const [{ differencesFrom }, { allStudies, differencesText, parseStudyFile }] = await Promise.all([
    import('../../runs'),
    import('../../study'),
  ]);
  const parsed = await parseStudyFile(text, file);
  const differences = parsed.ok ? differencesFrom(run, allStudies(parsed)) : [];
  return differences.length === 0 ? undefined : differencesText(differences);
}

/** A sentence. @param differences what `otherSettings` gives */
export function otherSettingsText(differences: string, file: string): string {
  return vscode.l10n.t('This run was made with other settings than {0} has now: {1}.', basename(file), differences);
}
