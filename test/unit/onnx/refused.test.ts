/** Files that may be anything are refused at once, each by an error that says where and why. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { readOnnxFile, readOnnxGraph, readOnnxOutline } from '../../../src/onnx';
import { int64, model, node, weights, type ModelParts } from './model';

const linear = [node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }), node('MatMul', 'h f', 'y')];
const initialisers = { w: weights(4, 3, 3, 3), f: weights(4, 10) };
const plain: ModelParts = { nodes: [node('Conv', 'x w', 'm'), ...linear], initialisers };

function refusal(bytes: Uint8Array): InputError {
  const start = performance.now();
  try {
    readOnnxGraph(bytes, 'odd.onnx');
  } catch (error) {
    expect(performance.now() - start).toBeLessThan(1000);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).problem.file).toBe('odd.onnx');
    return error as InputError;
  }
  throw new Error('it was read');
}

/** With one node more between the map m and the map t. */
const within = (middle: ModelParts['nodes'], more: ModelParts['initialisers'] = {}): Uint8Array =>
  model({
    nodes: [
      node('Conv', 'x w', 'm'),
      ...middle,
      node('ReduceMean', 't', 'h', { axes: [2, 3], keepdims: 0 }),
      node('MatMul', 'h f', 'y'),
    ],
    initialisers: { ...initialisers, ...more },
  });

describe('bytes', () => {
  it('that are cut off anywhere', () => {
    const bytes = model(plain);
    for (let length = 0; length < bytes.length; length += 7) refusal(bytes.subarray(0, length));
  });

  it('that are random', () => {
    let state = 1;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    for (let round = 0; round < 300; round++)
      refusal(Uint8Array.from({ length: 1 + (next() % 2000) }, () => next() >>> 24));
  });

  it('of which some are changed never fail otherwise', () => {
    const bytes = model(plain);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 0x55;
      try {
        readOnnxGraph(changed, 'odd.onnx');
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });
});

describe('graphs', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'an unknown operator',
      within([node('NonMaxSuppression', 'm', 't')]),
      /the NonMaxSuppression .*found NonMaxSuppression/,
    ],
    ['a domain of others', within([{ ...node('Relu', 'm', 't'), domain: 'com.example' }]), /found com\.example\.Relu/],
    ['a loop', within([node('Loop', 'm', 't')]), /found Loop/],
    [
      'a cycle',
      within([node('Add', 'm u', 't'), node('Relu', 't', 'u')]),
      /node the Add \(Add\): .*input u, which no node before it gives/,
    ],
    ['an input from nowhere', within([node('Add', 'm nobody', 't')]), /input nobody/],
    ['an output of two nodes', within([node('Relu', 'm', 't'), node('Tanh', 'm', 't')]), /found t a second time/],
    [
      'an attribute of another type',
      within([node('LeakyRelu', 'm', 't', { alpha: 'much' })]),
      /attribute alpha of type text, expected one of type float/,
    ],
    ['a negative axis too far', within([node('Softmax', 'm', 't', { axis: -9 })]), /axis -9/],
    ['a shape that does not fit', within([node('Reshape', 'm s', 't')], { s: int64(-1, 7, 7, 7) }), /the Reshape/],
    [
      'a shape that overflows',
      within([node('Expand', 'm s', 't')], { s: int64(1, 2 ** 40, 2 ** 40, 2 ** 40) }),
      /the Expand/,
    ],
    [
      'a constant without end',
      within([node('ConstantOfShape', 's', 'c'), node('Add', 'm c', 't')], { s: int64(2 ** 20, 2 ** 20) }),
      /the ConstantOfShape/,
    ],
    [
      'a range without end',
      within([node('Range', 'a b d', 't')], {
        a: { ...int64(0), shape: [] },
        b: { ...int64(2 ** 50), shape: [] },
        d: { ...int64(1), shape: [] },
      }),
      /the Range/,
    ],
    ['a tile without end', within([node('Tile', 'f r', 't')], { r: int64(2 ** 30, 2 ** 30) }), /the Tile/],
    ['a pooling of nothing', within([node('MaxPool', 'm', 't', { kernel_shape: [0, 0] })]), /kernel_shape/],
    [
      'a window larger than the image',
      within([node('MaxPool', 'm', 't', { kernel_shape: [99, 99] })]),
      /a window of 99/,
    ],
    ['a stride of nothing', within([node('MaxPool', 'm', 't', { kernel_shape: [2, 2], strides: [0, 0] })]), /strides/],
    ['a filter for other channels', within([node('Conv', 'm w', 't')]), /4 channels, and a filter of 3/],
    [
      'part of the images',
      within([node('Slice', 'm a b c', 't')], { a: int64(0), b: int64(1), c: int64(0) }),
      /a part of the images/,
    ],
    [
      'fewer numbers than the shape says',
      within([node('Mul', 'm k', 't')], { k: { shape: [4, 1, 1], data: Float32Array.of(1) } }),
      /1 numbers of k, expected 4/,
    ],
    [
      'a negative length',
      within([node('Mul', 'm k', 't')], { k: { shape: [-4, 1, 1], data: Float32Array.of(1) } }),
      /initialiser k/,
    ],
    ['text', within([node('Mul', 'm k', 't')], { k: { shape: [4], dataType: 8 } }), /of type string/],
    ['a version from before', model({ ...plain, opset: 6 }), /operators of version 6, expected version 7 to 24/],
    ['two inputs of sound', model({ ...plain, input: ['n', 1, 16000] }), /input x: .*\[n, 1, 16000\]/],
    ['no classifier', model({ ...plain, outputs: ['m'] }), /output m: .*expected logits/],
    ['no outputs', model({ ...plain, outputs: [] }), /without outputs/],
  ])('%s', (_, bytes, text) => {
    expect(refusal(bytes).message).toMatch(text);
  });

  it('a million nodes', () => {
    const one = model({ nodes: [node('Relu', 'a', 'b')] });
    const graph = one.indexOf(0x3a);
    // The graph's nodes again and again, as a message of its own.
    const body = Uint8Array.of(0x0a, 10, 0x0a, 1, 0x61, 0x12, 1, 0x62, 0x22, 2, 0x52, 0x65);
    expect(graph).toBeGreaterThan(0);
    const nodes = new Uint8Array(body.length * 1_000_000);
    for (let at = 0; at < nodes.length; at += body.length) nodes.set(body, at);
    const length = nodes.length;
    const header = Uint8Array.of(
      0x3a,
      (length & 127) | 128,
      ((length >> 7) & 127) | 128,
      ((length >> 14) & 127) | 128,
      length >> 21,
    );
    const bytes = new Uint8Array(header.length + length);
    bytes.set(header);
    bytes.set(nodes, header.length);
    expect(refusal(bytes).message).toMatch(/more than 50000 nodes/);
  });

  it('constants that double again and again', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => node('Concat', `c${at} c${at}`, `c${at + 1}`, { axis: 0 }));
    expect(refusal(within([...doubling, node('Mul', 'm c60', 't')], { c0: int64(1, 2, 3, 4) })).message).toMatch(
      /constants without end|elements/,
    );
  });

  it('graphs within graphs', () => {
    let inner: ModelParts = { nodes: [node('Relu', 'm', 'o')], outputs: ['o'] };
    for (let depth = 0; depth < 50; depth++) {
      inner = {
        nodes: [
          node('If', 'yes', 'o', {
            then_branch: { graph: inner },
            else_branch: { graph: { nodes: [], outputs: ['m'] } },
          }),
        ],
        outputs: ['o'],
      };
    }
    expect(
      refusal(
        within([...inner.nodes, node('Relu', 'o', 't')], { yes: { shape: [], dataType: 9, data: Uint8Array.of(1) } }),
      ).message,
    ).toMatch(/graphs within graphs/);
  });
});

describe('external data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-onnx-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'secret'), new Uint8Array(4096));
  symlinkSync('/etc/hostname', join(folder, 'link'));
  const file = (external: Readonly<Record<string, string>>) => {
    const path = join(folder, 'outer.onnx');
    writeFileSync(path, model({ ...plain, initialisers: { ...initialisers, w: { shape: [4, 3, 3, 3], external } } }));
    return readOnnxFile(path);
  };

  it('is read beside the file, from an offset on', async () => {
    const data = Float32Array.from({ length: 116 }, (_, at) => at);
    writeFileSync(join(folder, 'data'), new Uint8Array(data.buffer));
    const { state } = await file({ location: 'data', offset: '32', length: '432' });
    expect(state?.get('w')?.[0]).toBe(8);
  });

  it.each([
    ['../data', /outside its folder/],
    ['/etc/passwd', /outside its folder/],
    ['C:\\data', /outside its folder/],
    ['a/../../data', /outside its folder/],
    ['', /outside its folder/],
    ['link', /a link to/],
    ['nobody', /no file nobody/],
  ])('at %s is refused', async (location, text) => {
    await expect(file({ location, offset: '0', length: '432' })).rejects.toThrow(text);
    // Nor is it given to onnxruntime.
    await expect(readOnnxOutline(join(folder, 'outer.onnx'))).rejects.toThrow(text);
  });

  it('that is too short, or of places that cannot be, is refused', async () => {
    await expect(file({ location: 'secret', offset: '4000', length: '432' })).rejects.toThrow(/found 96 bytes/);
    await expect(file({ location: 'secret', offset: '-4' })).rejects.toThrow(/-4/);
    await expect(file({ location: 'secret', length: '1e30' })).rejects.toThrow(InputError);
  });

  it('is refused of bytes alone', () => {
    const bytes = model({
      ...plain,
      initialisers: { ...initialisers, w: { shape: [4, 3, 3, 3], external: { location: 'data' } } },
    });
    expect(refusal(bytes).message).toMatch(/in another file/);
  });
});
