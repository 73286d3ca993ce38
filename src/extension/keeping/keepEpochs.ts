import * as vscode from 'vscode';
import { bytesText } from '../../common/bytesText';
import { epochRanges } from '../../common/epochRanges';
import type { CoreParts } from '../coreParts';
import type { PrunePlan } from '../../runs';
import { pickRun } from '../runs/pick';
import { isLive, titleOf } from '../runs/runSummary';
import { whenText } from '../runs/runText';
import type { RunTarget } from '../runs/target';
import type { RunSummary } from '../runs/runStore';

/** A confirmation lists at most this many files. */
const MOST_LISTED = 15;

/** Deletes the checkpoints that are not to be kept, after it has listed them and the person has confirmed. */
export async function keepEpochsCommand({ runStore, log }: CoreParts, target: RunTarget): Promise<void> {
  const run = await pickRun(target, runStore, {
    placeHolder: 'Keep epochs of which run?',
    none: 'There is no run with several checkpoints that is not being trained.',
    only: (each) => each.checkpoints.length > 1 && !isLive(each),
  });
  const rule = run === undefined ? undefined : await askRule(run);
  if (run === undefined || rule === undefined) return;
  const { openRun, parseKeepRule, planPrune, pruneRun } = await import('../../runs');
  const opened = await openRun(run.folder);
  const plan = await planPrune(opened, parseKeepRule(rule));
  if (plan.removed.length === 0) {
    void vscode.window.showInformationMessage(['There is nothing to delete.', ...plan.notes].join(' '));
    return;
  }
  const remove = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete ${filesText(plan.removed.length)} of ${run.studyName} from ${whenText(run.createdAt)}?`,
    { modal: true, detail: detailOf(plan) },
    remove,
  );
  if (answer !== remove) return;
  const done = await pruneRun(opened, parseKeepRule(rule));
  log.info(`Deleted from ${run.folder}: ${done.removed.map(({ file }) => file).join(', ')}`);
  await runStore.reread(run.folder);
  void vscode.window.showInformationMessage(
    `Deleted ${filesText(done.removed.length)}, ${bytesText(done.bytes)} freed.`,
  );
}

function filesText(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}

function detailOf({ kept, removed, bytes, notes }: PrunePlan): string {
  const files = removed.slice(0, MOST_LISTED).map(({ file, bytes: size }) => `${file} (${bytesText(size)})`);
  const more = removed.length - files.length;
  return [
    ...notes,
    `Epochs ${epochRanges(kept)} stay. ${bytesText(bytes)} are freed. These files are deleted for good:`,
    [...files, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'),
  ].join('\n\n');
}

interface RuleItem extends vscode.QuickPickItem {
  /** The argument of `--keep`; undefined asks for it. */
  readonly rule: string | undefined;
}

async function askRule(run: RunSummary): Promise<string | undefined> {
  const { studyName, checkpoints } = run;
  const first = checkpoints[0] ?? 0;
  const items: RuleItem[] = [
    { label: 'Best and last', description: 'of the best test accuracy, and the newest', rule: 'best,last' },
    { label: 'Every 2nd, and last', rule: 'every:2,last' },
    { label: 'Every 5th, and last', rule: 'every:5,last' },
    { label: 'Every 10th, and last', rule: 'every:10,last' },
    { label: 'First, best and last', description: titleOf(run, first), rule: `${first},best,last` },
    { label: 'Some…', description: 'such as 0,5,10 or every:4,best', rule: undefined },
  ];
  const options = { title: `Keep Epochs of ${studyName}`, placeHolder: 'Which checkpoints stay?' };
  const item = await vscode.window.showQuickPick(items, options);
  if (item === undefined || item.rule !== undefined) return item?.rule;
  const { parseKeepRule } = await import('../../runs');
  return vscode.window.showInputBox({
    title: options.title,
    prompt: 'Epochs, every:N, best, last; several with commas.',
    value: checkpoints.slice(-1).join(''),
    validateInput(text) {
      try {
        parseKeepRule(text);
        return undefined;
      } catch {
        return 'Epochs such as 0,5,10; every:N; best; last; all.';
      }
    },
  });
}
