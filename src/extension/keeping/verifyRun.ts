import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { cliDocument } from '../commands/cliDocument';
import { NO_RUN } from '../commands/places';
import { showReadOnlyText } from '../readOnlyText';
import { pickRun } from '../runs/pick';
import type { RunSummary } from '../runs/runSummary';
import { whenText } from '../runs/runText';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import { damageText, detailsText, unvouched, verificationSchema, type VerifiedRun } from './verification';

const SHOW = 'Show Details';

/** Checks every sum of a run. Damage is reported, and marked in the view until the run is verified again. */
export async function verifyRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Verifying a run'))) return;
  const run = await pickRun(target, parts.runStore, { placeHolder: 'Verify which run?', none: NO_RUN });
  if (run === undefined) return;
  const title = `Verifying ${run.studyName}`;
  const { runs } = await cliDocument(parts, title, ['verify', run.folder], verificationSchema);
  const [verified] = runs;
  if (verified === undefined) throw new Error('epochlens verify reported nothing about the run');
  const damage = damageText(verified);
  parts.damage.set(run.folder, damage);
  void say(run, verified, damage);
}

async function say(run: RunSummary, verified: VerifiedRun, damage: string | undefined): Promise<void> {
  const name = `${run.studyName} from ${whenText(run.createdAt)}`;
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const older = unvouched(verified).length;
  const without =
    older === 0 ? '' : ` ${older} ${older === 1 ? 'thing has' : 'things have'} no sum to be held against.`;
  const answer =
    damage === undefined
      ? await showInformationMessage(`The run of ${name} is whole.${without}`, SHOW)
      : await showWarningMessage(`The run of ${name} is damaged: ${damage}`, SHOW);
  if (answer !== SHOW) return;
  const file = `Verification of ${run.studyName} ${run.id}.txt`;
  await showReadOnlyText(file, detailsText(`Verification of ${name}`, verified));
}
