/** A study file that trains again what a run was trained by. */
import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
import { settingDifferences } from './differences';
import { sameTraining } from './hash';
import type { JsonPath } from './problem';
import { allStudies, parseStudy } from './parse';
import type { Study } from './schema';
import { studyText } from './text';

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

/**
 * The text with the settings of data set, model and training that the run was made by; comments, and what is asked of
 * checkpoints, stay. Where the text is no study, or edits do not lead there, it is the run's own study in full.
 * @param text of the study file as it is now
 */
export function restoredStudyText(text: string, file: string, run: Study): string {
  if (trains(text, file, run)) return text;
  const edited = withSettingsOf(text, file, run);
  return edited !== undefined && trains(edited, file, run) ? edited : studyText(run);
}

function withSettingsOf(text: string, file: string, run: Study): string | undefined {
  const parsed = parseStudy(text, file);
  if (!parsed.ok) return undefined;
  const at = parsed.studies.findIndex(({ model }) => model.architecture === run.model.architecture);
  const now = parsed.studies[at] ?? parsed.study;
  const model = parsed.modelPaths[at] ?? parsed.modelPaths[0] ?? ['model'];
  return settingDifferences(run, now).reduce((changed, { field, before }) => {
    const [section = '', ...fields] = field.split('.');
    // Of another kind of data every other field differs, too.
    const isKind = field === 'dataset.kind';
    const value: unknown = isKind ? run.dataset : before === undefined ? undefined : JSON.parse(before);
    const path: JsonPath = section === 'model' ? [...model, ...fields] : isKind ? ['dataset'] : [section, ...fields];
    return applyEdits(changed, modify(changed, path as JSONPath, value, FORMAT));
  }, text);
}

/** Whether one of the text's studies, or a cell of its sweep, trains to the same weights. */
function trains(text: string, file: string, run: Study): boolean {
  const parsed = parseStudy(text, file);
  return parsed.ok && sameTraining(run, allStudies(parsed)) !== undefined;
}
