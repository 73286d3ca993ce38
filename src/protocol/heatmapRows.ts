import type { ClassHeatmaps } from '../explanations/classHeatmaps';
import type { ExplainMaps, ExplainStart } from '../computations/heatmaps/schema';

/** What a message tells of each of its images, by the image's position in the request: views of the message's arrays. */
export function rowsOf(
  { images, logits, maps, targets, expectedSums }: ExplainMaps,
  { height, width }: Pick<ExplainStart['layer'], 'height' | 'width'>,
): { readonly position: number; readonly heatmaps: ClassHeatmaps }[] {
  const all = logits.length / images.length;
  const every = Array.from({ length: all }, (_, target) => target);
  const area = height * width;
  return images.map((position, row) => {
    const classes = targets === undefined ? every : targets.slice(row, row + 1);
    const mapAt = (at: number): Float32Array => {
      const start = (row * classes.length + at) * area;
      return maps.subarray(start, start + area);
    };
    return {
      position,
      heatmaps: {
        logits: logits.subarray(row * all, (row + 1) * all),
        classes,
        maps: classes.map((_, at) => mapAt(at)),
        expectedSum: expectedSums?.[row],
        height,
        width,
      },
    };
  });
}
