/** Which architecture a file's tensors are of, told by their names and shapes. */
import { ARCHITECTURE_NAMES, declareArchitecture, architecture, type ArchitectureName } from '../../../architectures';
import { InputError } from '../../../common/errors';
import { CIFAR10_CLASSES } from '../../models/model';
import type { StoredState } from '../stored';
import { underOwnNames } from './canonical';

export interface Recognised {
  readonly architecture: ArchitectureName;
  readonly classes: number;
}

interface Comparison extends Recognised {
  /** A tensor that does not fit, in words; undefined where all do. */
  readonly misfit: string | undefined;
  /** How many of the architecture's tensors the file has. */
  readonly shared: number;
}

/** @throws InputError that names the nearest architecture and a tensor that keeps the file from being of it */
export function recognise(stored: StoredState, file: string): Recognised {
  const compared = ARCHITECTURE_NAMES.map((name) => compare(stored, name));
  const match = compared.find(({ misfit }) => misfit === undefined);
  if (match !== undefined) return match;
  const nearest = compared.reduce((best, each) => (each.shared > best.shared ? each : best));
  throw new InputError('weights of no network that is known here', {
    file,
    found:
      nearest.shared === 0
        ? `${stored.tensors.size} tensors such as ${[...stored.tensors.keys()].slice(0, 3).join(', ') || 'none'}`
        : `nearly ${nearest.architecture}, but ${nearest.misfit ?? ''}`,
    expected: `one of ${ARCHITECTURE_NAMES.join(', ')}`,
  });
}

function compare(stored: StoredState, name: ArchitectureName): Comparison {
  // At ten classes, and then with as many as the file has.
  const { tensors: declared } = declareArchitecture(name, architecture(name).inputSize, CIFAR10_CLASSES);
  const { tensors } = underOwnNames(stored, name, declared);
  const classifier = declared.find(({ role }) => role === 'linear')?.name ?? '';
  const classes = tensors.get(classifier)?.shape[0] ?? CIFAR10_CLASSES;
  const classifierBias = classifier.replace(/weight$/, 'bias');
  const own = new Set(declared.map((tensor) => tensor.name));
  let shared = 0;
  let misfit: string | undefined;
  for (const { name: tensor, role, shape } of declared) {
    const found = tensors.get(tensor)?.shape;
    const [first, ...rest] = shape;
    const isOfClasses = tensor === classifier || tensor === classifierBias;
    const expected = isOfClasses && first !== undefined ? [classes, ...rest] : shape;
    if (found === undefined) misfit ??= role === 'batchCount' ? undefined : `without ${tensor}`;
    else if (found.join() === expected.join()) shared++;
    else misfit ??= `${tensor} is [${found.join(', ')}] and not [${expected.join(', ')}]`;
  }
  const unknown = [...tensors.keys()].find((each) => !own.has(each));
  misfit ??= unknown === undefined ? undefined : `with ${unknown}`;
  return { architecture: name, classes, misfit, shared };
}
