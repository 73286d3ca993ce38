import * as vscode from 'vscode';

/** The output channel "EpochLens", which a person can send with a report. */
export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('EpochLens', { log: true });
}
