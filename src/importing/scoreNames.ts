/** What the names of scores mean: `best_acc1`, `val/acc`, `Test Accuracy`, `metrics/val_acc_top1`, `valErr`. */

export interface ScoreName {
  readonly quantity: 'accuracy' | 'error' | 'loss';
  readonly of: 'test' | 'validation' | 'training' | 'unsaid';
  /** Whether it is the highest so far, and not of this checkpoint. */
  readonly isBest: boolean;
}

const QUANTITIES = new Map<string, ScoreName['quantity']>([
  ...sameOf('accuracy' as const, [
    'acc',
    'accs',
    'accuracy',
    'accuracies',
    'acc1',
    'accuracy1',
    'top1',
    'prec1',
    'precision1',
  ]),
  ...sameOf('error' as const, ['err', 'error', 'err1', 'error1']),
  ...sameOf('loss' as const, ['loss', 'losses']),
]);
const SETS = new Map<string, ScoreName['of']>([
  ...sameOf('test' as const, ['test', 'testing']),
  ...sameOf('validation' as const, ['val', 'valid', 'validation', 'eval', 'evaluation']),
  ...sameOf('training' as const, ['train', 'training', 'tr']),
]);
const BEST = new Set(['best', 'max', 'highest']);
/** Of places and of counting, which change nothing. */
const NEUTRAL = new Set(
  'metric metrics result results score scores history log logs stats summary performance final last current cur meta metadata info extra mean avg average model'.split(
    ' ',
  ),
);

/** Undefined for what is none of them, such as `acc5`, `balanced_acc` or `best_acc_epoch`. */
export function scoreName(key: string): ScoreName | undefined {
  const words = wordsOf(key);
  const quantities = words.flatMap((word) => QUANTITIES.get(word) ?? []);
  // `val_acc_epoch` is Lightning's mean over one; the epoch of the best is a number of another kind.
  const isBest = words.some((word) => BEST.has(word));
  const isKnown = (word: string): boolean =>
    QUANTITIES.has(word) || SETS.has(word) || BEST.has(word) || NEUTRAL.has(word) || (word === 'epoch' && !isBest);
  // `top1_err` is an error, `loss_acc` nothing that is known.
  const quantity = quantities.includes('error') ? 'error' : quantities[0];
  const isOne = quantity !== undefined && (!quantities.includes('loss') || quantities.every((each) => each === 'loss'));
  if (!isOne || !words.every(isKnown)) return undefined;
  const sets = words.flatMap((word) => SETS.get(word) ?? []);
  return { quantity, of: sets.includes('training') ? 'training' : (sets[0] ?? 'unsaid'), isBest };
}

/** Lower case, at separators and humps; `top-1`, `acc@1` and `acc_1` in one word. */
function wordsOf(key: string): string[] {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/(top|acc|accuracy|prec|precision|err|error)[\s_@-]+1(?!\d)/g, '$11')
    .split(/[\s_/.:-]+/);
  return words.filter((word) => word !== '');
}

function sameOf<T>(value: T, words: readonly string[]): [string, T][] {
  return words.map((word) => [word, value]);
}
