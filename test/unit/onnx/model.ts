/** Writes small ONNX files. */
import { PbfWriter } from 'pbf';

export type AttributeValue =
  number | string | readonly number[] | { readonly float: number } | { readonly graph: GraphParts };

export interface NodeParts {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface TensorParts {
  readonly shape: readonly number[];
  /** Of type `dataType`, float where absent. */
  readonly data?: ArrayBufferView;
  readonly dataType?: number;
  readonly external?: Readonly<Record<string, string>>;
}

export interface GraphParts {
  readonly nodes: readonly NodeParts[];
  readonly initialisers?: Readonly<Record<string, TensorParts>>;
  readonly input?: readonly (number | string)[];
  readonly outputs?: readonly string[];
}

export interface ModelParts extends GraphParts {
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Numbers that differ from each other. */
export function weights(...shape: number[]): TensorParts {
  const length = shape.reduce((a, b) => a * b, 1);
  return { shape, data: Float32Array.from({ length }, (_, at) => Math.sin(at + 1)) };
}

export function int64(...values: number[]): TensorParts {
  return { shape: [values.length], dataType: 7, data: BigInt64Array.from(values, BigInt) };
}

export function node(
  operator: string,
  inputs: string,
  output: string,
  attributes: NodeParts['attributes'] = {},
): NodeParts {
  return {
    operator,
    inputs: inputs.split(' ').map((name) => (name === '-' ? '' : name)),
    outputs: output.split(' '),
    attributes,
    name: `the ${operator}`,
  };
}

export function model({ opset = 17, metadata = {}, ...graph }: ModelParts): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, 8);
  writer.writeMessage(7, writeGraph, { input: ['n', 3, 8, 8], outputs: ['y'], ...graph });
  writer.writeMessage(8, (version: number, pbf: PbfWriter) => pbf.writeVarintField(2, version), opset);
  for (const entry of Object.entries(metadata)) writer.writeMessage(14, writeEntry, entry);
  return writer.finish().slice();
}

function writeGraph({ nodes, initialisers = {}, input, outputs = [] }: GraphParts, pbf: PbfWriter): void {
  for (const each of nodes) pbf.writeMessage(1, writeNode, each);
  for (const each of Object.entries(initialisers)) pbf.writeMessage(5, writeTensor, each);
  if (input !== undefined) pbf.writeMessage(11, writeInput, input);
  for (const each of outputs)
    pbf.writeMessage(12, (name: string, inner: PbfWriter) => inner.writeStringField(1, name), each);
}

function writeNode(
  { operator, inputs, outputs, name = '', domain = '', attributes = {}, metadata = {} }: NodeParts,
  pbf: PbfWriter,
): void {
  for (const each of inputs) pbf.writeStringField(1, each);
  for (const each of outputs) pbf.writeStringField(2, each);
  pbf.writeStringField(3, name);
  pbf.writeStringField(4, operator);
  for (const each of Object.entries(attributes)) pbf.writeMessage(5, writeAttribute, each);
  pbf.writeStringField(7, domain);
  for (const each of Object.entries(metadata)) pbf.writeMessage(9, writeEntry, each);
}

function writeAttribute([name, value]: [string, AttributeValue], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, 2);
  } else if (typeof value === 'string') {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, 3);
  } else if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, 1);
  } else if ('graph' in value) {
    pbf.writeMessage(6, writeGraph, value.graph);
    pbf.writeVarintField(20, 5);
  } else {
    for (const each of value) pbf.writeVarintField(8, each);
    pbf.writeVarintField(20, 7);
  }
}

function writeTensor([name, { shape, data, dataType = 1, external }]: [string, TensorParts], pbf: PbfWriter): void {
  for (const length of shape) pbf.writeVarintField(1, length);
  pbf.writeVarintField(2, dataType);
  pbf.writeStringField(8, name);
  if (data !== undefined) pbf.writeBytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  if (external === undefined) return;
  for (const entry of Object.entries(external)) pbf.writeMessage(13, writeEntry, entry);
  pbf.writeVarintField(14, 1);
}

function writeInput(shape: readonly (number | string)[], pbf: PbfWriter): void {
  pbf.writeStringField(1, 'x');
  const dimension = (length: number | string, inner: PbfWriter) =>
    typeof length === 'number' ? inner.writeVarintField(1, length) : inner.writeStringField(2, length);
  const dimensions = (_: undefined, inner: PbfWriter) =>
    shape.forEach((length) => inner.writeMessage(1, dimension, length));
  const tensor = (_: undefined, inner: PbfWriter) => {
    inner.writeVarintField(1, 1);
    inner.writeMessage(2, dimensions, undefined);
  };
  pbf.writeMessage(2, (_: undefined, inner: PbfWriter) => inner.writeMessage(1, tensor, undefined), undefined);
}

function writeEntry([key, value]: [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}
