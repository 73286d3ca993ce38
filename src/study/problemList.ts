/** Problems as they are found, of which the first few of each kind are kept: a list may be wrong ten thousand times. */
import type { JsonPath, StudyProblem } from './problem';

/** Of each kind so many are described; the others are counted. */
const SHOWN_OF_A_KIND = 5;
/** Kinds beyond these count as one. */
const MOST_KINDS = 8;
const OTHER = 'other';

interface Kind<T> {
  readonly shown: T[];
  count: number;
}

/** Keeps the first few of each kind, and how many more there are of it. */
export interface Few<T> {
  /** @param make called only where it is kept */
  add(kind: string, make: () => T): void;
  /** In the order found; `more` is that of the kind, and zero but for its last. */
  list(): { readonly item: T; readonly more: number }[];
}

export function createFew<T>(): Few<T> {
  const kinds = new Map<string, Kind<T>>();
  const kindOf = (name: string): Kind<T> => {
    const known = kinds.get(name) ?? (kinds.size < MOST_KINDS ? undefined : kinds.get(OTHER));
    if (known !== undefined) return known;
    const made: Kind<T> = { shown: [], count: 0 };
    kinds.set(kinds.size < MOST_KINDS ? name : OTHER, made);
    return made;
  };
  return {
    add(name, make) {
      const kind = kindOf(name);
      kind.count++;
      if (kind.shown.length < SHOWN_OF_A_KIND) kind.shown.push(make());
    },
    list: () =>
      [...kinds.values()].flatMap(({ shown, count }) =>
        shown.map((item, index) => ({ item, more: index === shown.length - 1 ? count - shown.length : 0 })),
      ),
  };
}

/** The problems of a text, in its order. */
export interface ProblemList {
  /**
   * @param what problems of one kind say the same of alike places
   * @param path whose list indices make no difference to the kind
   */
  add(what: string, path: JsonPath, make: () => StudyProblem): void;
  list(): StudyProblem[];
}

export function createProblemList(): ProblemList {
  const few = createFew<StudyProblem>();
  return {
    add: (what, path, make) => few.add(`${what} ${patternOf(path)}`, make),
    list: () =>
      few
        .list()
        .map(({ item, more }) => (more === 0 ? item : { ...item, more }))
        .sort((a, b) => a.offset - b.offset),
  };
}

/** `explain.checkpoints[]` */
export function patternOf(path: JsonPath): string {
  return path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
}
