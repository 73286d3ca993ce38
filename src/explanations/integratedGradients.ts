import { blurred } from './blur';
import { gaussLegendre, type Quadrature } from './gaussLegendre';
import { INTEGRATED_GRADIENTS } from './descriptions/integratedGradients';
import { inputMethod } from './method';

/**
 * Integrated Gradients: map = Σ over channels of (x − b)·∫₀¹ ∂y_c/∂x at b + t·(x − b) dt, with y_c the logit and b the
 * baseline, all as the network takes them. The integral is by Gauss and Legendre's rule.
 */
export const integratedGradients = inputMethod({
  ...INTEGRATED_GRADIENTS,
  steps: ({ steps }) => steps,
  baseline(tf, { pixels, normalise }, { baseline }) {
    switch (baseline) {
      case 'black':
        return normalise(tf.zerosLike(pixels));
      case 'mean':
        return normalise(tf.add(tf.zerosLike(pixels), tf.mean(pixels, [1, 2], true)));
      case 'blur':
        return normalise(blurred(tf, pixels));
    }
  },
  point(tf, { images, baseline }, step, { steps }) {
    const { nodes, weights } = ruleOf(steps);
    const at = nodes[step] as number;
    return { images: tf.add(baseline, tf.mul(tf.sub(images, baseline), at)), weight: weights[step] as number };
  },
  map: (tf, { images, baseline }, gradient) => tf.sum(tf.mul(tf.sub(images, baseline), gradient), 3),
});

const RULES = new Map<number, Quadrature>();

function ruleOf(steps: number): Quadrature {
  const known = RULES.get(steps) ?? gaussLegendre(steps);
  RULES.set(steps, known);
  return known;
}
