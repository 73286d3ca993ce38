/** What is saved of the panel: a picture, or numbers. */
import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import type { DrawnChart } from '../chart/echarts';
import { styleOf } from '../chart/palette';
import type { Appearance } from '../common/heat/appearance';
import { imageCsv } from './image/csv';
import { figureOf } from './image/figure';
import type { ImageState } from './image/imageState';
import type { RobustnessState } from './robustnessState';
import type { Sort } from './tests/columns';
import { testsCsv } from './tests/csv';
import { curvesOf } from './tests/curves';
import { testsPicture } from './tests/picture';

type Bytes = Promise<Uint8Array<ArrayBuffer>>;

export async function exportImage(kind: ExportKind, of: ImageState | undefined, look: Appearance): Bytes {
  if (of?.store.layer === undefined) throw nothing();
  if (kind === 'csv') return new TextEncoder().encode(imageCsv(of));
  return new Uint8Array(await (await figureOf(of, look)).arrayBuffer());
}

export async function exportTests(
  kind: ExportKind,
  of: RobustnessState | undefined,
  sort: Sort,
  chart: DrawnChart | undefined,
): Bytes {
  if (of === undefined) throw nothing();
  if (kind === 'csv') return new TextEncoder().encode(testsCsv(of));
  if (chart === undefined) throw nothing();
  return testsPicture(chart, of, curvesOf(of, styleOf), sort);
}

function nothing(): Error {
  return new Error(l10n.t('There is nothing to export yet.'));
}
