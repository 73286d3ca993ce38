/** What is shown, as a file. */
import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import type { ChartHandle } from '../chart/chart';
import { bandCsv } from './bandCsv';
import type { ChartKind } from './chartKinds';
import { metricsCsv } from './csv';
import { partsOf, runTitle } from './measures';
import { metricsPicture, type LegendEntry } from './picture';
import type { ShownRecipe } from './recipes';
import type { SavedState } from './savedState';
import { isMetric } from './series';
import type { ShownRun } from './shown';

export interface Exported {
  readonly runs: readonly ShownRun[];
  /** Undefined where runs are drawn alone. */
  readonly recipes: readonly ShownRecipe[] | undefined;
  readonly kinds: readonly ChartKind[];
  readonly state: Pick<SavedState, 'parts' | 'smoothing'>;
}

export async function exported(
  kind: ExportKind,
  { runs, recipes, kinds, state }: Exported,
  handleOf: (id: string) => ChartHandle,
): Promise<Uint8Array<ArrayBuffer>> {
  const curves = runs.map(({ curve }) => curve);
  const parts = partsOf(curves, state.parts);
  if (kind === 'png') {
    const legend = recipes === undefined ? runs.map(entryOfRun) : recipes.map(entryOfRecipe);
    const charts = kinds.map(({ id }) => handleOf(id));
    return metricsPicture(charts, legend, parts, noteOf(recipes !== undefined, state.smoothing));
  }
  const others = kinds.map(({ id }) => id).filter((id) => !isMetric(id));
  const text = recipes === undefined ? metricsCsv(curves, others) : bandCsv(recipes, kinds, parts);
  return new TextEncoder().encode(text);
}

function entryOfRun({ curve, style }: ShownRun): LegendEntry {
  return { text: `${runTitle(curve)}: ${curve.stateText}`, style };
}

function entryOfRecipe({ name, style, counted }: ShownRecipe): LegendEntry {
  return { text: l10n.t('{0}: mean of {1} seeds', name, counted.length), style };
}

function noteOf(byRecipe: boolean, smoothing: number): string {
  const notes = [
    ...(byRecipe ? [l10n.t('bands: 95 % intervals of the mean over seeds (Student’s t)')] : []),
    ...(smoothing > 0 ? [l10n.t('smoothed with a weight of {0}; faint: as it is', smoothing.toFixed(2))] : []),
  ];
  return notes.join('; ');
}
