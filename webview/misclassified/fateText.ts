/** The names of fates, and what they mean. */
import type { Fate, ImageFate } from '../../src/measures/misclassified';

export const FATE_TEXTS: Readonly<Record<Fate, { readonly name: string; readonly meaning: string }>> = {
  always: { name: 'Always right', meaning: 'right at every checkpoint' },
  learned: { name: 'Learned', meaning: 'wrong at first, then right and never wrong again' },
  unsettled: { name: 'Unsettled', meaning: 'right at the last checkpoint, but forgotten on the way' },
  forgotten: { name: 'Forgotten', meaning: 'right at some checkpoint, wrong at the last' },
  never: { name: 'Never right', meaning: 'wrong at every checkpoint' },
};

/** "Learned at epoch 3", "Forgotten twice", "Unsettled: forgotten once, right from epoch 5" */
export function fateSentence({ fate, rightFrom, forgettingEvents }: ImageFate): string {
  switch (fate) {
    case 'always':
    case 'never':
      return FATE_TEXTS[fate].name;
    case 'learned':
      return `Learned at epoch ${rightFrom ?? 0}`;
    case 'unsettled':
      return `Forgotten ${times(forgettingEvents)}, right from epoch ${rightFrom ?? 0}`;
    case 'forgotten':
      return `Forgotten ${times(forgettingEvents)}, wrong at the last`;
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
