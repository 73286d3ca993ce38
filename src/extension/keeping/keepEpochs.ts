import * as vscode from 'vscode';
import { epochRanges } from '../../common/epochRanges';
import type { CoreParts } from '../coreParts';
import { bytesText } from '../language';
import type { PrunePlan } from '../../runs';
import { pickRun } from '../runs/pick';
import { runName } from '../runs/runName';
import { isLive, titleOf } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import type { RunSummary } from '../runs/runStore';

/** A confirmation lists at most this many files. */
const MOST_LISTED = 15;

/** Deletes the checkpoints that are not to be kept, after it has listed them and the person has confirmed. */
export async function keepEpochsCommand({ runStore, log }: CoreParts, target: RunTarget): Promise<void> {
  const { l10n, window } = vscode;
  const run = await pickRun(target, runStore, {
    placeHolder: l10n.t('Keep epochs of which run?'),
    none: l10n.t('There is no run with several checkpoints that is not being trained.'),
    only: (each) => each.checkpoints.length > 1 && !isLive(each),
  });
  const rule = run === undefined ? undefined : await askRule(run);
  if (run === undefined || rule === undefined) return;
  const { openRun, parseKeepRule, planPrune, pruneRun } = await import('../../runs');
  const opened = await openRun(run.folder);
  const plan = await planPrune(opened, parseKeepRule(rule));
  if (plan.removed.length === 0) {
    void window.showInformationMessage([l10n.t('There is nothing to delete.'), ...plan.notes].join(' '));
    return;
  }
  const remove = l10n.t('Delete');
  const count = plan.removed.length;
  const name = runName(run, 'full');
  const answer = await window.showWarningMessage(
    count === 1 ? l10n.t('Delete 1 file of {0}?', name) : l10n.t('Delete {0} files of {1}?', count, name),
    { modal: true, detail: detailOf(plan) },
    remove,
  );
  if (answer !== remove) return;
  const { removed, bytes } = await pruneRun(opened, parseKeepRule(rule));
  log.info(`Deleted from ${run.folder}: ${removed.map(({ file }) => file).join(', ')}`);
  await runStore.reread(run.folder);
  const freed = bytesText(bytes);
  void window.showInformationMessage(
    removed.length === 1
      ? l10n.t('Deleted 1 file, {0} freed.', freed)
      : l10n.t('Deleted {0} files, {1} freed.', removed.length, freed),
  );
}

function detailOf({ kept, removed, bytes, notes }: PrunePlan): string {
  const { l10n } = vscode;
  const files = removed.slice(0, MOST_LISTED).map(({ file, bytes: size }) => `${file} (${bytesText(size)})`);
  const more = removed.length - files.length;
  return [
    ...notes,
    l10n.t('Epochs {0} stay. {1} are freed. These files are deleted for good:', epochRanges(kept), bytesText(bytes)),
    [...files, ...(more > 0 ? [l10n.t('… and {0} more', more)] : [])].join('\n'),
  ].join('\n\n');
}

interface RuleItem extends vscode.QuickPickItem {
  /** The argument of `--keep`; undefined asks for it. */
  readonly rule: string | undefined;
}

async function askRule(run: RunSummary): Promise<string | undefined> {
  const { l10n } = vscode;
  const { checkpoints } = run;
  const first = checkpoints[0] ?? 0;
  const items: RuleItem[] = [
    {
      label: l10n.t('Best and last'),
      description: l10n.t('of the best test accuracy, and the newest'),
      rule: 'best,last',
    },
    { label: l10n.t('Every 2nd, and last'), rule: 'every:2,last' },
    { label: l10n.t('Every 5th, and last'), rule: 'every:5,last' },
    { label: l10n.t('Every 10th, and last'), rule: 'every:10,last' },
    { label: l10n.t('First, best and last'), description: titleOf(run, first), rule: `${first},best,last` },
    { label: l10n.t('Some…'), description: l10n.t('such as {0}', '0,5,10; every:4,best'), rule: undefined },
  ];
  const options = {
    title: l10n.t('Keep Epochs of {0}', runName(run, 'title')),
    placeHolder: l10n.t('Which checkpoints stay?'),
  };
  const item = await vscode.window.showQuickPick(items, options);
  if (item === undefined || item.rule !== undefined) return item?.rule;
  const { parseKeepRule } = await import('../../runs');
  return vscode.window.showInputBox({
    title: options.title,
    prompt: l10n.t('Epochs, every:N, best, last; several with commas.'),
    value: checkpoints.slice(-1).join(''),
    validateInput(text) {
      try {
        parseKeepRule(text);
        return undefined;
      } catch {
        return l10n.t('Epochs such as 0,5,10; every:N; best; last; all.');
      }
    },
  });
}
