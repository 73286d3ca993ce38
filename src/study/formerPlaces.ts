/** Which entry of a list of perturbations, as it was, each entry of the list as it is has come from. */
import { canonicalJson } from '../common/canonicalJson';
import type { Perturbation } from '../perturbations';

/** By place: what was there, of which there is more than one where it was looked at at different times. */
export type FormerEntries = ReadonlyMap<number, readonly Perturbation[]>;

/**
 * An entry is first known by what it is, so that one that was only moved is found; then by its place and kind, so that
 * one that was only changed is; then by its kind alone, as the one most like it, so that one that was both moved and
 * changed is. No former entry is found twice.
 * @returns by present place, the former place; undefined of what is new
 */
export function formerPlaces(former: FormerEntries, entries: readonly Perturbation[]): (number | undefined)[] {
  const left = new Map(former);
  const places = entries.map((): number | undefined => undefined);
  const pass = (find: (entry: Perturbation, place: number) => number | undefined): void => {
    for (const [place, entry] of entries.entries()) {
      const from = places[place] === undefined ? find(entry, place) : undefined;
      if (from === undefined) continue;
      places[place] = from;
      left.delete(from);
    }
  };
  const wasThere = (place: number, isSought: (candidate: Perturbation) => boolean): boolean =>
    left.get(place)?.some(isSought) ?? false;
  pass((entry, place) => (wasThere(place, (each) => isSame(each, entry)) ? place : undefined));
  pass((entry) => [...left.keys()].find((place) => wasThere(place, (each) => isSame(each, entry))));
  pass((entry, place) => (wasThere(place, ({ kind }) => kind === entry.kind) ? place : undefined));
  pass((entry) => mostAlike(left, entry));
  return places;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** The place with an entry of this one's kind that has the most settings in common with it. */
function mostAlike(former: FormerEntries, entry: Perturbation): number | undefined {
  const ofKind = [...former].flatMap(([place, entries]) =>
    entries
      .filter(({ kind }) => kind === entry.kind)
      .map((candidate) => ({ place, alike: settingsInCommon(candidate, entry) })),
  );
  return ofKind.sort((a, b) => b.alike - a.alike)[0]?.place;
}

function settingsInCommon(one: Perturbation, other: Perturbation): number {
  const settings = new Map<string, unknown>(Object.entries(one));
  return Object.entries(other).filter(([name, value]) => isSame(settings.get(name), value)).length;
}
