import { dirname } from 'node:path';
import { checkJson } from './checkJson';
import { contradictionProblems } from './contradictionProblems';
import { networkFactsOf } from './network';
import type { JsonPath, StudyProblem } from './problem';
import { resolveStudy, type NetworkFacts } from './resolve';
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

/**
 * What a file's text describes, with every default in; or all that is wrong with it, in the text's order. Of a network from
 * an ONNX file, input size and normalisation that are not written are as if the file said nothing: see `parseStudyFile`.
 * @param facts of each of its models
 */
export function parseStudy(
  text: string,
  fileName: string,
  facts: readonly (NetworkFacts | undefined)[] = [],
): ParsedStudy {
  const checked = checkJson(text, writtenStudySchema);
  if (!checked.ok) return checked;
  const { value, json } = checked;
  const problems = contradictionProblems(json, writtenContradictions(value));
  if (problems.length > 0) return { ok: false, problems };
  const variants = variantsOf(value);
  const [first, ...others] = variants;
  const study = resolveStudy(first.file, fileName, facts[0]);
  const studies: [Study, ...Study[]] = [
    study,
    ...others.map(({ file }, index) => resolveStudy(file, fileName, facts[index + 1])),
  ];
  return { ok: true, study, studies, modelPaths: variants.map(({ place }) => place(['model'])) };
}

/** The same, with what the ONNX files say that it names: those that cannot be read say nothing. */
export async function parseStudyFile(text: string, path: string): Promise<ParsedStudy> {
  const parsed = parseStudy(text, path);
  if (!parsed.ok) return parsed;
  const facts = await Promise.all(parsed.studies.map(({ model }) => networkFactsOf(model, dirname(path))));
  return facts.some((each) => each !== undefined) ? parseStudy(text, path, facts) : parsed;
}
