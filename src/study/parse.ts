import { dirname } from 'node:path';
import { isFileNetwork } from '../architectures';
import { checkJson } from './checkJson';
import { contradictionProblems } from './contradictionProblems';
import type { LoggingSettings } from './loggingSchema';
import { networkFactsOf } from './network';
import type { JsonPath, StudyProblem } from './problem';
import { resolveStudy, type NetworkFacts } from './resolve';
import { writtenStudySchema, type Study, type StudyFile } from './schema';
import type { Sweep } from './sweep/cell';
import { expandSweep } from './sweep/expand';
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
      /** Absent where the file has none. The studies above are as if it had none. */
      readonly sweep?: Sweep;
      /** No study's: nothing that is trained depends on it. Absent where the file has none. */
      readonly logging?: LoggingSettings;
    }
  | { readonly ok: false; readonly problems: readonly StudyProblem[] };

/**
 * What a file's text describes, with every default in; or all that is wrong with it, in the text's order. Of a network from
 * an ONNX file, input size and normalisation that are not written are as if the file said nothing: see `parseStudyFile`.
 * @param factsOf what is known of the network of a model that is of such a file
 */
export function parseStudy(
  text: string,
  fileName: string,
  factsOf: (model: Pick<StudyFile['model'], 'architecture' | 'weights'>) => NetworkFacts | undefined = () => undefined,
): ParsedStudy {
  const checked = checkJson(text, writtenStudySchema);
  if (!checked.ok) return checked;
  const { value, raw, json } = checked;
  const problems = contradictionProblems(json, writtenContradictions(value));
  if (problems.length > 0) return { ok: false, problems };
  const expanded = expandSweep({ json, written: value, raw, fileName, factsOf });
  if (!expanded.ok) return expanded;
  const { sweep } = expanded;
  const variants = variantsOf(value);
  const [first, ...others] = variants.map(({ file }) => resolveStudy(file, fileName, factsOf(file.model))) as [
    Study,
    ...Study[],
  ];
  const modelPaths = variants.map(({ place }) => place(['model']));
  const { logging } = value;
  return {
    ok: true,
    study: first,
    studies: [first, ...others],
    modelPaths,
    ...(sweep && { sweep }),
    ...(logging && { logging }),
  };
}

/** The same, with what the ONNX files say that it names: those that cannot be read say nothing. */
export async function parseStudyFile(text: string, path: string): Promise<ParsedStudy> {
  const parsed = parseStudy(text, path);
  if (!parsed.ok) return parsed;
  const ofFiles = new Map(
    allStudies(parsed).flatMap(({ model }) => (isFileNetwork(model.architecture) ? [[model.weights, model]] : [])),
  );
  const read = [...ofFiles].map(
    async ([weights, model]) => [weights, await networkFactsOf(model, dirname(path))] as const,
  );
  const facts = new Map(await Promise.all(read));
  return facts.size === 0 ? parsed : parseStudy(text, path, ({ weights }) => facts.get(weights));
}

/** The studies of the file's models, and then those of the cells of its sweep. */
export function allStudies({
  studies: [first, ...others],
  sweep,
}: Pick<ParsedStudy & { readonly ok: true }, 'studies' | 'sweep'>): [Study, ...Study[]] {
  return [first, ...others, ...(sweep?.cells ?? []).map(({ study }) => study)];
}
