/** A training's recipe in words: one way for the report and the command line. */
import { resolveAdversarial } from './recipes';
import type { TrainingSettings } from './trainingSchema';

/** "cosine", or "× 0.1 after epochs 82, 123" */
export function scheduleText(schedule: TrainingSettings['schedule']): string {
  if (typeof schedule === 'string') return schedule;
  return `× ${schedule.factor} after epochs ${schedule.milestones.join(', ')}`;
}

/** What a training does beside plain stochastic gradient descent, a sentence each, without full stops; none where nothing. */
export function recipeSentences(training: TrainingSettings): string[] {
  const { nesterov, labelSmoothing, ema, mixup, adversarial } = training;
  return [
    ...(nesterov === true ? ['Nesterov’s momentum in PyTorch’s form'] : []),
    ...(labelSmoothing === undefined
      ? []
      : [`labels smoothed by ${labelSmoothing} (Szegedy et al. 2016), in the training loss alone`]),
    ...(ema === undefined
      ? []
      : [`checkpoints hold the exponential moving average of the weights over the steps, with decay ${ema.decay}`]),
    ...(mixup === undefined
      ? []
      : [
          `mixup with α = ${mixup.alpha} (Zhang et al. 2018); training accuracy counts a mixed image by its shares of both labels`,
        ]),
    ...(adversarial === undefined ? [] : [adversarialText(adversarial)]),
  ];
}

function adversarialText(settings: NonNullable<TrainingSettings['adversarial']>): string {
  const { kind, norm, epsilon, steps, stepSize, randomStart } = resolveAdversarial(settings);
  const source = kind === 'pgd' ? 'Madry et al. 2018' : randomStart ? 'Wong et al. 2020' : 'Goodfellow et al. 2015';
  const how = steps === 1 ? 'one step' : `${steps} steps`;
  const distance = `${norm === 'linf' ? 'L∞' : 'L2'} distance ${in255(epsilon)}`;
  return `each batch is attacked first by ${kind.toUpperCase()} (${source}): ${how} of ${in255(stepSize)} within an ${distance}, ${randomStart ? 'from a random start' : 'from the images themselves'}; training loss and accuracy are of the attacked images`;
}

/** "8/255" where it is a fraction of such, else the number. */
function in255(value: number): string {
  const levels = value * 255;
  return Math.abs(levels - Math.round(levels * 100) / 100) < 1e-6 && value < 1
    ? `${String(Math.round(levels * 100) / 100)}/255`
    : String(Number(value.toPrecision(4)));
}
