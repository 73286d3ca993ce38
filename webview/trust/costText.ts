/** What a measurement takes, before it starts. */
import * as l10n from '@vscode/l10n';
import { chooseMethod, METHODS, passesOf } from '../../src/explanations';
import { durationText } from '../../src/common/duration';
import { grouped } from '../common/text';

export interface Cost {
  /** Passes of single images through the network; 0 where that is not known before. */
  readonly forward: number;
  readonly backward: number;
  /** Passes in a second, as the last measurement of the kind went; undefined before it. */
  readonly pace: number | undefined;
}

/** "This takes 12,400 forward passes of an image and 400 backward passes, about 3 min at the pace of the last time." */
export function costText({ forward, backward, pace }: Cost): string {
  if (forward + backward === 0) return '';
  const passes =
    backward === 0
      ? l10n.t('This takes about {0} forward passes of an image.', grouped(forward))
      : l10n.t(
          'This takes about {0} forward and {1} backward passes of an image.',
          grouped(forward),
          grouped(backward),
        );
  return pace === undefined
    ? passes
    : `${passes} ${l10n.t('At the pace of the last time that is {0}.', durationText((forward + backward) / pace))}`;
}

/**
 * What so many heatmaps take, as many of each method: of a layer's method a forward pass each, which holds where the
 * closed form does.
 */
export function costOfMaps(methods: readonly string[], maps: number): Omit<Cost, 'pace'> {
  const each = methods
    .filter((id) => METHODS.some((method) => method.id === id))
    .map((id) => passesOf(chooseMethod(id), { classes: 1, inputSize: INPUT_SIZE }, true));
  const mean = (side: 'forward' | 'backward'): number =>
    each.reduce((sum, passes) => sum + passes[side], 0) / Math.max(each.length, 1);
  return { forward: Math.round(maps * mean('forward')), backward: Math.round(maps * mean('backward')) };
}

/** By which windows of occlusion are counted. */
const INPUT_SIZE = 32;
