/** What a measurement takes, before it starts. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Passes } from '../../src/explanations';
import { durationText } from '../../src/common/duration';
import { chosenMethod } from '../common/explanation';
import { layerOf } from '../common/layer';
import type * as Counted from '../common/passes';
import { grouped } from '../common/text';
import { methodsOf, type Basis } from './wanted';

/** The methods' own count, which is loaded after the page is there: until then costs are not known. */
const counted = signal<typeof Counted | undefined>(undefined);
void import('../common/passes').then((passes) => (counted.value = passes));

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
      ? l10n.t('This takes about {0} forward passes of an image.', grouped(Math.round(forward)))
      : l10n.t(
          'This takes about {0} forward and {1} backward passes of an image.',
          grouped(Math.round(forward)),
          grouped(Math.round(backward)),
        );
  return pace === undefined
    ? passes
    : `${passes} ${l10n.t('At the pace of the last time that is {0}.', durationText((forward + backward) / pace))}`;
}

/**
 * What so many heatmaps take, as many of each method, at the layer and the network's input size.
 * @param classes all, whose maps are kept together, or the one that is asked for
 */
export function costOfMaps(
  basis: Pick<Basis, 'view' | 'choice'> | undefined,
  classes: 'all' | 'one',
  maps: number,
): Passes {
  if (basis === undefined || counted.value === undefined) return { forward: 0, backward: 0 };
  const { passesHere, passesOfOneClass } = counted.value;
  const { view, choice } = basis;
  const layer = layerOf(view, choice.layer);
  const passes = classes === 'all' ? passesHere : passesOfOneClass;
  const each = methodsOf(basis).map((method) => passes(view, chosenMethod(view, method), layer));
  const sum = (side: keyof Passes): number => each.reduce((total, all) => total + all[side], 0);
  return { forward: (maps * sum('forward')) / each.length, backward: (maps * sum('backward')) / each.length };
}

/** Of one heatmap, in both directions. */
export function passesOfMap(
  ...of: readonly [basis: Pick<Basis, 'view' | 'choice'> | undefined, classes: 'all' | 'one']
): number {
  const { forward, backward } = costOfMaps(...of, 1);
  return forward + backward;
}
