import * as vscode from 'vscode';
import type { RunSummary } from './runSummary';
import { whenText } from './runText';

/**
 * Where a run is named: under its study; in a title, where a run without a name is called by its study; or in full, where
 * nothing else tells it from the others.
 */
type Place = 'inStudy' | 'title' | 'full';

/** How a run is called, everywhere: by the name that a person gave it, by the cell of a sweep, or else by when it began. */
export function runName({ about, cell, studyName, createdAt }: Named, place: Place): string {
  const name = about.name ?? (cell && vscode.l10n.t('{0}, seed {1}', cell.recipe, cell.seed));
  if (place === 'inStudy') return name ?? whenText(createdAt);
  if (name !== undefined) return `${studyName}: ${name}`;
  return place === 'title' ? studyName : vscode.l10n.t('{0} from {1}', studyName, whenText(createdAt));
}

type Named = Pick<RunSummary, 'about' | 'cell' | 'studyName' | 'createdAt'>;
