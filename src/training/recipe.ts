/** What a training does beside plain stochastic gradient descent, as its programs are told of it. */
import type { AttackSteps } from '../models/attack';
import type { InputSettings } from '../models/input';
import { resolveAdversarial, type TrainingSettings } from '../study';

/** What a batch is attacked by before it is trained on. */
export interface TrainingAttack extends AttackSteps {
  readonly randomStart: boolean;
  /** How pixels become the network's input. */
  readonly input: InputSettings;
}

export interface Recipe {
  /** Whether the step looks ahead along the momentum, in PyTorch's form. */
  readonly nesterov: boolean;
  /** The share of the target that goes evenly to all classes, in [0, 1). */
  readonly labelSmoothing: number;
  /** The decay of the weights' moving average, in (0, 1); undefined where there is none. */
  readonly averageDecay: number | undefined;
  /** Of the beta distribution that mixup draws its shares from; undefined where images are not mixed. */
  readonly mixupAlpha: number | undefined;
  /** What each batch is attacked by; undefined where it is not. */
  readonly attack: TrainingAttack | undefined;
}

export const PLAIN: Recipe = {
  nesterov: false,
  labelSmoothing: 0,
  averageDecay: undefined,
  mixupAlpha: undefined,
  attack: undefined,
};

export function recipeOf(training: TrainingSettings, input: InputSettings): Recipe {
  const { nesterov, labelSmoothing, ema, mixup, adversarial } = training;
  return {
    nesterov: nesterov ?? false,
    labelSmoothing: labelSmoothing ?? 0,
    averageDecay: ema?.decay,
    mixupAlpha: mixup?.alpha,
    attack: adversarial && { ...attackSteps(adversarial), input },
  };
}

function attackSteps(settings: NonNullable<TrainingSettings['adversarial']>): Omit<TrainingAttack, 'input'> {
  const { norm, epsilon, stepSize, steps, randomStart } = resolveAdversarial(settings);
  return { norm, epsilon, stepSize, steps, randomStart };
}
