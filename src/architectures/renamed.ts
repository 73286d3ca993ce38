/** Layers under other names: one network that two libraries call differently is written once. */
import type { Layers } from './layers';

/** The layers whose first argument is a module's name, or a parameter's. */
const NAMED: ReadonlySet<PropertyKey> = new Set<keyof Layers<unknown>>([
  'conv2d',
  'depthwiseConv2d',
  'linearAtPositions',
  'batchNorm',
  'layerNorm',
  'scaleBy',
  'targetLayer',
  'classify',
  'linear',
]);

/** @param rename from a module's name to the one that is declared */
export function renamed<X>(layers: Layers<X>, rename: (module: string) => string): Layers<X> {
  return new Proxy(layers, {
    get(target, property) {
      const layer = Reflect.get(target, property) as (...args: unknown[]) => X;
      return (first: unknown, ...rest: unknown[]) =>
        layer.call(target, NAMED.has(property) ? rename(first as string) : first, ...rest);
    },
  });
}
