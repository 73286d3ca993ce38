/** Which of several networks in a file is meant: as a person says, else averaged weights before raw ones, as in timm. */
import { InputError } from '../../common/errors';
import { OpenQuestionError } from '../question';
import { TOP_LEVEL, type Candidate } from './candidates';

/** More networks than this are not compared with each other. */
const MOST_COMPARED = 12;

export interface Chosen {
  readonly candidate: Candidate;
  /** Keys of the other networks in the file, without those that are the same weights once more. */
  readonly others: readonly string[];
}

/** Under which keys a training keeps its only network, the likeliest first: timm's `load_checkpoint` begins so. */
const PLAIN = ['state_dict', 'model_state_dict', 'model', 'model_state', 'net', 'network', 'weights', 'params'];
/** Of which keys and prefixes consist that say nothing else of a network than that it is one. */
const PLAIN_PARTS = new Set([...PLAIN, TOP_LEVEL, '', 'module', 'checkpoint', 'backbone', 'encoder', 'classifier']);

/**
 * @param candidates at least one
 * @param wanted the key that a person gives by --state-dict
 * @throws InputError where it is none of theirs, or where nothing says which of several is meant
 */
export function choose(candidates: readonly Candidate[], wanted: string | undefined, file: string): Chosen {
  const distinct = withoutDoubles(candidates);
  const chosen = wanted === undefined ? preferred(distinct) : named(candidates, wanted);
  if (chosen === undefined) throw wanted === undefined ? severalIn(distinct, file) : noneOf(candidates, wanted, file);
  const others = withoutDoubles([chosen, ...distinct.filter((each) => each !== chosen)]).slice(1);
  return { candidate: chosen, others: others.map(({ key }) => key) };
}

/** By its key, or by an end of it that is only one's. */
function named(candidates: readonly Candidate[], wanted: string): Candidate | undefined {
  const byEnd = candidates.filter(({ fullKey }) => `.${fullKey}`.endsWith(`.${wanted}`));
  return candidates.find(({ key }) => key === wanted) ?? (byEnd.length === 1 ? byEnd[0] : undefined);
}

function preferred(candidates: readonly Candidate[]): Candidate | undefined {
  const averaged = candidates.filter(({ isAveraged }) => isAveraged);
  const [first, ...more] = averaged.length > 0 ? averaged : candidates;
  if (more.length === 0) return first;
  if (averaged.length > 0) return averaged.find(({ key }) => key === 'state_dict_ema' || key === 'model_ema');
  const plain = candidates.filter(({ key }) => key.split('.').every((part) => PLAIN_PARTS.has(part)));
  const [best, next] = plain.sort((a, b) => rankOf(a) - rankOf(b));
  return best !== undefined && (next === undefined || rankOf(best) < rankOf(next)) ? best : undefined;
}

function rankOf({ key }: Candidate): number {
  const rank = PLAIN.findIndex((each) => key.split('.').includes(each));
  return rank < 0 ? PLAIN.length : rank;
}

/** A module that is registered twice is in the state dict twice. */
function withoutDoubles(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length > MOST_COMPARED) return candidates;
  const distinct: Candidate[] = [];
  for (const each of candidates) if (!distinct.some((earlier) => isSame(earlier, each))) distinct.push(each);
  return distinct;
}

/** Whether the weights are the same, to the bit. */
function isSame(a: Candidate, b: Candidate): boolean {
  const [ours, theirs] = [a.match, b.match];
  if (ours.layout.architecture !== theirs.layout.architecture || ours.classes !== theirs.classes) return false;
  for (const { declared } of ours.layout.tensors) {
    if (declared.role === 'batchCount') continue;
    const [one, other] = [ours.tensors.get(declared.name)?.data, theirs.tensors.get(declared.name)?.data];
    if (one === undefined || other === undefined || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  }
  return true;
}

function severalIn(candidates: readonly Candidate[], file: string): InputError {
  const question = { kind: 'stateDict', keys: candidates.map(({ key }) => key) } as const;
  return new OpenQuestionError(question, 'several networks, and nothing says which one is meant', {
    file,
    found: candidates.map(({ key }) => key).join(', '),
    expected: 'one of them',
    advice: 'Name it by --state-dict, which export has, too: it writes one of them as a file of its own.',
  });
}

function noneOf(candidates: readonly Candidate[], wanted: string, file: string): InputError {
  return new InputError('no network under this key', {
    file,
    place: '--state-dict',
    found: wanted,
    expected: candidates.map(({ key }) => key).join(' or '),
  });
}
