/** What a measurement takes, before it starts. */
import * as l10n from '@vscode/l10n';
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
