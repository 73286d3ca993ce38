/** Which engines computed the runs that are compared. */
import { engineWord } from '../common/engineWords';
import type { RunFacts } from './facts';
import type { Recipe } from './recipes';

const AND = ' + ';

/** One, or all where a run went on with another. @param names as run.json has them, in their order */
export function engineKey(names: readonly string[]): string {
  return [...new Set(names)].join(AND);
}

/** "embedded + native". @param key see `engineKey` */
export function engineText(key: RunFacts['engine']): string {
  return key.split(AND).map(engineWord).join(AND);
}

/** Those whose runs differ by more than their seeds: engines round in ways of their own. */
export function recipesOfSeveralEngines(recipes: readonly Recipe[]): Recipe[] {
  return recipes.filter(({ runs }) => new Set(runs.flatMap(({ engine }) => engine.split(AND))).size > 1);
}
