/** What is said of a file that holds no network that is known here, or not the one that was asked for. */
import { ARCHITECTURE_NAMES, type ArchitectureName } from '../../architectures';
import { InputError } from '../../common/errors';
import type { StoredTensors } from '../stored';
import { isHarmless, isInputLayer } from './beside';
import type { Candidate } from './candidates';
import { foreignNames } from './match';

/** @param asked what a person says that it is */
export function notANetwork(nearest: Candidate, file: string, asked: ArchitectureName | undefined): InputError {
  const { tensors, match } = nearest;
  const { layout, misfit = '', shared, prefix, used } = match;
  const { architecture } = layout;
  const foreign = foreignNames(tensors, layout, prefix, used);
  const layer = inputLayerIn(tensors, used);
  if (layer !== undefined && misfit.startsWith('with ')) return withInputLayer(layer, tensors, file);
  if (asked !== undefined) return notOf(nearest, file, foreign);
  const names = [...tensors.keys()];
  return new InputError('weights of no network that is known here', {
    file,
    found:
      shared === 0
        ? `${tensors.size} tensors such as ${names.slice(0, 3).join(', ')}`
        : `nearly ${architecture}, but ${misfit}`,
    expected: `one of ${ARCHITECTURE_NAMES.join(', ')}`,
  });
}

/** The name of a parameter of a layer that inputs go through before the network. @param used of the network itself */
export function inputLayerIn(tensors: StoredTensors, used: ReadonlySet<string>): string | undefined {
  for (const [name, { shape }] of tensors) {
    if (!used.has(name) && isInputLayer(name, shape) && !isHarmless(name)) return name;
  }
  return undefined;
}

export function withInputLayer(name: string, tensors: StoredTensors, file: string): InputError {
  return new InputError('a network with a layer before it, which is not known here', {
    file,
    place: `tensor ${name}`,
    found: `parameters of ${shapeText(tensors.get(name)?.shape ?? [])} that inputs go through first`,
    expected: 'inputs that are normalised by a mean and a standard deviation alone',
  });
}

function notOf({ tensors, match }: Candidate, file: string, foreign: readonly string[]): InputError {
  const { layout, prefix, shared } = match;
  const { architecture } = layout;
  if (foreign.length > 0 || shared === 0) {
    return new InputError(`not weights of ${architecture}`, {
      file,
      place: `tensor ${foreign[0] ?? [...tensors.keys()][0] ?? ''}`,
      found: `${foreign.length} of ${tensors.size} tensors that ${architecture} does not have`,
      expected: `names such as ${layout.tensors[0]?.name ?? ''}`,
    });
  }
  for (const { declared, name, shape } of layout.tensors) {
    const found = tensors.get(prefix + name)?.shape;
    if (found?.join() === shape.join() || declared.role === 'batchCount') continue;
    const expected = shapeText(shape);
    const [summary, has] =
      found === undefined
        ? [`not weights of ${architecture}`, 'no such tensor']
        : ['a tensor of another shape', shapeText(found)];
    return new InputError(summary, { file, place: `tensor ${prefix}${name}`, found: has, expected });
  }
  throw new Error(`weights of ${architecture} that do not fit`);
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
