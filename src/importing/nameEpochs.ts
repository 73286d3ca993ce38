/** Which epochs the names of a folder's files tell: by the number that is another in each, never by one that all share. */
import { numbersIn } from './nameNumbers';

/** In the names' order; undefined for a name without the number. */
export type NumbersByName = readonly (number | undefined)[];

export interface NameEpochs {
  /** After a word for it, as in `epoch-03` and `resnet20_e03`. */
  readonly said: NumbersByName | undefined;
  /** Without one: numbers that tell the names apart, as in `ckpt10` and `1`. */
  readonly counted: NumbersByName | undefined;
  /** After a word for it, and the same in all. */
  readonly shared: NumbersByName | undefined;
  /** Of training steps, which tell the order where nothing else does. */
  readonly steps: NumbersByName | undefined;
}

const EPOCH = /^(ep|epochs?|eps|e)$/;
const CHECKPOINT = /^(ckpt|chkpt|checkpoint|cp)$/;
const STEP = /^(steps?|iters?|iterations?|it|batches)$/;
/** What is measured, set, or part of a name of a network or a data set. */
const OTHER =
  /^(acc(uracy)?|top|prec|f|auc|loss|lr|wd|bs|bsz|batch(size)?|seed|fold|run|trial|rank|gpu|v|ver|version|\w*res|\w*net|\w*netb|wrn|vgg|b|cifar|imagenet|size|img|px|width|depth|k|val\w*|test\w*|train\w*)$/;

const NO_COUNTS = [EPOCH, STEP, OTHER];

/** A column of the table of names and their numbers: of one word, and of its first, second, … number in a name. */
interface Column {
  readonly label: string;
  readonly values: NumbersByName;
  /** How many names have it, and how many values there are. */
  readonly count: number;
  readonly distinct: number;
}

/** @param stems the names without their endings, at least one */
export function epochsInNames(stems: readonly string[]): NameEpochs {
  const columns = columnsOf(stems);
  const isAlone = stems.length === 1;
  const tells = ({ count, distinct }: Column): boolean => distinct > 1 || count === 1;
  const said = columns.filter((column) => EPOCH.test(column.label));
  const counted = columns.filter(
    ({ label, count, distinct }) =>
      distinct === count && (isAlone ? CHECKPOINT.test(label) : !NO_COUNTS.some((words) => words.test(label))),
  );
  const steps = columns.filter(({ label, count, distinct }) => STEP.test(label) && distinct === count && !isAlone);
  const widest = best(counted);
  const isOfAll = widest?.every((value) => value !== undefined) === true;
  return {
    said: best(said.filter(tells)),
    counted: isOfAll || isAlone ? widest : (lastNumbers(stems) ?? widest),
    shared: best(said),
    steps: best(steps),
  };
}

function columnsOf(stems: readonly string[]): Column[] {
  const values = new Map<string, { label: string; row: (number | undefined)[] }>();
  for (const [index, stem] of stems.entries()) {
    const seen = new Map<string, number>();
    for (const { label, value } of numbersIn(stem)) {
      const nth = seen.get(label) ?? 0;
      seen.set(label, nth + 1);
      const key = `${label} ${nth}`;
      const column = values.get(key) ?? { label, row: new Array<number | undefined>(stems.length).fill(undefined) };
      column.row[index] = value;
      values.set(key, column);
    }
  }
  return [...values.values()].map(({ label, row }) => {
    const found = row.filter((value) => value !== undefined);
    return { label, values: row, count: found.length, distinct: new Set(found).size };
  });
}

/** Each name's last, after whichever words, as in `best_10` and `last_20`; undefined where they do not tell all apart. */
function lastNumbers(stems: readonly string[]): NumbersByName | undefined {
  const last = stems.map((stem) => numbersIn(stem).at(-1));
  const isCount = last.every((each) => each !== undefined && !NO_COUNTS.some((words) => words.test(each.label)));
  const values = last.map((each) => each?.value);
  return isCount && new Set(values).size === values.length ? values : undefined;
}

/** The one of most names, of these one that tells all of them apart, of these the first. */
function best(columns: readonly Column[]): NumbersByName | undefined {
  const rank = ({ count, distinct, label }: Column): number =>
    4 * count + (distinct === count ? 2 : 0) + (/^e?$|s$/.test(label) ? 0 : 1);
  const [first, ...others] = columns;
  return first && others.reduce((found, each) => (rank(each) > rank(found) ? each : found), first).values;
}
