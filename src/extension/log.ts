import * as vscode from 'vscode';

/** The output channel "EpochLens": what a person can send when something went wrong. */
export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('EpochLens', { log: true });
}
