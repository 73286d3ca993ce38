/** The sections of a study file that say what is trained, with a recipe's settings in place of the file's. */
import * as z from 'zod';
import { checkJson } from '../checkJson';
import { innerIssues, problemAt } from '../issues';
import type { JsonText } from '../jsonText';
import type { JsonPath, StudyProblem } from '../problem';
import { studyFileSchema, type StudyFile } from '../schema';
import type { Recipe, RecipeSetting } from './recipes';

const { dataset, model, training } = studyFileSchema.shape;
const trainedSchema = z.strictObject({ dataset, model, training });
export type TrainedSections = Pick<StudyFile, 'dataset' | 'model' | 'training'>;

export type Overridden = { readonly sections: TrainedSections } | { readonly problems: readonly StudyProblem[] };

/**
 * @param raw the sections as the file has them, of one model
 * @param json the file's text, in which problems have their places
 */
export function overridden(json: JsonText, raw: Readonly<Record<string, unknown>>, recipe: Recipe): Overridden {
  const written = recipe.settings.reduce<unknown>(
    (sections, { name, value }) => withSetting(sections, name.split('.'), value),
    { ...given(raw['dataset'], 'dataset'), ...given(raw['model'], 'model'), ...given(raw['training'], 'training') },
  );
  // An absent data set is a synthetic one, whose other settings may be changed.
  const whole = withKind(written as Readonly<Record<string, unknown>>);
  const parsed = trainedSchema.safeParse(whole);
  if (parsed.success) return { sections: parsed.data };
  const checked = checkJson(JSON.stringify(whole), trainedSchema);
  if (checked.ok) return { sections: checked.value };
  // What an unknown field is called counts, and not what it holds.
  const unknown = parsed.error.issues
    .flatMap(innerIssues)
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : []))
    .map((path) => path.join('.'));
  return {
    problems: checked.problems.map((problem) =>
      placed(json, recipe, problem, unknown.includes(problem.path.join('.')) ? 'key' : 'value'),
    ),
  };
}

function given(value: unknown, name: string): object {
  return value === undefined ? {} : { [name]: value };
}

function withKind(sections: Readonly<Record<string, unknown>>): object {
  const { dataset } = sections;
  return isObject(dataset) && !('kind' in dataset)
    ? { ...sections, dataset: { kind: 'synthetic', ...dataset } }
    : sections;
}

/** Null takes the setting away. What stands in the way of a setting's fields is replaced. */
function withSetting(holder: unknown, [step = '', ...rest]: readonly string[], value: unknown): object {
  const fields = isObject(holder) ? holder : {};
  if (rest.length > 0) return { ...fields, [step]: withSetting(fields[step], rest, value) };
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => name !== step)),
    ...(value !== null && { [step]: value }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A problem of a recipe's study, at the place in the sweep that brings it about. */
export function placed(
  json: JsonText,
  recipe: Recipe,
  { path, summary, found, expected, advice, replacement }: Omit<StudyProblem, 'offset' | 'length' | 'line' | 'column'>,
  at: 'key' | 'value' = 'value',
): StudyProblem {
  const setting = settingOf(recipe, path);
  const own = setting?.name.split('.') ?? [];
  const isOwn = setting !== undefined && startsWith(path, own);
  const isName = isOwn && at === 'key' && path.length === own.length;
  const [last] = own.slice(-1);
  const meant = isName && replacement !== undefined ? nameLike(setting, last, replacement) : undefined;
  return problemAt(
    json,
    isName
      ? setting.place.slice(0, keyDepth(setting))
      : isOwn
        ? [...setting.place, ...path.slice(own.length)]
        : (setting?.place ?? recipe.place),
    {
      summary: isOwn ? summary : `with recipe "${recipe.name}", ${summary}`,
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
      ...(meant === undefined ? (advice === undefined ? {} : { advice }) : { advice: `Did you mean "${meant}"?` }),
      ...(meant === undefined
        ? replacement === undefined || !isOwn
          ? {}
          : { replacement }
        : { replacement: JSON.stringify(meant) }),
    },
    isName || (isOwn && at === 'key') ? 'key' : 'value',
  );
}

/** The setting that a path is of; else the last one of its section, else the recipe's last. */
function settingOf({ settings }: Recipe, path: JsonPath): RecipeSetting | undefined {
  return (
    settings.find(({ name }) => startsWith(path, name.split('.'))) ??
    settings.findLast(({ name }) => name.startsWith(`${String(path[0])}.`)) ??
    settings.at(-1)
  );
}

function startsWith(path: JsonPath, start: readonly string[]): boolean {
  return start.every((step, index) => path[index] === step);
}

/** Of an axis, whose values are a list, the name stands one level above its value. */
function keyDepth({ place }: RecipeSetting): number {
  return typeof place.at(-1) === 'number' ? place.length - 1 : place.length;
}

function nameLike({ name }: RecipeSetting, last = '', replacement: string): string {
  return `${name.slice(0, name.length - last.length)}${String(JSON.parse(replacement))}`;
}
