/** Which runs are of one recipe: they were trained with the same settings, but for the seed. */
import type { RunFacts } from './facts';
import { differingSettings, settingText, shortSetting } from './settings';

export interface Recipe {
  /** Its identity, as long as its settings stay. */
  readonly key: string;
  /** Of a sweep's recipe its name in the file; else the settings in which it differs from the others. Unique among them. */
  readonly name: string;
  /** By seed, one a seed: of several the newest that is finished, else the newest. */
  readonly runs: readonly RunFacts[];
  /** Runs that another of the same seed stands for. */
  readonly repeated: readonly RunFacts[];
}

/** Whether a run's numbers count: one that is not finished has another final epoch. */
export function isWhole({ state }: Pick<RunFacts, 'state'>): boolean {
  return state === 'finished' || state === 'imported';
}

/** In the order of their first run. */
export function recipesOf(facts: readonly RunFacts[]): Recipe[] {
  const groups = new Map<string, RunFacts[]>();
  for (const each of facts) {
    const key = recipeKey(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const names = recipeNames([...groups.values()]);
  return [...groups].map(([key, runs], at) => {
    const chosen = oneASeed(runs);
    return {
      key,
      name: names[at] as string,
      runs: chosen,
      repeated: runs.filter((run) => !chosen.includes(run)),
    };
  });
}

/** The same of runs of one recipe, and of no others. A recipe's name is no part of it: an edited recipe is another one. */
export function recipeKey({ studyFile, settings }: Pick<RunFacts, 'studyFile' | 'settings'>): string {
  const known = SETTINGS_TEXTS.get(settings);
  const text = known ?? JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (known === undefined) SETTINGS_TEXTS.set(settings, text);
  return JSON.stringify([studyFile, text]);
}

/** Settings are not changed: a list of hundreds of runs is compared once a second while one trains. */
const SETTINGS_TEXTS = new WeakMap<RunFacts['settings'], string>();

function oneASeed(runs: readonly RunFacts[]): RunFacts[] {
  const chosen = new Map<number, RunFacts>();
  for (const run of runs) {
    const known = chosen.get(run.seed);
    if (known === undefined || isBetterChoice(run, known)) chosen.set(run.seed, run);
  }
  return [...chosen.values()].sort((a, b) => a.seed - b.seed);
}

function isBetterChoice(run: RunFacts, known: RunFacts): boolean {
  if (isWhole(run) !== isWhole(known)) return isWhole(run);
  return run.createdAt > known.createdAt;
}

function recipeNames(groups: readonly (readonly RunFacts[])[]): string[] {
  const first = groups.map((runs) => runs[0] as RunFacts);
  const differing = differingSettings(first);
  const severalStudies = new Set(first.map(({ studyFile }) => studyFile)).size > 1;
  const described = groups.map((runs, at) => {
    const named = newestName(runs);
    const settings = differing
      .map(({ field, values }) => `${shortSetting(field)} ${settingText(values[at])}`)
      .join(', ');
    const { studyName } = first[at] as RunFacts;
    const own = named ?? (settings === '' ? studyName : settings);
    return { named, settings, own: severalStudies && own !== studyName ? `${studyName}: ${own}` : own };
  });
  const names = described.map(({ own, named, settings }) => {
    const isShared = described.filter((other) => other.own === own).length > 1;
    // A recipe that was edited under its name: its settings tell which.
    return isShared && named !== null && settings !== '' ? `${own} (${settings})` : own;
  });
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

function newestName(runs: readonly RunFacts[]): string | null {
  const named = runs.filter(({ recipe }) => recipe !== null);
  return named.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.recipe ?? null;
}
