import { basename } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { isReportedError } from '../../../common/errors';
import type { SweepState } from '../../../sweeps/sweepState';
import { COMMANDS, SETTINGS } from '../../ids';
import type { SweepParts } from '../sweepParts';
import { bySettings, onSlurm } from './options';
import { editScript, saveScript, scriptFile, showScript } from './script';
import { sweepCommand } from './sweepCommand';

export interface ToSubmit {
  readonly state: SweepState;
  /** Of the cells. */
  readonly ids: readonly string[];
  /** The destination for ssh; null: this machine. */
  readonly host: string | null;
  /** "about 2 h · 340 MB of checkpoints"; undefined where nobody can say. */
  readonly estimate: string | undefined;
  /** Further options of `epochlens sweep`. */
  readonly more: readonly string[];
  /**
   * Of a retry: what became of them before. It is submitted as they were, until the person goes to the settings to change
   * that.
   */
  readonly reasons?: string;
}

type Step = 'submit' | 'edit' | 'show' | 'settings';

/** Shows what is about to be submitted, with its script, and submits it once the person says so. */
export async function submit(parts: SweepParts, toSubmit: ToSubmit): Promise<void> {
  let asked: Asked = { ...toSubmit, asBefore: toSubmit.reasons !== undefined };
  let step = await askStep(asked);
  while (step !== undefined) {
    try {
      if (step === 'submit') {
        await handOver(parts, asked);
        return;
      }
      await look(parts, asked, step);
      if (step === 'settings') asked = { ...asked, asBefore: false };
      step = (await isGoneOnWith(asked)) ? await askStep(asked) : undefined;
    } catch (error) {
      if (!isReportedError(error)) throw error;
      if (error.name === 'CancelledError') return;
      parts.log.error(error.message);
      step = await askAfter(error.message, asked);
    }
  }
}

interface Asked extends ToSubmit {
  readonly asBefore: boolean;
}

function optionsOf({ host, ids, more, asBefore }: Asked): string[] {
  return [...onSlurm(host, ids), ...(asBefore ? [] : bySettings()), ...more];
}

async function askStep({ state, ids, host, estimate, reasons, asBefore }: Asked): Promise<Step | undefined> {
  const { l10n } = vscode;
  const where = host === null ? l10n.t('Slurm on this machine') : l10n.t('Slurm on {0}', host);
  const cells = ids.length === 1 ? l10n.t('1 cell') : l10n.t('{0} cells', ids.length);
  const items: (vscode.QuickPickItem & { readonly step: Step })[] = [
    {
      label: `$(cloud-upload) ${l10n.t('Submit')}`,
      description: [cells, estimate, asBefore ? l10n.t('as it was submitted before') : undefined]
        .filter((part) => part !== undefined)
        .join(' · '),
      ...(reasons !== undefined && { detail: reasons }),
      step: 'submit',
    },
    { label: `$(edit) ${l10n.t('Edit Script')}`, description: basename(await scriptFile(state)), step: 'edit' },
    {
      label: `$(eye) ${l10n.t('Show Script')}`,
      description: l10n.t('as it would be submitted'),
      step: 'show',
    },
    {
      label: `$(settings-gear) ${l10n.t('Change Settings')}`,
      description: l10n.t('partition, account, time, memory'),
      step: 'settings',
    },
  ];
  const title = l10n.t('Run Sweep on…: {0}', state.studyName);
  const placeHolder = l10n.t('Submit {0} to {1}?', cells, where);
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.step;
}

async function look(parts: SweepParts, asked: Asked, step: Step): Promise<void> {
  if (step === 'edit') await editScript(asked.state);
  else if (step === 'show') await showScript(parts, asked.state, optionsOf(asked));
  else await openSettings();
}

/** While the person reads or edits, nothing stands in the way. */
async function isGoneOnWith({ state }: ToSubmit): Promise<boolean> {
  const goOn = vscode.l10n.t('Submit…');
  const message = vscode.l10n.t('The sweep of {0} is not submitted yet.', state.studyName);
  return (await vscode.window.showInformationMessage(message, goOn)) === goOn;
}

/** What is to be done after an error. */
async function askAfter(message: string, { state }: ToSubmit): Promise<Step | undefined> {
  const again = vscode.l10n.t('Try Again');
  const edit = vscode.l10n.t('Edit Script');
  const settings = vscode.l10n.t('Change Settings');
  const text = vscode.l10n.t('The sweep of {0} was not submitted: {1}', state.studyName, message);
  const answer = await vscode.window.showErrorMessage(text, again, edit, settings);
  return answer === again ? 'submit' : answer === edit ? 'edit' : answer === settings ? 'settings' : undefined;
}

const submittedSchema = z.object({
  event: z.literal('submitted'),
  id: z.nullable(z.string()),
  tasks: z.array(z.string()),
});

async function handOver(parts: SweepParts, asked: Asked): Promise<void> {
  const { state } = asked;
  await saveScript(state);
  const title = vscode.l10n.t('Submitting the sweep of {0}', state.studyName);
  const result = await sweepCommand(parts, state, title, optionsOf(asked), submittedSchema);
  const { id, tasks } = result ?? { id: null, tasks: [] };
  parts.log.info(`Submitted ${String(tasks.length)} cells of ${state.studyFile} as job ${id ?? ''}.`);
  void vscode.window.showInformationMessage(
    tasks.length === 0
      ? vscode.l10n.t('Nothing is left to submit of {0}.', state.studyName)
      : vscode.l10n.t('{0} cells of {1} are submitted, as job {2}.', tasks.length, state.studyName, id ?? ''),
  );
  await vscode.commands.executeCommand(COMMANDS.showSweep, { studyFile: state.studyFile });
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `${SETTINGS.section}.cluster`);
}
