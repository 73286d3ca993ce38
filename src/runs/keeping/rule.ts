/** Which epochs' checkpoints stay. */
import { epochRanges } from '../../common/epochRanges';
import { InputError } from '../../common/errors';
import type { KeepCheckpoints } from '../../study/index';
import type { ChosenBy } from '../metrics/choosing';

/** What stays is what any of these says. */
export interface KeepRule {
  readonly all?: boolean;
  /** Every so many-th epoch, 0 included. */
  readonly every?: number;
  /** The one of the best accuracy on the validation images, else on the test images; of several the earliest. */
  readonly best?: boolean;
  /** The newest one. */
  readonly last?: boolean;
  readonly epochs?: readonly number[];
}

/** What epochs are told apart by. */
export interface EpochsToChooseFrom {
  /** Whose checkpoint is there, ascending. */
  readonly present: readonly number[];
  /** Of the images that choose the best epoch, in per cent; null where it was not measured. */
  readonly accuracies: ReadonlyMap<number, number | null>;
  readonly chosenBy: ChosenBy;
}

type Accuracies = Pick<EpochsToChooseFrom, 'present' | 'accuracies'>;

/** "all", "every:5", "best,last", "0,5,10": any of them, with commas. @throws InputError */
export function parseKeepRule(text: string): KeepRule {
  const words = text.split(',').map((word) => word.trim());
  const epochs = words.filter((word) => /^\d{1,6}$/.test(word)).map(Number);
  const every = words.map((word) => /^every:([1-9]\d{0,5})$/.exec(word)?.[1]).filter((word) => word !== undefined);
  const names = ['all', 'best', 'last'] as const;
  const unknown = words.find(
    (word) => !names.some((name) => name === word) && !/^\d{1,6}$/.test(word) && !/^every:[1-9]\d{0,5}$/.test(word),
  );
  if (unknown !== undefined || every.length > 1) {
    throw new InputError('not a rule for what to keep', {
      place: '--keep',
      found: JSON.stringify(unknown ?? text),
      expected: 'all, every:N, best, last or epochs such as 0,5,10; several with commas between them',
    });
  }
  return {
    all: words.includes('all'),
    best: words.includes('best'),
    last: words.includes('last'),
    epochs,
    ...(every[0] === undefined ? {} : { every: Number(every[0]) }),
  };
}

/** What a study's `training.keepCheckpoints` means. */
export function keepRuleOf(keep: KeepCheckpoints = 'all'): KeepRule {
  if (keep === 'all') return { all: true };
  if (keep === 'bestAndLast') return { best: true, last: true };
  return Array.isArray(keep) ? { epochs: keep } : { every: keep.every };
}

/** Of the present ones. @throws InputError where the best is asked for and not known: see `withoutAccuracy` */
export function keptEpochs(rule: KeepRule, { present, accuracies, chosenBy }: EpochsToChooseFrom): Set<number> {
  if (rule.all === true) return new Set(present);
  const unknown = rule.best === true ? withoutAccuracy({ present, accuracies }) : [];
  if (unknown.length > 0) throw unknownBest(unknown, chosenBy);
  const best = rule.best === true ? bestEpoch({ present, accuracies }) : undefined;
  const last = rule.last === true ? present.at(-1) : undefined;
  const { every, epochs = [] } = rule;
  const stays = (epoch: number): boolean =>
    epoch === best || epoch === last || epochs.includes(epoch) || (every !== undefined && epoch % every === 0);
  return new Set(present.filter(stays));
}

/** Of the best accuracy; of several the earliest. Undefined where none is known. */
export function bestEpoch({ present, accuracies }: Accuracies): number | undefined {
  const accuracyOf = (epoch: number): number => accuracies.get(epoch) ?? -Infinity;
  const known = present.filter((epoch) => accuracyOf(epoch) > -Infinity);
  return known.sort((a, b) => accuracyOf(b) - accuracyOf(a) || a - b)[0];
}

/** The present epochs of which nobody knows whether they are the best. */
function withoutAccuracy({ present, accuracies }: Accuracies): number[] {
  return present.filter((epoch) => (accuracies.get(epoch) ?? null) === null);
}

/** "epoch 3", "epochs 1–3 and 5" */
export function epochsText(epochs: readonly number[]): string {
  return `${epochs.length === 1 ? 'epoch' : 'epochs'} ${epochRanges(epochs)}`;
}

function unknownBest(unknown: readonly number[], chosenBy: ChosenBy): InputError {
  return new InputError('which epoch is best is not known', {
    place: 'best',
    found: `no ${chosenBy} accuracy of ${epochsText(unknown)}`,
    expected: 'one of every epoch whose checkpoint is there',
    advice: 'Name the epochs to keep.',
  });
}
