/** Tensors that lie in other files beside the graph. */
import { InputError } from '../common/errors';
import type { Loaded } from './initialisers';
import type { ExternalData } from './network';
import type { Model, TensorMessage } from './proto/messages';

/** @throws InputError where there is such a tensor and no way to read it, or fewer bytes than it says */
export async function loadExternal(model: Model, file: string, external: ExternalData | undefined): Promise<Loaded> {
  const loaded = new Map<TensorMessage, Uint8Array>();
  for (const tensor of tensorsOf(model)) {
    if (tensor.external === undefined) continue;
    const location = tensor.external.get('location') ?? '';
    const place = `initialiser ${tensor.name}`;
    if (external === undefined) {
      throw new InputError('an ONNX file with weights in another file', { file, place, found: location });
    }
    const [offset, length] = [numberIn(tensor, 'offset') ?? 0, numberIn(tensor, 'length')];
    if (!isPlace(offset) || (length !== undefined && !isPlace(length))) {
      throw new InputError('an ONNX file with weights nowhere', {
        file,
        place,
        found: `${length ?? 'all'} bytes from ${offset} on`,
      });
    }
    const bytes = await external(location, offset, length);
    if (length !== undefined && bytes.length !== length) {
      throw new InputError('a file of weights that is too short', {
        file: location,
        place: `${place} of ${file}`,
        found: `${bytes.length} bytes from ${offset} on`,
        expected: `${length}`,
      });
    }
    loaded.set(tensor, bytes);
  }
  return loaded;
}

function tensorsOf({ graph }: Model): TensorMessage[] {
  const constants = graph.nodes.flatMap(({ attributes }) =>
    [...attributes.values()].flatMap((each) => (each.type === 'tensor' ? [each.value] : [])),
  );
  return [...graph.initialisers, ...constants];
}

function numberIn({ external }: TensorMessage, key: string): number | undefined {
  const text = external?.get(key);
  return text === undefined ? undefined : Number(text);
}

function isPlace(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
