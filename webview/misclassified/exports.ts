/** What the panel saves: the matrix and the rows in sight as a figure, or the list as a table. */
import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { csvOf } from './csv';
import { figureOf, type FigureInput } from './figure';
import type { MisclassifiedState } from './misclassifiedState';

export async function exported(
  kind: ExportKind,
  state: MisclassifiedState | undefined,
  figure: FigureInput,
): Promise<Uint8Array<ArrayBuffer>> {
  if (state === undefined) throw new Error(l10n.t('There is nothing to export yet.'));
  if (kind === 'csv') return new TextEncoder().encode(csvOf(state));
  return new Uint8Array(await (await figureOf(state, figure)).arrayBuffer());
}
