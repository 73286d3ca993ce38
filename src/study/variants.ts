/** A study file that names several models is a study of each: the same data, training, images and perturbations. */
import type { JsonPath } from './problem';
import type { Contradiction } from './contradiction';
import { contradictions } from './contradictions';
import type { StudyFile, WrittenStudy } from './schema';

/** The study of one of a file's models. */
export interface Variant {
  readonly file: StudyFile;
  /** Where in the file something of this variant is that is at `path` in a study of one model. */
  readonly place: (path: JsonPath) => JsonPath;
}

/** In the file's order; of one model, the study itself. */
export function variantsOf(written: WrittenStudy): [Variant, ...Variant[]] {
  const { model, ...rest } = written;
  if (!Array.isArray(model)) return [{ file: { ...rest, model }, place: (path) => path }];
  const variants = model.map((each, index) => ({ file: { ...rest, model: each }, place: within(index) }));
  return variants as [Variant, ...Variant[]];
}

function within(index: number): Variant['place'] {
  return ([section, ...fields]) => (section === 'model' ? [section, index, ...fields] : [section ?? '', ...fields]);
}

/** What no single field shows, of every variant. @param isKnown whether fields could be read */
export function writtenContradictions(
  written: WrittenStudy,
  isKnown?: (fields: readonly JsonPath[]) => boolean,
): Contradiction[] {
  const [first, ...others] = variantsOf(written);
  const found = ({ file, place }: Variant): Contradiction[] =>
    contradictions(file, isKnown).map((problem) => ({ ...problem, path: place(problem.path) }));
  // What is not about the model is the same for all.
  const ofModels = others.flatMap(found).filter(({ path }) => path[0] === 'model');
  return [...found(first), ...ofModels, ...repeatedModels(written)];
}

/** Each is known by its architecture: on the command line, in the report, and by its runs. */
function repeatedModels({ model }: WrittenStudy): Contradiction[] {
  const names = Array.isArray(model) ? model.map(({ architecture }) => architecture) : [];
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: ['model', index, 'architecture'],
            summary: 'an architecture is named twice',
            found: JSON.stringify(name),
            expected: 'another architecture than in the entries before',
            advice: 'To compare two settings of one architecture, write a study file for each.',
          },
        ],
  );
}
