/** The graph of a file without its weights. */
import { PbfWriter, type PbfReader } from 'pbf';
import { networkOf } from './build';
import { bytesOf, readFields } from './proto/fields';

/** Field numbers of onnx.proto on the way to an initialiser, and within one. */
const GRAPH = 7;
const INITIALISER = 5;
const NAME = 8;
/** Dims, data type and name: what stays of a tensor without numbers. */
const KEPT = [1, 2, NAME];

/**
 * The graph as a run keeps it: tensors of the state dict keep name, type and shape and lose their values; all else stays.
 * `readOnnxGraph` reads it, without a state.
 *
 * @throws InputError as `readOnnxGraph`
 */
export function withoutWeights(bytes: Uint8Array, path: string, inputSize?: number): Uint8Array {
  const { fileNames } = networkOf(bytes, path, { inputSize }, new Map());
  return rewritten(bytes, (tag, model) =>
    tag !== GRAPH
      ? undefined
      : rewritten(model, (field, initialiser) =>
          field === INITIALISER && fileNames.has(nameOf(initialiser)) ? withoutNumbers(initialiser) : undefined,
        ),
  );
}

function nameOf(tensor: Uint8Array): string {
  let name = '';
  readFields(tensor, (tag, reader) => {
    if (tag === NAME) name = reader.readString();
  });
  return name;
}

/** A message with some of its fields replaced, and all others as they are. */
function rewritten(bytes: Uint8Array, replace: (tag: number, field: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const writer = new PbfWriter();
  readFields(bytes, (tag, reader) => {
    const start = reader.pos;
    if (reader.type === 2) {
      const field = bytesOf(reader);
      writer.writeTag(tag, 2);
      writer.writeBytes(replace(tag, field) ?? field);
    } else copyField(bytes, tag, reader, start, writer);
  });
  return writer.finish().slice();
}

function copyField(bytes: Uint8Array, tag: number, reader: PbfReader, start: number, writer: PbfWriter): void {
  reader.skip(reader.type);
  writer.writeTag(tag, reader.type);
  for (const byte of bytes.subarray(start, reader.pos)) {
    writer.realloc(1);
    writer.buf[writer.pos++] = byte;
  }
}

function withoutNumbers(tensor: Uint8Array): Uint8Array {
  const writer = new PbfWriter();
  readFields(tensor, (tag, reader) => {
    if (!KEPT.includes(tag)) return;
    const start = reader.pos;
    if (reader.type === 2) {
      const field = bytesOf(reader);
      writer.writeTag(tag, 2);
      writer.writeBytes(field);
    } else copyField(tensor, tag, reader, start, writer);
  });
  return writer.finish().slice();
}
