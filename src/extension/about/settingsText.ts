/** The settings in which two runs differ, as texts. This file does not import `vscode`. */
import { engineWord } from '../../common/engineWords';
import type { Run } from '../../runs';

/** A line for each setting that differs, in both texts the same lines; undefined where none does. */
export async function comparedTexts(before: Run, now: Run): Promise<readonly [string, string] | undefined> {
  const { differencesOf, settingsOf } = await import('../../study');
  const settings = ({ study, manifest: { engine } }: Run) =>
    settingsOf({ ...study, name: undefined, engine: { ...engine, name: engineWord(engine.name) } });
  // By their names, because fields of one run alone come last otherwise.
  const differences = differencesOf(settings(before), settings(now)).sort((a, b) => (a.field < b.field ? -1 : 1));
  if (differences.length === 0) return undefined;
  const text = (side: 'before' | 'now'): string =>
    differences.map((each) => `${each.field} = ${each[side] ?? ''}`.trimEnd() + '\n').join('');
  return [text('before'), text('now')];
}
