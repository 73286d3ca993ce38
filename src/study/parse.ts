import { checkJson } from './checkJson';
import { contradictionProblems } from './contradictionProblems';
import type { JsonPath, StudyProblem } from './problem';
import { resolveStudy } from './resolve';
import { writtenStudySchema, type Study } from './schema';
import { variantsOf, writtenContradictions } from './variants';

export type ParsedStudy =
  | {
      readonly ok: true;
      /** Of the first model: all else is the same in every study. */
      readonly study: Study;
      /** Of each model that the file names, mostly one. */
      readonly studies: readonly [Study, ...Study[]];
      /** Where each of these models is described. */
      readonly modelPaths: readonly JsonPath[];
    }
  | { readonly ok: false; readonly problems: readonly StudyProblem[] };

/** What a file's text describes, with every default in; or all that is wrong with it, in the text's order. */
export function parseStudy(text: string, fileName: string): ParsedStudy {
  const checked = checkJson(text, writtenStudySchema);
  if (!checked.ok) return checked;
  const { value, json } = checked;
  const problems = contradictionProblems(json, writtenContradictions(value));
  if (problems.length > 0) return { ok: false, problems };
  const variants = variantsOf(value);
  const [first, ...others] = variants;
  const study = resolveStudy(first.file, fileName);
  const studies: [Study, ...Study[]] = [study, ...others.map(({ file }) => resolveStudy(file, fileName))];
  return { ok: true, study, studies, modelPaths: variants.map(({ place }) => place(['model'])) };
}
