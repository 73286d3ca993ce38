import type { ClassHeatmaps } from './explain';
import type { ExplainMaps, ExplainStart } from './schema';

/** What a message tells of each of its images, by the image's position in the request: views of the message's arrays. */
export function rowsOf(
  { images, logits, maps }: ExplainMaps,
  { height, width }: ExplainStart['layer'],
): { readonly position: number; readonly heatmaps: ClassHeatmaps }[] {
  const classes = logits.length / images.length;
  const area = height * width;
  return images.map((position, row) => {
    const mapAt = (target: number): Float32Array => {
      const start = (row * classes + target) * area;
      return maps.subarray(start, start + area);
    };
    return {
      position,
      heatmaps: {
        logits: logits.subarray(row * classes, (row + 1) * classes),
        maps: Array.from({ length: classes }, (_, target) => mapAt(target)),
        height,
        width,
      },
    };
  });
}
