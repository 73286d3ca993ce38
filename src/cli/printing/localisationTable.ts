/** What `localisation` prints. */
import type { Localisation } from '../../computations/localisation/schema';
import { CONTROLS } from '../../measures/faithfulness/controls';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES } from '../../measures/localisation/measures';
import { FOCUS_NOTE, focusTexts, maskedTexts } from '../../measures/localisation/text';
import type { Estimate } from '../../statistics/schemas';
import { dashLines, meanCells } from './estimates';
import { table, withoutEmptyColumns, type Output } from './output';

/** @param named what an epoch is called in its column */
export function printLocalisation(output: Output, measured: Localisation, named: (epoch: number) => string): void {
  const { methods, points, maskArea, images, mosaics } = measured;
  const methodOf = (at: number): string => methods[at]?.method.name ?? '';
  if (images > 0) {
    const head = LOCALISATION_MEASURES.flatMap(({ short }) => [short, '95 %']);
    const beside = LOCALISATION_CONTROLS.flatMap((id) => [`− ${id}`, '95 %']);
    const rows = points.flatMap((ofMethod, at) =>
      ofMethod.flatMap(({ epoch, masked }) => {
        if (masked === null) return [];
        const values = LOCALISATION_MEASURES.flatMap(({ key }) => meanCells(masked[key].estimate, 3));
        const differences = masked.energy.controls.flatMap(({ difference }) => meanCells(difference, 3));
        return [[methodOf(at), named(epoch), comparedText(masked.energy.estimate, images), ...values, ...differences]];
      }),
    );
    for (const line of table(withoutEmptyColumns([['method', 'epoch', 'images', ...head, ...beside], ...rows])))
      output.line(line);
    output.line(
      `Of ${images} images without those whose map is flat. The objects take ${((maskArea ?? 0) * 100).toFixed(1)} % of the area. The last columns: energy less that of ${LOCALISATION_CONTROLS.map((id) => CONTROLS.find((each) => each.id === id)?.name ?? id).join(' and ')}.`,
    );
  }
  if (mosaics > 0) {
    const rows = points.flatMap((ofMethod, at) =>
      ofMethod.flatMap(({ epoch, focus }) =>
        focus === null
          ? []
          : [[methodOf(at), named(epoch), comparedText(focus.estimate, mosaics), ...meanCells(focus.estimate, 3)]],
      ),
    );
    if (images > 0) output.line();
    for (const line of table(withoutEmptyColumns([['method', 'epoch', 'mosaics', 'Focus', '95 %'], ...rows])))
      output.line(line);
    output.line(`Of ${mosaics} mosaics without those whose map is flat. ${FOCUS_NOTE}`);
  }
  const estimates = points
    .flat()
    .flatMap(({ masked, focus }) => [
      ...(masked === null ? [] : LOCALISATION_MEASURES.map(({ key }) => masked[key].estimate)),
      ...(focus === null ? [] : [focus.estimate]),
    ]);
  for (const line of dashLines(estimates)) output.line(line);
  output.line();
  points.forEach((ofMethod, at) => {
    const of = { name: methodOf(at), layer: methods[at]?.layer.name ?? '', points: ofMethod };
    for (const text of [...maskedTexts(of), ...focusTexts(of)]) output.line(text);
  });
}

/** "88 of 100" */
function comparedText(estimate: Estimate | null, of: number): string {
  return `${estimate?.n ?? 0} of ${of}`;
}
