import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { cliDocument } from '../commands/cliDocument';
import { showReadOnlyText } from '../readOnlyText';
import { pickRun } from '../runs/pick';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import { damageText, detailsText, unvouched, verificationSchema, type VerifiedRun } from './verification';

/** Checks every sum of a run. Damage is reported, and marked in the view until the run is verified again. */
export async function verifyRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Verifying a run')))) return;
  const run = await pickRun(target, parts.runStore, { placeHolder: vscode.l10n.t('Verify which run?') });
  if (run === undefined) return;
  const title = vscode.l10n.t('Verifying {0}', runName(run, 'title'));
  const { runs } = await cliDocument(parts, title, ['verify', run.folder], verificationSchema);
  const [verified] = runs;
  if (verified === undefined) throw new Error('epochlens verify reported nothing about the run');
  const damage = damageText(verified);
  parts.damage.set(run.folder, damage);
  void say(run, verified, damage);
}

async function say(run: RunSummary, verified: VerifiedRun, damage: string | undefined): Promise<void> {
  const { l10n, window } = vscode;
  const name = runName(run, 'full');
  const show = l10n.t('Show Details');
  const answer =
    damage === undefined
      ? await window.showInformationMessage(wholeText(name, unvouched(verified).length), show)
      : await window.showWarningMessage(l10n.t('The run of {0} is damaged: {1}', name, damage), show);
  if (answer !== show) return;
  const title = l10n.t('Verification of {0}', name);
  await showReadOnlyText(`${l10n.t('Verification of {0}', run.studyName)} ${run.id}.txt`, detailsText(title, verified));
}

/** @param older how many things an older version wrote without a sum */
function wholeText(name: string, older: number): string {
  const { l10n } = vscode;
  if (older === 0) return l10n.t('The run of {0} is whole.', name);
  return older === 1
    ? l10n.t('The run of {0} is whole. 1 thing has no sum to be held against.', name)
    : l10n.t('The run of {0} is whole. {1} things have no sum to be held against.', name, older);
}
