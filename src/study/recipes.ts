/** Training recipes of a study: the defaults that follow from other fields, and what does not go together. */
import { stepsOf } from './attackDefaults';
import type { AdversarialSettings } from './attackSchema';
import type { Contradiction } from './contradiction';
import type { TrainingSettings } from './trainingSchema';

export interface ResolvedAdversarial extends AdversarialSettings {
  stepSize: number;
  steps: number;
  randomStart: boolean;
}

/** One step from a random start: Wong et al. 2020, section 4. */
const REACH_FROM_RANDOM_START = 1.25;

export function resolveAdversarial(settings: AdversarialSettings): ResolvedAdversarial {
  const { kind, norm, epsilon, randomStart = true } = settings;
  return { kind, norm, epsilon, ...stepsOf(settings, randomStart ? REACH_FROM_RANDOM_START : undefined), randomStart };
}

/** With every default in, and without what is off: studies that say what holds anyway are those that do not. */
export function resolveRecipe(training: TrainingSettings): TrainingSettings {
  const { nesterov, labelSmoothing, adversarial, ...rest } = training;
  return {
    ...rest,
    ...(nesterov === true ? { nesterov } : {}),
    ...(labelSmoothing === undefined || labelSmoothing === 0 ? {} : { labelSmoothing }),
    ...(adversarial === undefined ? {} : { adversarial: resolveAdversarial(adversarial) }),
  };
}

export function recipeContradictions({ training }: { readonly training: TrainingSettings }): Contradiction[] {
  return [...scheduleContradictions(training), ...momentumContradictions(training), ...attackContradictions(training)];
}

function scheduleContradictions({ schedule, epochs }: TrainingSettings): Contradiction[] {
  if (typeof schedule === 'string') return [];
  return schedule.milestones.flatMap((milestone, index, all): Contradiction[] => {
    const path = ['training', 'schedule', 'milestones', index];
    const before = all[index - 1] ?? 0;
    if (milestone <= before)
      return [
        {
          path,
          summary: 'milestones do not ascend',
          found: String(milestone),
          expected: `more than ${String(before)}`,
        },
      ];
    if (milestone < epochs) return [];
    return [
      {
        path,
        summary: 'the learning rate would change after the last epoch',
        found: String(milestone),
        expected: `less than ${String(epochs)}, the value of training.epochs`,
      },
    ];
  });
}

function momentumContradictions({ nesterov, momentum }: TrainingSettings): Contradiction[] {
  if (nesterov !== true || momentum > 0) return [];
  return [
    {
      path: ['training', 'nesterov'],
      summary: "Nesterov's momentum without momentum",
      found: 'training.momentum of 0',
      expected: 'a training.momentum above 0, or no "nesterov"',
    },
  ];
}

function attackContradictions({ adversarial }: TrainingSettings): Contradiction[] {
  if (adversarial?.kind !== 'fgsm' || (adversarial.steps ?? 1) === 1) return [];
  return [
    {
      path: ['training', 'adversarial', 'steps'],
      summary: 'FGSM is one step',
      found: String(adversarial.steps),
      expected: '1, or "pgd" as "kind"',
    },
  ];
}
