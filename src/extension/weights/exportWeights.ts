import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { cliDocument } from '../commands/cliDocument';
import type { CoreParts } from '../coreParts';
import { showReadOnlyText } from '../readOnlyText';
import { pickRun } from '../runs/pick';
import { titleOf, type RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';

/** Exports a checkpoint for timm or torchvision. The Python that loads it is shown, and copied to the clipboard. */
export async function exportWeightsCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Exporting weights')))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: vscode.l10n.t('The weights of which run?'),
    none: vscode.l10n.t('There is no run with a checkpoint yet. Train a study, or import checkpoints.'),
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  const epoch = run === undefined ? undefined : (epochOf(target) ?? (await askEpoch(run)));
  const names = run === undefined || epoch === undefined ? undefined : await askNames();
  if (run === undefined || epoch === undefined || names === undefined) return;
  const file = `${run.studyName}-epoch-${String(epoch).padStart(3, '0')}.safetensors`;
  const out = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Weights'),
    defaultUri: vscode.Uri.file(join(run.studyFile, '..', file)),
    filters: { safetensors: ['safetensors'] },
  });
  if (out === undefined) return;
  const args = ['export', run.folder, '--epoch', String(epoch), '--names', names, '--out', out.fsPath];
  const { python } = await cliDocument(
    parts,
    vscode.l10n.t('Exporting weights'),
    args,
    z.object({ python: z.string() }),
  );
  await vscode.env.clipboard.writeText(python);
  await showReadOnlyText(`load ${basename(out.fsPath, '.safetensors')}.py`, python);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Written to {0}. The Python that loads it is shown, and on the clipboard.', out.fsPath),
  );
}

function epochOf(target: RunTarget): number | undefined {
  return typeof target === 'object' && !(target instanceof vscode.Uri) ? target.epoch : undefined;
}

async function askEpoch(run: RunSummary): Promise<number | undefined> {
  const { checkpoints } = run;
  if (checkpoints.length === 1) return checkpoints[0];
  const items = [...checkpoints].reverse().map((epoch) => ({ label: titleOf(run, epoch), epoch }));
  const options = { title: vscode.l10n.t('Export Weights'), placeHolder: vscode.l10n.t('Of which epoch?') };
  return (await vscode.window.showQuickPick(items, options))?.epoch;
}

async function askNames(): Promise<string | undefined> {
  const items = [
    { label: 'timm', description: vscode.l10n.t('the names of timm.create_model’s networks') },
    {
      label: 'torchvision',
      description: vscode.l10n.t('the names of torchvision.models; EfficientNet-B0 and ResNet-18 only'),
    },
  ];
  const options = { title: vscode.l10n.t('Export Weights'), placeHolder: vscode.l10n.t('Whose names?') };
  return (await vscode.window.showQuickPick(items, options))?.label;
}
