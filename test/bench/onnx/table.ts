import type { EngineName } from '../../../src/engine/engine';
import { markdown, ratio } from '../markdown';
import type { OnnxArgument, OnnxCosts } from './measure';

export interface OnnxRow {
  readonly engine: EngineName;
  readonly argument: Omit<OnnxArgument, 'rounds' | 'path'>;
  readonly costs: OnnxCosts;
  readonly megabytes: number;
  /** onnxruntime's forward pass, milliseconds an image; undefined where Python has none. */
  readonly onnxruntime: number | undefined;
}

export function onnxTable(rows: readonly OnnxRow[]): string {
  const head = [
    'engine',
    'network',
    'forward, ms/image',
    'to ours',
    'training',
    'to ours',
    'Grad-CAM to forward',
    'import',
    'onnxruntime, ms/image',
  ];
  const lines = rows.map(({ engine, argument, costs, megabytes, onnxruntime }) => [
    engine,
    `${argument.architecture} at ${argument.inputSize}, batch ${argument.batchSize}`,
    costs.forward.toFixed(2),
    ratio(costs.forwardRatio),
    costs.train.toFixed(2),
    ratio(costs.trainRatio),
    ratio(costs.gradCamRatio),
    `${costs.import.toFixed(0)} ms of ${megabytes.toFixed(1)} MB`,
    onnxruntime?.toFixed(2) ?? '–',
  ]);
  return markdown([head, ...lines]);
}
