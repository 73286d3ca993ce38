/** How good a network is said to be, beside its state dict: in dicts of results, in histories, in Lightning's callbacks. */
import { entriesOf, Tensor, type Value } from '../../pickle/values';

type Dict = Map<Value, Value>;

/** Under which names scripts keep results. */
const RESULTS =
  /^((test|val|valid|validation|eval|final|best)_?)?(metrics?|results?|scores?|history|logs?|stats|summary|performance)$|^(test|val|valid|validation|eval|best)$/i;
/** What may be a score, so that a row of numbers is its history. */
const SCORE = /acc|top.?1|prec|err|loss|metric/i;
/** By which set it is: a pair under it is of two epochs, and not of top 1 and top 5. */
const OF_A_SET = /test|val/i;
/** `metrics.val.acc` */
const DEEPEST = 3;

/** Names with their places, `metrics/val_acc`, and values: a number, a tensor or a word; of a history the last. */
export function scoresOf(dict: Dict): [name: string, value: Value][] {
  return [...scoresIn(dict, '', 0), ...callbackScores(dict.get('callbacks'))];
}

function scoresIn(dict: Dict, place: string, depth: number): [string, Value][] {
  return [...dict].flatMap(([key, value]): [string, Value][] => {
    if (typeof key !== 'string') return [];
    const name = `${place}${key}`;
    const last = Array.isArray(value) ? value.at(-1) : value;
    const inner = RESULTS.test(key) && depth < DEEPEST ? entriesOf(last) : undefined;
    if (inner !== undefined) return scoresIn(inner, `${name}/`, depth + 1);
    if (!SCORE.test(key)) return [];
    if (Array.isArray(value)) return isHistory(name, value) ? [[name, value.at(-1) ?? null]] : [];
    return depth > 0 ? [[name, value]] : [];
  });
}

/** Pairs of `accuracy(output, target, topk=(1, 5))` are none. */
function isHistory(name: string, values: readonly Value[]): boolean {
  const areNumbers = values.every((value) => typeof value === 'number' || value instanceof Tensor);
  return areNumbers && (values.length !== 2 || OF_A_SET.test(name) || /history/i.test(name));
}

/** `"ModelCheckpoint{'monitor': 'val_acc', …}": { current_score, best_model_score }`, under what is monitored. */
function callbackScores(callbacks: Value | undefined): [string, Value][] {
  return [...(entriesOf(callbacks) ?? [])].flatMap(([key, value]): [string, Value][] => {
    const state = entriesOf(value);
    if (state === undefined || typeof key !== 'string') return [];
    const monitor = state.get('monitor') ?? /'monitor': '([^']{1,60})'/.exec(key)?.[1];
    if (typeof monitor !== 'string') return [];
    return [
      [monitor, state.get('current_score') ?? null],
      [`best_${monitor}`, state.get('best_model_score') ?? null],
    ];
  });
}
