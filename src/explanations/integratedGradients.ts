import { blurred } from './blur';
import { gaussLegendre, type Quadrature } from './gaussLegendre';
import { inputMethod } from './method';

/**
 * Integrated Gradients: map = Σ over channels of (x − b)·∫₀¹ ∂y_c/∂x at b + t·(x − b) dt, with y_c the logit and b the
 * baseline, all as the network takes them. The integral is by Gauss and Legendre's rule.
 */
export const integratedGradients = inputMethod({
  id: 'integrated_gradients',
  name: 'Integrated Gradients',
  description:
    'Sums the gradient by the pixels on the way from a baseline to the image: the map sums to the difference of the logit between the two.',
  source: 'Sundararajan et al. 2017',
  version: 1,
  parameters: {
    steps: { kind: 'whole', default: 50, minimum: 1, maximum: 500, description: 'Gradients on the way.' },
    baseline: {
      kind: 'choice',
      default: 'black',
      choices: ['black', 'mean', 'blur'],
      description:
        'Where the way begins: black pixels, the image’s mean colour, or the image blurred by a Gaussian whose standard deviation is 5/32 of the side.',
    },
  },
  rectified: false,
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
