/** What of a study file can be checked although its schema refuses some of it. */
import { knownFields, schemaAt } from '../expectation';
import { innerIssues, sectionsByKey, valueAt } from '../issues';
import { nearest } from '../nearest';
import type { Refused } from '../checkJson';
import type { JsonPath } from '../problem';
import { writtenStudySchema, type WrittenStudy } from '../schema';

export interface ReadableStudy {
  /** With the default of every field that cannot be read. */
  readonly value: WrittenStudy;
  /** The fields that cannot be read, of which nothing is known. */
  readonly unread: readonly JsonPath[];
}

/** Leaves out the fields that the schema refuses, and where that is not enough, the entries or sections that hold them. */
export function readableStudy(refused: Omit<Refused, 'json'>): ReadableStudy | undefined {
  const { raw } = refused;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const issues = refused.issues.flatMap(innerIssues);
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...pathOf(issue), key]) : [],
  );
  const fields = issues.filter(({ code }) => code !== 'unrecognized_keys').map((issue) => fieldOf(pathOf(issue)));
  const parse = (unread: readonly JsonPath[]) => writtenStudySchema.safeParse(without(raw, [...unknown, ...unread]));
  const misspelt = meantFields(unknown, refused);
  const result = parse(fields);
  if (result.success) return { value: result.data, unread: [...fields, ...misspelt] };
  const sections = result.error.issues.map((issue) => sectionOf(pathOf(issue)));
  const again = parse([...fields, ...sections]);
  return again.success ? { value: again.data, unread: [...fields, ...sections, ...misspelt] } : undefined;
}

/** Whether something of one path is at the other: one holds the other. Of a list of models each counts as the model. */
export function overlap(one: JsonPath, other: JsonPath): boolean {
  const [a, b] = [ofOneModel(one), ofOneModel(other)];
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

function ofOneModel([section, ...fields]: JsonPath): JsonPath {
  return section === 'model' && typeof fields[0] === 'number'
    ? ['model', ...fields.slice(1)]
    : [section ?? '', ...fields];
}

function pathOf({ path }: { readonly path: readonly PropertyKey[] }): JsonPath {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

/** The list of an entry, but for the lists whose entries stand for themselves. */
function fieldOf(path: JsonPath): JsonPath {
  const isEntry = path.length === 2 && (path[0] === 'perturbations' || path[0] === 'model');
  return typeof path.at(-1) === 'number' && !isEntry ? fieldOf(path.slice(0, -1)) : path;
}

function sectionOf(path: JsonPath): JsonPath {
  return path.slice(0, typeof path[1] === 'number' ? 2 : 1);
}

/** What takes the place of an entry, so that the others keep theirs. */
const STAND_IN: Readonly<Record<string, object>> = { perturbations: { kind: 'gaussianNoise' }, model: {} };

function without(raw: object, paths: readonly JsonPath[]): unknown {
  const copy = structuredClone(raw);
  for (const path of paths) {
    const parent = valueAt(copy, path.slice(0, -1));
    const step = path.at(-1);
    if (Array.isArray(parent)) parent[Number(step)] = STAND_IN[String(path[0])];
    else if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, step ?? '');
  }
  return copy;
}

/** A text with more unknown fields is no study with slips, and a guess takes some twenty microseconds. */
const MOST_GUESSED = 1000;

/** The fields that misspelt or misplaced ones were meant as: they are not known then, either. */
function meantFields(unknown: readonly JsonPath[], { raw, schema }: Omit<Refused, 'json'>): JsonPath[] {
  const sections = sectionsByKey(schema, raw);
  // Of thousands of unknown fields in one object, what it knows is found once.
  const known = new Map<string, readonly string[]>();
  const knownIn = (parent: JsonPath): readonly string[] => {
    const key = JSON.stringify(parent);
    const found = known.get(key) ?? knownFields(schemaAt(schema, parent, raw) ?? {}, valueAt(raw, parent));
    known.set(key, found);
    return found;
  };
  return unknown.slice(0, MOST_GUESSED).flatMap((path): JsonPath[] => {
    const key = String(path.at(-1));
    const parent = path.slice(0, -1);
    const meant = nearest(key, knownIn(parent));
    if (meant !== undefined) return [[...parent, meant]];
    const section = parent.length === 0 ? sections.get(key) : undefined;
    return section === undefined ? [] : [[section, key]];
  });
}
