import * as vscode from 'vscode';
import type { SweepState } from '../../../sweeps/sweepState';
import { hostsOf } from '../clusterTask';
import { hasSbatch } from './known';
import { knownHosts } from './options';

/** 'here': processes of this machine; else Slurm, with the destination for ssh, or null where it is on this machine. */
export type Where = 'here' | { readonly host: string | null };

/** Undefined where the person decides against it. */
export async function askWhere({ studyName, cells }: SweepState): Promise<Where | undefined> {
  const { l10n } = vscode;
  const hosts = [...new Set([...knownHosts(), ...hostsOf(cells).filter((host) => host !== null)])];
  const items: (vscode.QuickPickItem & { readonly where: Where | 'another' })[] = [
    { label: `$(device-desktop) ${l10n.t('This Machine')}`, description: l10n.t('in the background'), where: 'here' },
    ...((await hasSbatch())
      ? [{ label: `$(server) ${l10n.t('Slurm on This Machine')}`, description: 'sbatch', where: { host: null } }]
      : []),
    ...hosts.map((host) => ({
      label: `$(remote) ${host}`,
      description: l10n.t('Slurm by ssh'),
      where: { host },
    })),
    { label: `$(add) ${l10n.t('Another Login Node…')}`, description: l10n.t('Slurm by ssh'), where: 'another' },
  ];
  const title = l10n.t('Run Sweep on…: {0}', studyName);
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Where are its cells trained?'),
  });
  return chosen?.where === 'another' ? askHost(title) : chosen?.where;
}

const EXAMPLE = 'me@login.example.org';

async function askHost(title: string): Promise<Where | undefined> {
  const { l10n } = vscode;
  const host = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('The login node as ssh takes it. The setting epochlens.cluster.hosts keeps those you use often.'),
    placeHolder: EXAMPLE,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[^\s-]\S*$/.test(value.trim()) ? undefined : l10n.t('A destination for ssh, such as {0}', EXAMPLE),
  });
  return host === undefined ? undefined : { host: host.trim() };
}
