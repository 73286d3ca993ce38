/** The networks that PyTorch exported, in its three forms, against what it says of them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declare } from '../../../src/architectures/declare';
import { readOnnxGraph, withoutWeights } from '../../../src/onnx';
import { sharedFolder } from '../../shared';

interface Said {
  readonly inputSize: number;
  readonly logits: readonly (readonly number[])[];
  readonly gradCam: readonly { readonly module: string; readonly shape: readonly number[] }[];
}

/** Made by `make_onnx.py`; those of another folder where EPOCHLENS_ONNX_MODELS names it. */
const root = sharedFolder();
const folder = process.env['EPOCHLENS_ONNX_MODELS'] ?? (root && join(root, 'models', 'onnx'));
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.onnx'));

describe.skipIf(folder === undefined)('exported networks (skipped without the shared folder)', () => {
  const read = (name: string) => readFileSync(join(folder ?? '', name));
  const said = (name: string) =>
    JSON.parse(
      readFileSync(join(folder ?? '', name.replace(/(\.legacy|\.unfolded)?\.onnx$/, '.json')), 'utf8'),
    ) as Said;

  it.each(files)('%s has the classes, the layers and the sizes that PyTorch has', (name) => {
    const { inputSize, logits, gradCam } = said(name);
    const { graph, architecture, state } = readOnnxGraph(read(name), name);
    expect([graph.inputSize, graph.classes]).toEqual([inputSize, logits[0]?.length]);
    for (const { module, shape } of gradCam) {
      const isOf = ({ name: own, aliases, folded = [] }: (typeof graph.layers)[number]) =>
        [own, ...aliases, ...folded].includes(module);
      const layer = graph.layers.find(isOf);
      expect(layer && [layer.channels, layer.height, layer.width], module).toEqual(shape.slice(1));
    }
    const { tensors, defaultLayer } = declare(architecture, inputSize, graph.classes);
    expect(defaultLayer.height * defaultLayer.width).toBeGreaterThan(1);
    for (const { name: tensor, shape } of tensors) {
      expect(state?.get(tensor)?.length, tensor).toBe(shape.reduce((product, length) => product * length, 1));
    }
    const names = graph.layers.flatMap((layer) => [layer.name, ...layer.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(files)('%s is the same graph without its weights', (name) => {
    const bytes = read(name);
    const whole = readOnnxGraph(bytes, name);
    const bare = withoutWeights(bytes, name);
    const again = readOnnxGraph(bare, name);
    expect(again.graph).toEqual(whole.graph);
    expect(again.state).toBeUndefined();
    expect(withoutWeights(bytes, name, whole)).toEqual(bare);
    const kept = [...(whole.state?.values() ?? [])].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bare.length).toBeLessThan(bytes.length - 0.9 * kept);
  });
});
