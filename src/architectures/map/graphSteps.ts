/** The steps of a network that was read from a file. */
import type { Graph, GraphNode } from '../graph/graph';
import type { Shape } from '../graph/operations';
import type { MapBox } from './networkMap';

export function graphSteps({ nodes, layers }: Graph): MapBox[] {
  const steps: MapBox[] = [];
  const stepOf = new Map<number, number>();
  const layersOf = new Map<number, typeof layers>();
  for (const layer of layers) layersOf.set(layer.value, [...(layersOf.get(layer.value) ?? []), layer]);
  for (const node of nodes) {
    const values = node.inputs.flatMap((input) => ('value' in input ? [input.value] : []));
    const own = layersOf.get(node.output) ?? [];
    const [layer] = own;
    stepOf.set(node.output, steps.length);
    steps.push({
      name: layer?.name ?? moduleOf(node),
      operations: [operationOf(node)],
      ...(layer === undefined ? sizeOf(node.shape) : sizesOf(layer)),
      inputs: [...new Set(values.flatMap((value) => stepOf.get(value) ?? []))],
      layers: own.map(({ name }) => name),
    });
  }
  return steps;
}

/** By the first tensor of the state dict that it takes: "layer1.0.conv1" of "layer1.0.conv1.weight". */
function moduleOf({ inputs }: GraphNode): string {
  const [tensor = ''] = inputs.flatMap((input) => ('parameter' in input ? [input.parameter] : []));
  return tensor.slice(0, Math.max(0, tensor.lastIndexOf('.')));
}

function operationOf({ operation }: GraphNode): string {
  return 'function' in operation && operation.kind === 'unary' ? operation.function.name : operation.kind;
}

function sizesOf({ channels, height, width }: Pick<MapBox, 'channels' | 'height' | 'width'>) {
  return { channels, height, width };
}

/** Of what is no feature map the positions are taken for a column. */
function sizeOf(shape: Shape): Pick<MapBox, 'channels' | 'height' | 'width'> {
  const [, ...sizes] = shape.map((each) => (typeof each === 'number' ? each : each.batch));
  const [channels = 1, last = 1, before] = sizes.reverse();
  return { channels, height: before ?? last, width: before === undefined ? 1 : last };
}
