/** Where the boxes of a network's map stand: one row for each step away from the image, branches side by side. */
import type { NetworkMapView } from '../../../src/protocol/runPanel';

export type Box = NetworkMapView[number];

export interface PlacedBox {
  readonly box: Box;
  /** Of the left upper corner, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The name's end, where it has room. */
  readonly text: string;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  readonly boxHeight: number;
  /** In the map's order. */
  readonly boxes: readonly PlacedBox[];
  /** SVG paths. */
  readonly edges: readonly string[];
  /** "56×56", where the maps get another size. */
  readonly sizes: readonly { readonly y: number; readonly text: string }[];
}

const SIZES = 46;
const LARGEST = 122;
const ROOM = 176;
const GAP = 6;
/** For the lines that pass boxes by. */
const MARGIN = 34;
const MOST_ROWS_WITH_NAMES = 60;
/** Of what joins more, only the line from the last is drawn. */
const MOST_LINES = 3;

export function layoutOf(map: NetworkMapView, inputSize: number): NetworkLayout {
  const rows = rowsOf(map);
  const isSparse = rows.length <= MOST_ROWS_WITH_NAMES;
  const [boxHeight, pitch] = isSparse ? [16, 25] : [9, 14];
  const boxes: PlacedBox[] = [];
  for (const [row, members] of rows.entries()) {
    const widths = members.map((at) => widthOf(map[at] as Box, inputSize));
    const all = widths.reduce((sum, width) => sum + width, 0) + GAP * (members.length - 1);
    const scale = Math.min(1, ROOM / all);
    let x = SIZES + (ROOM - all * scale) / 2;
    members.forEach((at, place) => {
      const box = map[at] as Box;
      const width = (widths[place] as number) * scale;
      boxes[at] = { box, x, y: 4 + row * pitch, width, text: isSparse ? shortName(box, width) : '' };
      x += width + GAP * scale;
    });
  }
  return {
    width: SIZES + ROOM + MARGIN,
    height: rows.length * pitch + 4,
    boxHeight,
    boxes,
    edges: edgesOf(map, boxes, boxHeight, pitch),
    sizes: sizesOf(map, rows, boxes, boxHeight),
  };
}

/** The boxes that are so many steps behind the image, by the places of what they follow from. */
function rowsOf(map: NetworkMapView): number[][] {
  const row: number[] = [];
  const place: number[] = [];
  const rows: number[][] = [];
  map.forEach(({ inputs }, at) => {
    row[at] = 1 + Math.max(-1, ...inputs.map((input) => row[input] as number));
    (rows[row[at]] ??= []).push(at);
  });
  for (const members of rows) {
    const from = (at: number): number => {
      const { inputs } = map[at] as Box;
      return inputs.reduce((sum, input) => sum + (place[input] as number), 0) / Math.max(1, inputs.length);
    };
    members.sort((a, b) => from(a) - from(b) || a - b);
    members.forEach((at, index) => (place[at] = (index + 0.5) / members.length));
  }
  return rows;
}

/** By the logarithm of a side: halving looks alike at every size. */
function widthOf({ height, width }: Box, inputSize: number): number {
  const side = Math.sqrt(height * width);
  return 22 + (LARGEST - 22) * Math.min(1, Math.log2(side + 1) / Math.log2(inputSize + 1));
}

function shortName({ name }: Box, width: number): string {
  const room = Math.floor((width - 6) / 5.4);
  const parts = name.split('.');
  while (parts.length > 1 && parts.join('.').length > room) parts.shift();
  const text = parts.join('.');
  return text.length > room ? '' : text;
}

function edgesOf(map: NetworkMapView, boxes: readonly PlacedBox[], boxHeight: number, pitch: number): string[] {
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  return map.flatMap(({ inputs }, at) => {
    const to = boxes[at] as PlacedBox;
    return (inputs.length > MOST_LINES ? inputs.slice(-1) : inputs).map((input) => {
      const from = boxes[input] as PlacedBox;
      const [x0, x1] = [from.x + from.width / 2, to.x + to.width / 2];
      const rows = Math.round((to.y - from.y) / pitch);
      if (rows <= 1) return `M${fixed(x0)} ${from.y + boxHeight}L${fixed(x1)} ${to.y}`;
      const out = Math.min(right + 6 + 3 * rows, SIZES + ROOM + MARGIN - 4);
      const [y0, y1] = [from.y + boxHeight / 2, to.y + boxHeight / 2];
      return `M${fixed(from.x + from.width)} ${y0}C${fixed(out)} ${y0} ${fixed(out)} ${y1} ${fixed(to.x + to.width)} ${y1}`;
    });
  });
}

function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}

function sizesOf(map: NetworkMapView, rows: number[][], boxes: readonly PlacedBox[], boxHeight: number) {
  const larger = (a: Box, b: Box): Box => (b.height * b.width > a.height * a.width ? b : a);
  // Of this row and all below: what is squeezed to a position and multiplied with the map is no other size of the network.
  const largest: Box[] = [];
  for (let row = rows.length - 1; row >= 0; row--) {
    const inRow = (rows[row] as number[]).map((at) => map[at] as Box);
    largest[row] = [...inRow, ...(largest[row + 1] === undefined ? [] : [largest[row + 1] as Box])].reduce(larger);
  }
  return largest.flatMap(({ height, width }, row) => {
    const text = `${height}×${width}`;
    const above = largest[row - 1];
    if (above !== undefined && text === `${above.height}×${above.width}`) return [];
    const [first = 0] = rows[row] as number[];
    return [{ y: (boxes[first] as PlacedBox).y + boxHeight - 2, text }];
  });
}
