/**
 * Signs that an attack failed where it should not have, so that the accuracy under it says little: Athalye et al. 2018,
 * "Obfuscated gradients give a false sense of security", and Carlini et al. 2019, "On evaluating adversarial robustness".
 */
import { percentOf } from '../../statistics';
import { accuracyUnderAttack, type Attacked } from './measured';

export interface AttackAt {
  readonly title: string;
  readonly attack: {
    readonly kind: 'fgsm' | 'pgd';
    readonly norm: 'linf' | 'l2';
    readonly epsilon: number;
    readonly steps: number;
  };
  readonly attacked: Attacked;
}

/** From this share of rightly classified images on that no gradient moves, in per cent. */
const MANY_UNMOVED = 5;
/** In per cent: an image may become any other, and yet so many are classified rightly. */
const ABOUT_NOUGHT = 5;
const UNBOUNDED = 1;

/** Sentences; none where nothing is odd. @param all of one checkpoint */
export function attackDoubts(all: readonly AttackAt[]): string[] {
  return all.flatMap((each) => [...weakerThanOneStep(each, all), ...unbounded(each), ...unmoved(each)]);
}

function weakerThanOneStep({ title, attack, attacked }: AttackAt, all: readonly AttackAt[]): string[] {
  if (attack.kind === 'fgsm') return [];
  return all
    .filter(
      (other) =>
        other.attack.kind === 'fgsm' &&
        other.attack.norm === attack.norm &&
        other.attack.epsilon === attack.epsilon &&
        other.attacked.of === attacked.of &&
        other.attacked.correct < attacked.correct,
    )
    .map(
      (other) =>
        `${title} leaves ${attacked.correct} of ${attacked.of} images right, and the single step of ${other.title} only ${other.attacked.correct}: a sign of masked gradients, so that neither number says much.`,
    );
}

function unbounded({ title, attack, attacked }: AttackAt): string[] {
  const percent = percentOf(accuracyUnderAttack(attacked));
  if (attack.norm !== 'linf' || attack.epsilon < UNBOUNDED || attack.kind === 'fgsm' || percent <= ABOUT_NOUGHT)
    return [];
  return [
    `${title} may turn an image into any other, and ${percent.toFixed(1)} % are still classified rightly: the attack fails, as by masked gradients, and so may those of smaller epsilon.`,
  ];
}

function unmoved({ title, attacked: { unmoved: count, clean } }: AttackAt): string[] {
  if (clean === 0 || (100 * count) / clean < MANY_UNMOVED) return [];
  return [
    `${title} changed nothing of ${count} of the ${clean} images that are classified rightly: their gradient is nought, as of a very sure or a masked network, and a stronger attack may find errors among them.`,
  ];
}

/** What accuracy under attack is, and is not. */
export const ATTACK_NOTE =
  'Accuracy under attack is an upper bound of the accuracy that an adversary leaves: the errors found are a lower bound.';
