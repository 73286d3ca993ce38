/** What a file says that its network does, in itself or in its name. Nobody here has measured it. */
import { basename } from 'node:path';
import type { Claims } from '../runs';
import { scoreName, type ScoreName } from './scoreNames';

type Metadata = Readonly<Record<string, string>>;

interface Score extends ScoreName {
  readonly value: number;
  /** Said to be per cent. */
  readonly isPercent: boolean;
}

/** As many digits as a float32 has for certain: 93.07, and not 93.06999969482422. */
const DIGITS = 7;

/** @param path of the file, whose name may say it, and that it is the best one */
export function claimsIn(metadata: Metadata, path: string): Claims {
  const scores = Object.entries(metadata).flatMap(([key, text]) => scoreOf(key, text, metadata) ?? []);
  const accuracies = scores.flatMap((score) => withPercent(score) ?? []);
  const found = first(accuracies, accuracyRank) ?? nameClaim(basename(path));
  const losses = scores.filter(({ quantity, isBest, value }) => quantity === 'loss' && !isBest && value >= 0);
  const testLosses = losses.filter(({ of }) => of === 'test' || of === 'validation');
  const trainLosses = losses.filter(({ of }) => of === 'training' || of === 'unsaid');
  const isBestSoFar = found?.isBest === true && !/best/i.test(basename(path));
  return {
    testAccuracy: found === undefined ? null : rounded(found.value),
    testLoss: rounded(first(testLosses, setRank)?.value),
    trainLoss: rounded(first(trainLosses, ({ of }) => (of === 'training' ? 0 : 1))?.value),
    ...(isBestSoFar ? { isBestSoFar } : {}),
  };
}

/** Under which name timm says what its `metric` is. */
const TIMM_METRIC = 'args.eval_metric';

function scoreOf(key: string, text: string, metadata: Metadata): Score | undefined {
  const name = scoreName(key === 'metric' ? (metadata[TIMM_METRIC] ?? 'top1') : key);
  const value = Number(text.replace(/\s*%\s*$/, ''));
  if (name === undefined || text.trim() === '' || !Number.isFinite(value)) return undefined;
  const of = key === 'metric' && name.of === 'unsaid' ? 'validation' : name.of;
  // Checkpoints written here say per cent; other scripts say shares as often.
  const isOurs = key === 'testAccuracy' && metadata['architecture'] !== undefined;
  return { ...name, of, value, isPercent: isOurs || text.includes('%') };
}

/** The accuracy in per cent; undefined where it is none, or of training. */
function withPercent(score: Score): Score | undefined {
  const { quantity, of, isPercent } = score;
  if (quantity === 'loss' || of === 'training') return undefined;
  const percent = isPercent || score.value > 1 ? score.value : 100 * score.value;
  if (percent < 0 || percent > 100) return undefined;
  // The smallest of errors is the best: what `max_err` is nobody knows.
  if (quantity === 'error') return { ...score, value: 100 - percent };
  return { ...score, value: percent };
}

/** Of this checkpoint before the best so far, an accuracy before an error, of a set that is named before others. */
function accuracyRank({ isBest, quantity, of }: Score): number {
  return (isBest ? 8 : 0) + (quantity === 'error' ? 4 : 0) + setRank({ of });
}

function setRank({ of }: Pick<Score, 'of'>): number {
  return ['test', 'validation', 'unsaid', 'training'].indexOf(of);
}

function first(scores: readonly Score[], rank: (score: Score) => number): Score | undefined {
  return [...scores].sort((a, b) => rank(a) - rank(b))[0];
}

/** `val_acc=0.93`, `acc_93.07`, `top1-93.1`; without the word a number may be anything. */
const IN_NAMES =
  /(?<words>(?:[a-z]+[\s_./-])*(?:acc(?:uracy)?(?:[@_-]?1)?|top[-_]?1|prec(?:ision)?[@_-]?1))[\s_:-]*(?<sign>=?)[\s_:-]*(?<number>\d+\.\d+|\d+)(?<end>%?)(?![\d])/gi;

function nameClaim(name: string): Score | undefined {
  const stem = name.replace(/(\.(pth|pt|th|ckpt|bin|tar|safetensors|model|pkl))+$/i, '');
  const found = [...stem.matchAll(IN_NAMES)].flatMap(({ groups }): Score[] => {
    const { words = '', sign = '', number = '', end = '' } = groups ?? {};
    // A whole number may be an epoch's, or belong to `acc1`.
    if (!number.includes('.') && sign === '' && end === '') return [];
    const tail = /(?:(?:best|max|train(?:ing)?|test|val(?:id(?:ation)?)?|eval)[\s_./-])*[^\s_./-]+(?:[_-]1)?$/i.exec(
      words,
    );
    const known = scoreName(tail?.[0] ?? words);
    const score = known && withPercent({ ...known, value: Number(number), isPercent: end !== '' });
    return score === undefined ? [] : [score];
  });
  return first(found, accuracyRank);
}

function rounded(value: number): number;
function rounded(value: number | undefined): number | null;
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(DIGITS));
}
