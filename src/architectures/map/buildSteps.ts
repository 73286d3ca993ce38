/** The steps of an architecture that is a function of layers. */
import type { Architecture } from '../architecture';
import { ShapeLayers, type MapShape } from '../declare';
import type { Graph } from '../graph/graph';
import type { Layers } from '../layers';
import { graphSteps } from './graphSteps';
import type { MapBox } from './networkMap';

/** What a layer makes: its shape, and the step that made it; undefined of the images. */
class Made {
  constructor(
    readonly shape: MapShape,
    readonly step: number | undefined,
  ) {}
}

/** Each call of a layer is a step: shapes are those that `ShapeLayers` finds. */
export function buildSteps({ build }: Pick<Architecture, 'build'>, inputSize: number, classes: number): MapBox[] {
  const steps: MapBox[] = [];
  const shapes = new ShapeLayers([], []);
  const handler: ProxyHandler<ShapeLayers> = {
    get: (target, operation) => {
      const method = Reflect.get(target, operation) as (...values: unknown[]) => MapShape;
      return (...values: unknown[]): Made => {
        const made = values.flat().filter((value) => value instanceof Made);
        const [first] = made;
        if (operation === 'targetLayer' && first?.step !== undefined) {
          const step = steps[first.step] as MapBox;
          const layer = String(values[0]);
          steps[first.step] = { ...step, name: step.name || layer, layers: [...step.layers, layer] };
          return first;
        }
        if (operation === 'graph') steps.push(...graphSteps(values[0] as Graph));
        const shape = method.apply(target, values.map(shapeOf));
        const [name] = values;
        if (operation !== 'graph')
          steps.push({
            name: typeof name === 'string' ? name : '',
            operations: [String(operation)],
            ...shape,
            inputs: [...new Set(made.flatMap(({ step }) => step ?? []))],
            layers: [],
          });
        return new Made(shape, steps.length - 1);
      };
    },
  };
  const layers = new Proxy(shapes, handler) as unknown as Layers<Made>;
  build(layers, new Made({ channels: 3, height: inputSize, width: inputSize }, undefined), classes);
  return steps;
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  return value instanceof Made ? value.shape : value;
}
