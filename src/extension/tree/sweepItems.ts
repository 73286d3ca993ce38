/** The appearance of a sweep, its recipes and cells in the tree. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import type { CellProgress } from '../../sweeps/sweepState';
import { COMMANDS } from '../ids';
import { canRunHere, isAway, isGoing, waitsHere } from '../sweep/clusterTask';
import { canAdd, canRetry, countCells, isPending } from '../sweep/counts';
import {
  cellColour,
  cellIcon,
  countsText,
  iconOf,
  progressIcon,
  progressText,
  sweepText,
  whyText,
} from '../sweep/sweepText';
import type { CellNode, RecipeNode, SweepNode } from './sweepNodes';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** "Sweep: 12 of 30 done, 1 failed · 2 h left" */
export function sweepItem({ studyFile, sweep }: SweepNode): vscode.TreeItem {
  const text = sweepText(sweep);
  const item = new vscode.TreeItem(vscode.l10n.t('Sweep'), Collapsed);
  const counts = countCells(sweep.cells);
  const pending = sweep.cells.some(isPending);
  const words = [
    'sweep',
    isGoing(sweep) ? (sweep.paused ? 'paused' : 'going') : 'still',
    canRunHere(sweep) ? 'addable' : undefined,
    pending ? 'pending' : undefined,
    counts.failed > 0 ? 'failed' : undefined,
  ];
  item.contextValue = words.filter((word) => word !== undefined).join(' ');
  item.iconPath = themeIcon(cellIcon(iconOf(counts)), cellColour(iconOf(counts)));
  item.description = text;
  item.accessibilityInformation = { label: vscode.l10n.t('Sweep: {0}', text), role: 'treeitem' };
  item.tooltip = sweep.schedulerProblem ?? sweep.runner?.waiting ?? text;
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
  item.iconPath =
    cells.length > 0
      ? themeIcon(cellIcon(iconOf(counts)), cellColour(iconOf(counts)))
      : new vscode.ThemeIcon('history');
  item.description = text;
  item.accessibilityInformation = { label: vscode.l10n.t('Recipe {0}, {1}', recipe, text), role: 'treeitem' };
  item.tooltip = recipe;
  return item;
}

/** A cell that has no run yet. */
export function cellItem({ progress }: CellNode): vscode.TreeItem {
  const { state, secondsLeft } = progress;
  const item = new vscode.TreeItem(seedText(progress), None);
  item.contextValue = cellWords(progress).join(' ');
  item.iconPath = themeIcon(progressIcon(progress), cellColour(state));
  const left = secondsLeft === null || !isPending(progress) ? [] : [durationText(secondsLeft)];
  item.description = [progressText(progress), ...left].join(' · ');
  item.accessibilityInformation = { label: `${seedText(progress)}, ${item.description}`, role: 'treeitem' };
  item.tooltip = whyText(progress) ?? progress.cell.recipe;
  return item;
}

export function seedText({ cell }: Pick<CellProgress, 'cell'>): string {
  return vscode.l10n.t('seed {0}', cell.seed);
}

/** Words that the manifest's `when` clauses test. */
export function cellWords(progress: CellProgress): string[] {
  const words = [
    'cell',
    waitsHere(progress) ? 'queued' : undefined,
    progress.task === undefined ? undefined : 'task',
    isPending(progress) ? 'cancellable' : undefined,
    canAdd(progress) ? 'addable' : undefined,
    canRetry(progress) ? 'retriable' : undefined,
  ];
  return words.filter((word) => word !== undefined);
}

/** What a cluster has to do with a cell that has a run, which says the rest: "requeued", "training on n2". */
export function awayCellText(progress: CellProgress): string | undefined {
  const text = progressText(progress);
  return isAway(progress) || progress.state === 'failed' ? text : undefined;
}

function themeIcon(id: string, colour: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}
