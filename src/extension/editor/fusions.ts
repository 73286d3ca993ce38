/** Which fusions of layers are offered. */
import { fused, FUSION_RULES, type ExplainedLayer, type TargetLayer } from '../../architectures';

/** Of the last layer of each of the three smallest sizes of maps, and of the two smallest: other layers can be written. */
export function fusions(targetLayers: readonly TargetLayer[]): ExplainedLayer[] {
  const lastOfSize = new Map(targetLayers.map((layer) => [layer.height, layer]));
  const last = [...lastOfSize.values()].slice(-3);
  const sets = last.length === 3 ? [last, last.slice(1)] : last.length === 2 ? [last] : [];
  return sets.flatMap((layers) => FUSION_RULES.map((rule) => fused(rule, layers)));
}
