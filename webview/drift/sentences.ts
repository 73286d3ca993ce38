/** Sentences about what the numbers mean. */
import * as l10n from '@vscode/l10n';
import type { Attention } from '../../src/protocol/engine';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { isEnoughCompared } from '../../src/statistics';
import { restsText } from '../common/basisText';
import { decimal } from '../common/text';
import { estimateText } from './measures';
import { changedText, settlingText } from './settling';

/** The finding in a few words. */
export function settledHeading({ settling: { target }, epochs }: Attention): string {
  switch (target.kind) {
    case 'settled':
      return l10n.t('Focus settles at epoch {0}', target.epoch);
    case 'moving':
      return l10n.t('Focus does not settle before epoch {0}', epochs.at(-1)?.epoch ?? 0);
    default:
      return l10n.t('When focus settles cannot be said');
  }
}

/**
 * When heatmaps settle.
 * @param kept the epochs of all checkpoints of the run
 */
export function settledText({ settling, epochs, images }: Attention, kept: readonly number[]): string {
  const usable = images.filter(({ points }) => points.length > 0);
  const known = usable.filter(({ points }) => points.at(-1)?.fromLast.spearman !== null);
  const before = known.filter(({ settled }) => settled !== null).length;
  const flat = usable.length - known.length;
  return [
    settlingText(settling.target, { lookedAt: epochs.map(({ epoch }) => epoch), kept }, l10n.t('focus')),
    usable.length === 1
      ? l10n.t('Of 1 image, {0} settled before the last epoch.', before)
      : l10n.t('Of {0} images, {1} settled before the last epoch.', usable.length, before),
    ...(flat === 0 ? [] : [l10n.t('Of {0} the last heatmap is flat: of these nothing is known.', flat)]),
  ].join(' ');
}

/** When heatmaps of one class settle, where the target is not one class already. */
export function oneClassText({ target, settling, epochs }: Attention, kept: readonly number[]): string {
  if (target === 'label') return '';
  const checkpoints = { lookedAt: epochs.map(({ epoch }) => epoch), kept };
  return [
    changedText(epochs),
    settlingText(settling.lastPrediction, checkpoints, l10n.t('focus on the class predicted last')),
    settling.label === null ? undefined : settlingText(settling.label, checkpoints, l10n.t('focus on the label')),
  ]
    .filter((text) => text !== undefined)
    .join(' ');
}

/** From this correlation with random weights on, heatmaps say little about what was learned. */
const SUSPICIOUS = 0.5;

/**
 * What the untrained checkpoint says about these numbers.
 * @param checkpoints all checkpoints of the run
 */
export function randomisationText(
  { randomisation, epochs }: Attention,
  checkpoints: readonly Pick<CheckpointInfo, 'epoch' | 'weights'>[],
): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  if (randomisation === null) return noCheckText(epochs, checkpoints);
  const untrained = checkpoints.find(({ weights }) => weights === 'untrained')?.epoch ?? 0;
  const { spearman } = randomisation;
  if (spearman === null) {
    return l10n.t(
      'Randomisation check (Adebayo et al. 2018): heatmaps of the same class, at random weights (epoch {0}) and at epoch {1}, cannot be compared: of each image one of the two is flat.',
      untrained,
      last,
    );
  }
  const rests = restsText(randomisation);
  const correlation = estimateText(spearman);
  const how = l10n.t(
    'Randomisation check (Adebayo et al. 2018): heatmaps of the same class, at random weights (epoch {0}) and at epoch {1}, correlate {2}.',
    untrained,
    last,
    rests === undefined ? correlation : l10n.t('{0}, which {1}', correlation, rests),
  );
  return isEnoughCompared(randomisation) ? `${how} ${meaningOf(spearman.interval ?? {}, untrained)}` : how;
}

function meaningOf(
  { low = -1, high = 1 }: { readonly low?: number; readonly high?: number },
  untrained: number,
): string {
  if (high < SUSPICIOUS) return l10n.t('They differ: what the heatmaps show depends on what was learned.');
  if (low >= SUSPICIOUS) {
    return l10n.t(
      'They are alike although nothing was learned at epoch {0}: much of what the heatmaps show comes from the image and the architecture, not from training. Read them with care.',
      untrained,
    );
  }
  return l10n.t(
    'Whether they are alike (at least {0}) cannot be told from chance with so many images.',
    decimal(String(SUSPICIOUS)),
  );
}

function noCheckText(
  epochs: Attention['epochs'],
  checkpoints: readonly Pick<CheckpointInfo, 'epoch' | 'weights'>[],
): string {
  const shown = checkpoints.filter(({ epoch }) => epochs.some((point) => point.epoch === epoch));
  const start = shown.find(({ weights }) => weights === 'beforeTraining');
  return start === undefined
    ? l10n.t('No checkpoint here is known to be untrained, so there is no randomisation check.')
    : l10n.t('Epoch {0} did not begin with random weights, so it is no randomisation check.', start.epoch);
}
