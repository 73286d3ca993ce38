/** Batch norms that exporters folded into convolutions: what such a convolution gives is the norm's output. */
import type { NodeMessage } from '../proto/messages';

/** By the rewriting rule that the exporter names, or, in older files, by weights that no module has. */
export function isFolded({ metadata, inputs: [, weight = '', bias = ''] }: NodeMessage): boolean {
  const rules = metadata.get('pkg.onnxscript.rewriter.rule_name');
  if (rules !== undefined) return rules.includes('FuseBatchNorm');
  return [weight, bias].every((name) => /^onnx::Conv(Transpose)?_\d+$/.test(name));
}

/** Older exporters leave no trace of a folded norm's module: where it stands by custom; undefined where there is none. */
export function foldedNormOf(convolution: string): string | undefined {
  const parts = convolution.split('.');
  const last = parts.pop() as string;
  const beside = (name: string) => [...parts, name].join('.');
  if (/^\d+$/.test(last)) return beside(String(Number(last) + 1));
  if (/^denselayer\d+$/.test(parts.at(-1) ?? '')) return last === 'conv1' ? beside('norm2') : undefined;
  if (last === 'conv0') return beside('norm0');
  const numbered = /^conv(\d*)$/.exec(last);
  return numbered ? beside(`bn${numbered[1] ?? ''}`) : undefined;
}
