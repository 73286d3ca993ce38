/** The appearance of a sweep, its recipes and cells in the tree. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import type { CellProgress, CellState } from '../../sweeps/sweepState';
import { COMMANDS } from '../ids';
import { canAdd, canRetry, countCells, isPending } from '../sweep/counts';
import { cellColour, cellIcon, cellStateText, countsText, iconOf, sweepText } from '../sweep/sweepText';
import type { CellNode, RecipeNode, SweepNode } from './sweepNodes';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** "Sweep: 12 of 30 done, 1 failed · 2 h left" */
export function sweepItem({ studyFile, sweep }: SweepNode): vscode.TreeItem {
  const text = sweepText(sweep);
  const item = new vscode.TreeItem(vscode.l10n.t('Sweep'), Collapsed);
  const counts = countCells(sweep.cells);
  const pending = sweep.cells.some(isPending);
  const runs = pending && sweep.runner !== undefined;
  const words = [
    'sweep',
    runs ? (sweep.paused ? 'paused' : 'going') : 'still',
    pending ? 'pending' : undefined,
    counts.failed > 0 ? 'failed' : undefined,
  ];
  item.contextValue = words.filter((word) => word !== undefined).join(' ');
  item.iconPath = icon(iconOf(counts));
  item.description = text;
  item.accessibilityInformation = { label: vscode.l10n.t('Sweep: {0}', text), role: 'treeitem' };
  item.tooltip = sweep.runner?.waiting ?? text;
  item.command = { command: COMMANDS.showSweep, title: vscode.l10n.t('Show Sweep'), arguments: [{ studyFile }] };
  return item;
}

export function recipeItem({ recipe, cells, runs }: RecipeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(recipe, Collapsed);
  const counts = countCells(cells);
  const text =
    cells.length > 0
      ? countsText(counts)
      : runs.length === 1
        ? vscode.l10n.t('1 run of an earlier sweep')
        : vscode.l10n.t('{0} runs of an earlier sweep', runs.length);
  item.contextValue = 'recipe';
  item.iconPath = cells.length > 0 ? icon(iconOf(counts)) : new vscode.ThemeIcon('history');
  item.description = text;
  item.accessibilityInformation = { label: vscode.l10n.t('Recipe {0}, {1}', recipe, text), role: 'treeitem' };
  item.tooltip = recipe;
  return item;
}

/** A cell that has no run yet. */
export function cellItem({ progress }: CellNode): vscode.TreeItem {
  const { state, secondsLeft, error } = progress;
  const item = new vscode.TreeItem(seedText(progress), None);
  item.contextValue = cellWords(progress).join(' ');
  item.iconPath = icon(state);
  const left = secondsLeft === null || !isPending(progress) ? [] : [durationText(secondsLeft)];
  item.description = [cellStateText(state), ...left].join(' · ');
  item.accessibilityInformation = { label: `${seedText(progress)}, ${item.description}`, role: 'treeitem' };
  item.tooltip = error ?? progress.cell.recipe;
  return item;
}

export function seedText({ cell }: Pick<CellProgress, 'cell'>): string {
  return vscode.l10n.t('seed {0}', cell.seed);
}

/** Words that the manifest's `when` clauses test. */
export function cellWords(progress: CellProgress): string[] {
  const words = [
    'cell',
    progress.state === 'queued' ? 'queued' : undefined,
    isPending(progress) ? 'cancellable' : undefined,
    canAdd(progress) ? 'addable' : undefined,
    canRetry(progress) ? 'retriable' : undefined,
  ];
  return words.filter((word) => word !== undefined);
}

function icon(state: CellState): vscode.ThemeIcon {
  const colour = cellColour(state);
  return new vscode.ThemeIcon(cellIcon(state), colour === undefined ? undefined : new vscode.ThemeColor(colour));
}
