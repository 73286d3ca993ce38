import * as vscode from 'vscode';
import { severalRuns } from '../runs/chosenRuns';
import type { RunTarget } from '../runs/target';
import type { AboutParts } from './history';

/** Pins runs, so that they come first, or unpins them. */
export async function pinRuns(
  parts: AboutParts,
  target: RunTarget,
  others: readonly unknown[],
  pinned: boolean,
): Promise<void> {
  const { l10n } = vscode;
  const placeHolder = pinned ? l10n.t('Pin which run?') : l10n.t('Unpin which run?');
  const isOther = ({ about }: { readonly about: { readonly pinned?: boolean | undefined } }): boolean =>
    (about.pinned ?? false) !== pinned;
  const none = pinned ? l10n.t('Every run is pinned already.') : l10n.t('No run is pinned.');
  const runs = (await severalRuns(parts, target, others, { placeHolder, none, only: isOther })).filter(isOther);
  if (runs.length > 0)
    await parts.history.change(
      runs.map(({ folder }) => folder),
      { pinned },
    );
}
