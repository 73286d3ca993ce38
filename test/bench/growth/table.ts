import { markdown, ratio, type Row } from '../markdown';
import { fitLine } from './fit';
import type { Growth, Growths } from './measure';

/** @param of each engine. A perturbation study looks at each image once as it is, and once a round. */
export function growthTable(of: readonly { readonly engine: string; readonly measured: Growths }[]): string {
  const head = [
    'engine',
    'study',
    'grows by',
    'beside',
    'ms',
    'fixed, ms',
    'ms a unit',
    'off the line by',
    '× forward',
  ];
  return markdown([
    head,
    ...of.flatMap(({ engine, measured }) =>
      measured.growths.map((growth): Row => {
        const { fixed, perUnit, deviation } = fitLine(growth.points);
        const forward = measured.forward * forwardsOfUnit(growth, measured.images);
        return [
          engine,
          growth.study,
          growth.by,
          growth.beside,
          growth.points.map(({ count, milliseconds }) => `${count}: ${milliseconds.toFixed(0)}`).join(', '),
          fixed.toFixed(0),
          perUnit.toPrecision(3),
          `${(100 * deviation).toFixed(0)} %`,
          ratio(perUnit / forward),
        ];
      }),
    ),
  ]);
}

/** Forward passes that a unit more takes. */
function forwardsOfUnit({ study, by }: Growth, images: number): number {
  const passes = study === 'perturbation' && by !== 'rounds' ? 2 : 1;
  return by === 'images' ? passes : passes * images;
}
