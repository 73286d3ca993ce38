/** Several target layers by one name, "mean(layer2,layer3)": their maps are scaled, enlarged and fused to one. */
import type { Declaration, TargetLayer } from './declare';
import { findTargetLayer } from './targetLayers';

export const FUSION_RULES = ['mean', 'maximum'] as const;
export type FusionRule = (typeof FUSION_RULES)[number];

export interface LayerFusion {
  readonly rule: FusionRule;
  /** In forward order, two at least. */
  readonly layers: readonly TargetLayer[];
}

/** What is explained: a target layer, or several; these have the size of the finest of them, and all their channels. */
export interface ExplainedLayer extends TargetLayer {
  readonly fusion?: LayerFusion;
}

export interface LayerProblem {
  readonly summary: string;
  readonly found: string;
  /** What could be chosen. */
  readonly expected: string;
}

type Layers = Pick<Declaration, 'targetLayers' | 'defaultLayer'>;

/** Whether the name is of several layers, right or wrong. */
export function isFusionName(layer: string): boolean {
  return /[()]/.test(layer);
}

/**
 * What a name means: a target layer, as `findTargetLayer` has it, or RULE(LAYER,LAYER,…), whose own name is
 * "mean(layer2.2, layer3.2)".
 */
export function resolveLayer(declared: Layers, layer: string): ExplainedLayer | LayerProblem {
  if (!isFusionName(layer)) return findTargetLayer(declared, layer) ?? unknown(declared, layer);
  const [, word = '', list = ''] = /^\s*(\w*)\s*\(([^()]*)\)\s*$/.exec(layer) ?? [];
  const rule = FUSION_RULES.find((each) => each === word);
  if (rule === undefined)
    return {
      summary: 'no such fusion of layers',
      found: JSON.stringify(layer),
      expected: FUSION_RULES.map((each) => `${each}(LAYER,LAYER)`).join(' or '),
    };
  const names = list.split(',').map((name) => name.trim());
  const found = names.map((name) => findTargetLayer(declared, name));
  const missing = found.indexOf(undefined);
  if (missing !== -1) return unknown(declared, names[missing] as string, ` in ${JSON.stringify(layer)}`);
  const layers = declared.targetLayers.filter((each) => found.includes(each));
  return layers.length < names.length || layers.length < 2
    ? { summary: 'a fusion of too few layers', found: JSON.stringify(layer), expected: 'two different layers or more' }
    : fused(rule, layers);
}

export function isProblem(resolved: ExplainedLayer | LayerProblem): resolved is LayerProblem {
  return 'summary' in resolved;
}

export function fused(rule: FusionRule, layers: readonly TargetLayer[]): ExplainedLayer {
  const [finest] = [...layers].sort((a, b) => b.height * b.width - a.height * a.width) as [TargetLayer];
  return {
    name: `${rule}(${layers.map(({ name }) => name).join(', ')})`,
    height: finest.height,
    width: finest.width,
    channels: layers.reduce((sum, { channels }) => sum + channels, 0),
    fusion: { rule, layers },
  };
}

function unknown({ targetLayers }: Layers, name: string, within = ''): LayerProblem {
  const found = `${JSON.stringify(name)}${within}`;
  const norm = targetLayers.find(({ folded }) => folded?.includes(name));
  if (norm !== undefined)
    return {
      summary: 'a layer whose output is not in the file',
      found: `${found}, into which the exporter folded a batch norm`,
      expected: `${norm.name}, what the two compute together, or another layer`,
    };
  const names = targetLayers.map((each) => each.name).join(', ');
  return { summary: 'no such layer', found, expected: `auto or one of ${names}` };
}
