/** Readers of the messages of onnx.proto; numbers are its field numbers. */
import { bytesOf, floatOf, floatsOf, integerOf, integersOf, Malformed, readFields, textOf } from './fields';
import type { Attribute, GraphMessage, Model, NodeMessage, TensorMessage, ValueInfo } from './messages';

/** As many as no published network has a tenth of. */
export const LARGEST_NODE_COUNT = 50_000;
const LARGEST_RANK = 32;

/** @throws Malformed */
export function readModel(bytes: Uint8Array): Model {
  let graph: GraphMessage | undefined;
  let producer = '';
  const opsets = new Map<string, number>();
  const metadata: Record<string, string> = {};
  const functions: string[] = [];
  readFields(bytes, (tag, reader) => {
    if (tag === 2) producer = `${textOf(reader)}${producer}`;
    else if (tag === 3) producer += ` ${textOf(reader)}`;
    else if (tag === 7) graph = readGraph(bytesOf(reader));
    else if (tag === 8) {
      const [domain, version] = readOpset(bytesOf(reader));
      opsets.set(domain, version);
    } else if (tag === 14) {
      const [key, value] = readEntry(bytesOf(reader));
      metadata[key] = value;
    } else if (tag === 25) functions.push(readFunctionName(bytesOf(reader)));
  });
  if (graph === undefined) throw new Malformed('it has no graph');
  return { graph, producer: producer.trim(), opsets, metadata, functions };
}

export function readGraph(bytes: Uint8Array): GraphMessage {
  const nodes: NodeMessage[] = [];
  const initialisers: TensorMessage[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  let hasSparseInitialisers = false;
  readFields(bytes, (tag, reader) => {
    if (tag === 1) {
      if (nodes.length === LARGEST_NODE_COUNT) throw new Malformed(`it has more than ${LARGEST_NODE_COUNT} nodes`);
      nodes.push(readNode(bytesOf(reader)));
    } else if (tag === 5) initialisers.push(readTensor(bytesOf(reader)));
    else if (tag === 11) inputs.push(readValueInfo(bytesOf(reader)));
    else if (tag === 12) outputs.push(readValueInfo(bytesOf(reader)));
    else if (tag === 15) hasSparseInitialisers = true;
    if (initialisers.length + inputs.length + outputs.length > 3 * LARGEST_NODE_COUNT) {
      throw new Malformed(`it has more than ${3 * LARGEST_NODE_COUNT} tensors`);
    }
  });
  return { nodes, initialisers, inputs, outputs, hasSparseInitialisers };
}

function readNode(bytes: Uint8Array): NodeMessage {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes = new Map<string, Attribute>();
  const metadata = new Map<string, string>();
  let [name, operator, domain] = ['', '', ''];
  readFields(bytes, (tag, reader) => {
    if (tag === 1) inputs.push(textOf(reader));
    else if (tag === 2) outputs.push(textOf(reader));
    else if (tag === 3) name = textOf(reader);
    else if (tag === 4) operator = textOf(reader);
    else if (tag === 5) attributes.set(...readAttribute(bytesOf(reader)));
    else if (tag === 7) domain = textOf(reader);
    else if (tag === 9) metadata.set(...readEntry(bytesOf(reader)));
  });
  return { name, operator, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes, metadata };
}

/** AttributeProto.AttributeType by its number; files of before it was written say nothing. */
const TYPES = ['unsaid', 'float', 'integer', 'text', 'tensor', 'graph', 'floats', 'integers', 'texts'] as const;

function readAttribute(bytes: Uint8Array): [name: string, attribute: Attribute] {
  let name = '';
  let type = 0;
  const found: Partial<Record<string, Attribute>> = {};
  const floats: number[] = [];
  const integers: number[] = [];
  const texts: string[] = [];
  readFields(bytes, (tag, reader) => {
    if (tag === 1) name = textOf(reader);
    else if (tag === 20) type = integerOf(reader);
    else if (tag === 2) found['float'] = { type: 'float', value: floatOf(reader) };
    else if (tag === 3) found['integer'] = { type: 'integer', value: integerOf(reader) };
    else if (tag === 4) found['text'] = { type: 'text', value: textOf(reader) };
    else if (tag === 5) found['tensor'] = { type: 'tensor', value: readTensor(bytesOf(reader)) };
    else if (tag === 6) found['graph'] = { type: 'graph', value: bytesOf(reader) };
    else if (tag === 7) floatsOf(reader, floats);
    else if (tag === 8) integersOf(reader, integers);
    else if (tag === 9) texts.push(textOf(reader));
  });
  const said = TYPES[type];
  const lists: Partial<Record<string, Attribute>> = {
    floats: { type: 'floats', value: floats },
    integers: { type: 'integers', value: integers },
    texts: { type: 'texts', value: texts },
  };
  if (said === 'unsaid') {
    const list = floats.length > 0 ? 'floats' : texts.length > 0 ? 'texts' : 'integers';
    return [name, Object.values(found)[0] ?? (lists[list] as Attribute)];
  }
  const attribute = said === undefined ? undefined : (found[said] ?? lists[said] ?? zero(said));
  return [name, attribute ?? { type: 'other' }];
}

/** A number or a text that is not written is zero or empty. */
function zero(type: string): Attribute | undefined {
  if (type === 'float') return { type, value: 0 };
  if (type === 'integer') return { type, value: 0 };
  if (type === 'text') return { type, value: '' };
  return undefined;
}

export function readTensor(bytes: Uint8Array): TensorMessage {
  const shape: number[] = [];
  const integers: number[] = [];
  const doubles: number[] = [];
  const external = new Map<string, string>();
  let floats: Uint8Array | number[] | undefined;
  let raw: Uint8Array | undefined;
  let [name, dataType, isExternal] = ['', 0, false];
  readFields(bytes, (tag, reader) => {
    if (tag === 1) integersOf(reader, shape);
    else if (tag === 2) dataType = integerOf(reader);
    else if (tag === 4) {
      if (reader.type === 2 && floats === undefined) floats = bytesOf(reader);
      else floats = readFloats(floats, (into) => floatsOf(reader, into));
    } else if (tag === 5 || tag === 7 || tag === 11) integersOf(reader, integers);
    else if (tag === 8) name = textOf(reader);
    else if (tag === 9) raw = bytesOf(reader);
    else if (tag === 10) {
      if (reader.type === 2) reader.readPackedDouble(doubles);
      else doubles.push(reader.readDouble());
    } else if (tag === 13) external.set(...readEntry(bytesOf(reader)));
    else if (tag === 14) isExternal = integerOf(reader) === 1;
    if (shape.length > LARGEST_RANK) throw new Malformed(`a tensor of more than ${LARGEST_RANK} axes`);
  });
  return {
    name,
    shape,
    dataType,
    raw,
    floats,
    integers: integers.length > 0 ? integers : undefined,
    doubles: doubles.length > 0 ? doubles : undefined,
    external: isExternal ? external : undefined,
  };
}

/** Floats that do not come in one piece. */
function readFloats(before: Uint8Array | number[] | undefined, read: (into: number[]) => void): number[] {
  const floats = before instanceof Uint8Array ? [...new Float32Array(new Uint8Array(before).buffer)] : (before ?? []);
  read(floats);
  return floats;
}

function readValueInfo(bytes: Uint8Array): ValueInfo {
  let name = '';
  let dataType: number | undefined;
  let shape: (number | string)[] | undefined;
  const readTensorType = (tensorType: Uint8Array) =>
    readFields(tensorType, (tag, reader) => {
      if (tag === 1) dataType = integerOf(reader);
      else if (tag === 2) shape = readShape(bytesOf(reader));
    });
  readFields(bytes, (tag, reader) => {
    if (tag === 1) name = textOf(reader);
    else if (tag === 2) {
      readFields(bytesOf(reader), (inner, innerReader) => {
        if (inner === 1) readTensorType(bytesOf(innerReader));
      });
    }
  });
  return { name, dataType, shape };
}

function readShape(bytes: Uint8Array): (number | string)[] {
  const shape: (number | string)[] = [];
  readFields(bytes, (tag, reader) => {
    if (tag !== 1) return;
    let dimension: number | string = '';
    readFields(bytesOf(reader), (inner, innerReader) => {
      if (inner === 1) dimension = integerOf(innerReader);
      else if (inner === 2) dimension = textOf(innerReader);
    });
    shape.push(dimension);
    if (shape.length > LARGEST_RANK) throw new Malformed(`a tensor of more than ${LARGEST_RANK} axes`);
  });
  return shape;
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const entry: [string, string] = ['', ''];
  readFields(bytes, (tag, reader) => {
    if (tag === 1 || tag === 2) entry[tag - 1] = textOf(reader);
  });
  return entry;
}

function readOpset(bytes: Uint8Array): [domain: string, version: number] {
  const opset: [string, number] = ['', 0];
  readFields(bytes, (tag, reader) => {
    if (tag === 1) opset[0] = textOf(reader);
    else if (tag === 2) opset[1] = integerOf(reader);
  });
  return opset[0] === 'ai.onnx' ? ['', opset[1]] : opset;
}

function readFunctionName(bytes: Uint8Array): string {
  let name = '';
  readFields(bytes, (tag, reader) => {
    if (tag === 1) name = textOf(reader);
  });
  return name;
}
