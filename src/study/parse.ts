import { checkJson } from './checkJson';
import { problemAt } from './issues';
import type { StudyProblem } from './problem';
import { contradictions, resolveStudy } from './resolve';
import { studyFileSchema, type Study } from './schema';

export type ParsedStudy =
  { readonly ok: true; readonly study: Study } | { readonly ok: false; readonly problems: readonly StudyProblem[] };

/** The study that a file's text describes, with every default in; or all that is wrong with it, in the text's order. */
export function parseStudy(text: string, fileName: string): ParsedStudy {
  const checked = checkJson(text, studyFileSchema);
  if (!checked.ok) return checked;
  const { value, json } = checked;
  const problems = contradictions(value).map(({ path, ...details }) => problemAt(json, path, details));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, study: resolveStudy(value, fileName) };
}
