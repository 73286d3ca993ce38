/**
 * 3×3 convolutions of many channels over maps of a few positions, as they end ResNets, in Winograd's way: F(2×2, 3×3) of
 * Lavin and Gray 2015 (arXiv:1509.09308). Each tile of 2×2 outputs is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A of the filter g and the
 * 4×4 inputs d around it, which takes 16 products a channel and not 36. As there are so few positions, taking tiles with
 * their zeros around the map, and transforming them, is one product of matrices; so is putting them together again.
 *
 * The filters are transformed once for many batches: that takes as long as it saves with a batch of 16 images. A batch of
 * 64 over 4×4 maps of 512 channels takes less than half the time; from 8×8 on nothing is gained.
 */
import { lastingWith } from './cut';
import {
  attributeOf,
  BOOLEAN,
  INT32,
  pruned,
  shapesOf,
  type Graph,
  type Node,
  type Operation,
  type Output,
  type Placeholder,
} from './graph';
import { FLOATS, nodeMaker, typeAttribute } from './nodeMaker';

const LARGEST_SIDE = 4;
const LEAST_CHANNELS = 256;

/** Bᵀ, [4, 4] */
const INPUT_TRANSFORM = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];
/** G, [4, 3] */
const FILTER_TRANSFORM = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
/** Aᵀ, [2, 4] */
const OUTPUT_TRANSFORM = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];
/** Positions of a tile's outputs, and of its inputs, along an axis. */
const [OUTPUTS, INPUTS] = [2, 4] as const;

/** @param lasting the graph's inputs that are the same for many batches, such as weights */
export function convolveSmallMaps(graph: Graph, lasting: readonly Placeholder[]): Graph {
  const shapeOf = shapesOf(graph);
  const isLasting = lastingWith(graph, lasting);
  const nodes = graph.nodes.flatMap((node) =>
    node.kind === 'operation' && isSuitable(node, shapeOf) && isLasting(node.inputs[1] as Output)
      ? winograd(node, shapeOf(node.inputs[1] as Output))
      : [node],
  );
  return pruned({ ...graph, nodes });
}

function isSuitable(node: Operation, shapeOf: (output: Output) => readonly number[]): boolean {
  if (node.op !== 'Conv2D' || attributeOf(node, 'padding') !== 'SAME') return false;
  const ones = [attributeOf(node, 'strides'), attributeOf(node, 'dilations')].flat().every((step) => step === 1);
  const [, height = Infinity, width = Infinity] = node.shapes[0] ?? [];
  const [rows, columns, inputs = 0, outputs = 0] = shapeOf(node.inputs[1] as Output);
  return (
    ones &&
    rows === 3 &&
    columns === 3 &&
    Math.max(height, width) <= LARGEST_SIDE &&
    Math.min(inputs, outputs) >= LEAST_CHANNELS
  );
}

/** In the convolution's place; the last has its name. */
function winograd({ name, inputs, shapes }: Operation, filterShape: readonly number[]): Node[] {
  const { nodes, floats, integers, operation } = nodeMaker();
  const [maps, filters] = inputs as [Output, Output];
  const [, height, width] = shapes[0] as [number, number, number];
  const [channels, filterCount] = filterShape.slice(2) as [number, number];
  const within = (part: string): string => `${name}/${part}`;

  function reshape(part: string, x: Output, shape: readonly number[]): Output {
    const attributes = [FLOATS, typeAttribute('Tshape', INT32)];
    return operation(part, 'Reshape', [x, integers(`${part}/shape`, shape)], { shapes: [shape], attributes });
  }

  /** Swaps the first two of three axes, of which the given shape comes out. */
  function swap(part: string, x: Output, shape: readonly number[]): Output {
    const attributes = [FLOATS, typeAttribute('Tperm', INT32)];
    return operation(part, 'Transpose', [x, integers(`${part}/order`, [1, 0, 2])], { shapes: [shape], attributes });
  }

  function product(part: string, matrix: Matrix, x: Output, transposed = false): Output {
    const shape = [matrix.length, (matrix[0] as readonly number[]).length] as const;
    const attributes = [FLOATS, { name: 'transpose_a', type: BOOLEAN, value: transposed }];
    const given = floats(`${part}/matrix`, matrix.flat(), shape);
    return operation(part, 'MatMul', [given, x], { shapes: [[transposed ? shape[1] : shape[0], -1]], attributes });
  }

  const positions = height * width;
  const taps = INPUTS * INPUTS;
  const tiles = tilesAlong(height) * tilesAlong(width);
  const flatFilters = reshape(within('filters'), filters, [9, channels * filterCount]);
  const transformed = product(within('filters/transformed'), FILTERS, flatFilters);
  const factors = reshape(within('factors'), transformed, [taps, channels, filterCount]);

  const images = reshape(within('images'), maps, [-1, positions, channels]);
  const swapped = reshape(within('flat'), swap(within('swapped'), images, [positions, -1, channels]), [positions, -1]);
  const given = product(within('tiles'), inBothAxes(inputsAlong(height), inputsAlong(width)), swapped);
  const multiplied = operation(
    within('products'),
    'BatchMatMulV2',
    [reshape(within('inputs'), given, [taps, -1, channels]), factors],
    { shapes: [[taps, -1, filterCount]] },
  );
  const outputs = reshape(within('outputs'), multiplied, [taps * tiles, -1]);
  const joined = product(within('joined'), inBothAxes(outputsAlong(height), outputsAlong(width)), outputs, true);
  const back = swap(within('back'), reshape(within('maps'), joined, [positions, -1, filterCount]), [
    -1,
    positions,
    filterCount,
  ]);
  reshape(name, back, [-1, height, width, filterCount]);
  return nodes;
}

type Matrix = readonly (readonly number[])[];
/** For each of a tile's inputs, and each tile along an axis: what has to do with it of each position, [size]. */
type Along = readonly Matrix[];

const FILTERS = inBothAxes(
  FILTER_TRANSFORM.map((row) => [row]),
  FILTER_TRANSFORM.map((row) => [row]),
);

function tilesAlong(size: number): number {
  return Math.ceil(size / OUTPUTS);
}

/** How each position goes into a transformed input. Around the map there are zeros. */
function inputsAlong(size: number): Along {
  return alongTiles(size, (input, position) => INPUT_TRANSFORM[input]?.[position + 1] ?? 0);
}

/** How a transformed output goes into each position. */
function outputsAlong(size: number): Along {
  return alongTiles(size, (input, position) => OUTPUT_TRANSFORM[position]?.[input] ?? 0);
}

/** @param factor of a position counted from the tile's first output */
function alongTiles(size: number, factor: (input: number, position: number) => number): Along {
  const sizes = Array.from({ length: size }, (_, position) => position);
  return Array.from({ length: INPUTS }, (_, input) =>
    Array.from({ length: tilesAlong(size) }, (__, tile) =>
      sizes.map((position) => factor(input, position - tile * OUTPUTS)),
    ),
  );
}

/** Rows by input and input, tile and tile; columns by position and position. */
function inBothAxes(vertical: Along, horizontal: Along): Matrix {
  return vertical.flatMap((above) =>
    horizontal.flatMap((beside) =>
      above.flatMap((row) => beside.map((column) => row.flatMap((a) => column.map((b) => a * b)))),
    ),
  );
}
