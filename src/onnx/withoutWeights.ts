/** The graph of a file without its weights. */
import { PbfWriter } from 'pbf';
import { networkFrom } from './build';
import { checkedModel } from './check';
import type { OnnxNetwork } from './network';
import { bytesOf, readFields, textOf } from './proto/fields';

/** Field numbers of onnx.proto: of a model, a graph, a node, an attribute and a tensor. */
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initialiser: 5 };
const NODE = { output: 2, attribute: 5 };
const ATTRIBUTE = { tensor: 5 };
const TENSOR = { dims: 1, dataType: 2, name: 8, raw: 9 };

/** What {@link withoutWeights} takes of a file that has been read. */
export type ReadFile = Pick<OnnxNetwork, 'fileNames' | 'outside'>;

/**
 * The graph as a run keeps it: tensors of the state dict keep name, type and shape and lose their values; all else stays,
 * or comes in from outside. `readOnnxGraph` reads it, without a state.
 *
 * @param read what was read of the bytes, which spares reading them again; files with external data want it
 * @throws InputError as `readOnnxGraph`
 */
export function withoutWeights(bytes: Uint8Array, path: string, read?: ReadFile): Uint8Array {
  const file = read ?? networkFrom(checkedModel(bytes, path), path, {}, new Map());
  return rewritten(bytes, (tag, model) => (tag === MODEL.graph ? ofGraph(model, file) : undefined));
}

function ofGraph(graph: Uint8Array, { fileNames, outside }: ReadFile): Uint8Array {
  return rewritten(graph, (tag, field) => {
    if (tag === GRAPH.node) return ofNode(field, fileNames);
    if (tag !== GRAPH.initialiser) return undefined;
    const name = textIn(field, TENSOR.name);
    if (fileNames.has(name)) return withoutNumbers(field);
    const outer = outside.get(name);
    return outer && withNumbers(field, outer);
  });
}

/** A constant may be a weight as well. */
function ofNode(node: Uint8Array, fileNames: ReadonlyMap<string, string>): Uint8Array | undefined {
  if (!fileNames.has(textIn(node, NODE.output))) return undefined;
  return rewritten(node, (tag, attribute) =>
    tag !== NODE.attribute
      ? undefined
      : rewritten(attribute, (field, tensor) => (field === ATTRIBUTE.tensor ? withoutNumbers(tensor) : undefined)),
  );
}

/** The first text of a field; empty where there is none. */
function textIn(message: Uint8Array, field: number): string {
  let text: string | undefined;
  readFields(message, (tag, reader) => {
    if (tag === field && text === undefined) text = textOf(reader);
  });
  return text ?? '';
}

/** A message with some of its fields replaced, and all others as they are. */
function rewritten(
  bytes: Uint8Array,
  replace: (tag: number, field: Uint8Array) => Uint8Array | undefined,
  keeps: (tag: number) => boolean = () => true,
): Uint8Array {
  const writer = new PbfWriter(new Uint8Array(1024));
  readFields(bytes, (tag, reader) => {
    const { type, pos: start } = reader;
    const field = type === 2 ? bytesOf(reader) : undefined;
    if (field === undefined) reader.skip(type);
    if (!keeps(tag)) return;
    writer.writeTag(tag, type);
    if (field === undefined) writeRaw(writer, bytes.subarray(start, reader.pos));
    else writer.writeBytes(replace(tag, field) ?? field);
  });
  return writer.finish().slice();
}

function writeRaw(writer: PbfWriter, bytes: Uint8Array): void {
  writer.realloc(bytes.length);
  writer.buf.set(bytes, writer.pos);
  writer.pos += bytes.length;
}

function withoutNumbers(tensor: Uint8Array): Uint8Array {
  const kept = [TENSOR.dims, TENSOR.dataType, TENSOR.name];
  return rewritten(
    tensor,
    () => undefined,
    (tag) => kept.includes(tag),
  );
}

function withNumbers(tensor: Uint8Array, raw: Uint8Array): Uint8Array {
  const writer = new PbfWriter(new Uint8Array(withoutNumbers(tensor)));
  writer.pos = writer.length;
  writer.writeTag(TENSOR.raw, 2);
  writer.writeBytes(raw);
  return writer.finish().slice();
}
