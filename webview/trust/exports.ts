/** What the panel saves of a tab: its charts as a picture, or all its numbers. */
import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { chartsPicture } from '../chart/picture';
import { csvOf } from './csv';
import { handles } from './section';
import type { TabSection } from './tabSection';

export async function exported(
  kind: ExportKind,
  sections: readonly TabSection[],
  title: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const shown = sections.flatMap(({ key, content }) => {
    const of = content.peek();
    return of === undefined ? [] : [{ name: key, ...of }];
  });
  if (shown.length === 0) throw new Error(l10n.t('There is nothing to export yet.'));
  if (kind === 'csv') return new TextEncoder().encode(csvOf(shown));
  const charts = shown.flatMap(({ name, figures }) =>
    figures.flatMap(({ key }) => handles.get(`${name} ${key}`) ?? []),
  );
  return chartsPicture(charts, [
    title,
    ...shown.flatMap(({ sentences }) => sentences),
    l10n.t('Shaded: 95 % intervals; dotted: test accuracy.'),
  ]);
}
