/** What the command line is told of a cluster: where, and what the settings ask of it. */
import * as vscode from 'vscode';
import { SETTINGS } from '../../ids';
import { readSetting } from '../../settings';

/** Of an id, enough to tell it from 2,000 others: Windows takes 32,767 characters of arguments. */
const PREFIX = 12;

/** @param host the destination for ssh; null: this machine @param ids of cells */
export function onSlurm(host: string | null, ids: readonly string[]): string[] {
  return ['--on', 'slurm', ...(host === null ? [] : ['--host', host]), ...ofCells(ids)];
}

/** What the settings ask of the cluster. What they leave open is not named: the program, or the cluster, decides. */
export function bySettings(): string[] {
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  return [
    ...['--engine', engine],
    ...word('--partition', SETTINGS.clusterPartition),
    ...word('--account', SETTINGS.clusterAccount),
    ...word('--time', SETTINGS.clusterTime),
    ...word('--memory', SETTINGS.clusterMemory),
    ...number('--limit', SETTINGS.clusterLimit, 1),
    ...number('--requeues', SETTINGS.clusterRequeues, 0),
    ...number('--cpus', SETTINGS.clusterCpus, 1),
    ...word('--node-local', SETTINGS.clusterNodeLocal),
  ];
}

export function ofCells(ids: readonly string[]): string[] {
  return ['--cell', ...ids.map((id) => id.slice(0, PREFIX))];
}

export function knownHosts(): readonly string[] {
  return readSetting(SETTINGS.clusterHosts, isWords);
}

function word(option: string, name: Parameters<typeof readSetting>[0]): string[] {
  const value = readSetting(name, isWord).trim();
  return value === '' ? [] : [option, value];
}

function number(option: string, name: Parameters<typeof readSetting>[0], least: number): string[] {
  const value = readSetting(name, isWhole);
  const { defaultValue } = vscode.workspace.getConfiguration(SETTINGS.section).inspect(name) ?? {};
  return value < least || value === defaultValue ? [] : [option, String(value)];
}

function isWord(value: unknown): value is string {
  return typeof value === 'string';
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isWord);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
