import { settingsOf, type Study } from '../../study/index';
import type { RunFacts } from '../../comparison/facts';

/** Not the seed, over which recipes are averaged, nor which checkpoints stay, which says nothing of what they are. */
const LEFT_OUT = /^training\.(?:seed|keepCheckpoints)(?:\.|$)/;

/** What determines a training, by dotted names. */
export function recipeSettings({ dataset, model, training }: Study): RunFacts['settings'] {
  const settings = settingsOf({ dataset, model, training });
  const named = Object.entries(settings).filter(([name]) => !LEFT_OUT.test(name));
  return Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
