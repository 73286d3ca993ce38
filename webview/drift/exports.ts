/** What the panel saves: the curves as a picture, or all measurements as a table. */
import * as l10n from '@vscode/l10n';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { handles } from './charts';
import { csvOf } from './csv';
import { accuraciesOf, keptEpochs, type Measured } from './driftState';
import { chartsPicture } from '../chart/picture';
import { oneClassText, randomisationText, settledText } from './sentences';

export async function exported(
  kind: ExportKind,
  view: RunView | undefined,
  measured: Measured | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (view === undefined || measured === undefined) throw new Error(l10n.t('There is nothing to export yet.'));
  const { attention } = measured;
  if (kind === 'csv') return new TextEncoder().encode(csvOf(attention, accuraciesOf(view)));
  const kept = keptEpochs(view);
  const [study, method, layer] = [view.studyName, attention.method.name, attention.layer.name];
  return chartsPicture(handles, [
    attention.target === 'label'
      ? l10n.t('Attention over epochs: {0}, {1} at layer {2}, heatmaps of the label.', study, method, layer)
      : l10n.t('Attention over epochs: {0}, {1} at layer {2}, heatmaps of the predicted class.', study, method, layer),
    l10n.t(
      'Circles: with the last epoch, or the epoch’s own; squares: with the epoch before; dotted: test accuracy; shaded: 95 % intervals.',
    ),
    settledText(attention, kept),
    oneClassText(attention, kept),
    randomisationText(attention, view.checkpoints),
  ]);
}
