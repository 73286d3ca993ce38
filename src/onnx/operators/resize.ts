/** Resize and Upsample of feature maps. */
import type { OperationOf, Pair } from '../../architectures';
import { isNumber, range, axesIn } from '../dimensions';
import type { NodeContext, Operator, Operators } from '../node';
import { Refused } from '../refused';
import type { Value } from '../values';
import { computeMaps, mapsOf, type Maps } from './windows';

type Resize = OperationOf<'resize'>;

const COORDINATES = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'] as const;
const ROUNDINGS = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'] as const;

function oneOf<T extends string>(node: NodeContext, name: string, allowed: readonly T[], otherwise: T): T {
  const found = node.text(name, otherwise);
  if (!(allowed as readonly string[]).includes(found)) throw new Refused(`${name} ${found}`, allowed.join(', '));
  return found as T;
}

const resize: Operator = (node) => {
  if (node.flag('antialias')) throw new Refused('antialias 1', 'a resize without it');
  if (node.flag('exclude_outside')) throw new Refused('exclude_outside 1', 'a resize without it');
  const policy = node.text('keep_aspect_ratio_policy', 'stretch');
  if (policy !== 'stretch') throw new Refused(`keep_aspect_ratio_policy ${policy}`, 'stretch');
  const isOld = node.opset < 11;
  const scales = node.numbers(isOld ? 1 : 2) ?? [];
  const sizes = node.dimensions(3);
  const maps = mapsOf(node, node.input(0));
  const target = targetOf(node, maps, { scales, sizes });
  const coordinates = isOld ? 'asymmetric' : oneOf(node, 'coordinate_transformation_mode', COORDINATES, 'half_pixel');
  return emitResize(node, maps, {
    ...target,
    mode: oneOf(node, 'mode', ['nearest', 'linear', 'cubic'], 'nearest'),
    coordinates,
    // Before version 11, positions are cut off.
    rounding: isOld ? 'floor' : oneOf(node, 'nearest_mode', ROUNDINGS, 'round_prefer_floor'),
    cubicCoefficient: node.float('cubic_coeff_a', -0.75),
  });
};

const upsample: Operator = (node) => {
  const scales = node.attribute('scales', 'floats') ?? node.numbers(1) ?? [];
  const maps = mapsOf(node, node.input(0));
  const mode = node.text('mode', 'nearest');
  if (mode !== 'nearest' && mode !== 'linear' && mode !== 'bilinear')
    throw new Refused(`mode ${mode}`, 'nearest or linear');
  return emitResize(node, maps, {
    ...targetOf(node, maps, { scales: [...scales], sizes: undefined }),
    mode: mode === 'nearest' ? 'nearest' : 'linear',
    coordinates: 'asymmetric',
    rounding: 'floor',
    cubicCoefficient: -0.75,
  });
};

function emitResize(node: NodeContext, maps: Maps, how: Omit<Resize, 'kind'>): Value {
  if (how.size[0] === maps.size[0] && how.size[1] === maps.size[1]) return node.input(0);
  return computeMaps(node.plan, maps, { kind: 'resize', ...how }, [maps.input], [maps.channels, ...how.size]);
}

interface Asked {
  readonly scales: readonly number[];
  readonly sizes: readonly unknown[] | undefined;
}

/** Images and channels stay as many as they are. */
function targetOf(
  node: NodeContext,
  { channels, size, isLine }: Maps,
  { scales, sizes }: Asked,
): { size: Pair; scale: Pair } {
  const rank = isLine ? 3 : 4;
  const axes = axesIn(node.integers('axes') ?? range(rank), rank);
  const given = sizes !== undefined && sizes.length > 0 ? sizes : scales;
  if (given.length !== axes.length) throw new Refused(`${given.length} lengths of ${axes.length} axes`, 'one an axis');
  const at = (axis: number) => given[axes.indexOf(axis)];
  const isSized = given !== scales;
  if (!isSized && ((at(0) ?? 1) !== 1 || (at(1) ?? 1) !== 1))
    throw new Refused('other channels', 'other positions alone');
  if (isSized && isNumber(at(1) as number | undefined) && at(1) !== channels)
    throw new Refused('other channels', 'other positions alone');
  const along = (axis: 2 | 3): [number, number] => {
    const length = size[axis - 2] as number;
    const asked = at(axis);
    if (asked === undefined) return [length, 1];
    if (typeof asked !== 'number' || !(asked > 0)) throw new Refused('a length that cannot be', 'at least 1');
    return isSized ? [asked, asked / length] : [Math.floor(length * asked), asked];
  };
  const [high, wide] = [along(2), isLine ? ([1, 1] as const) : along(3)];
  if (high[0] < 1 || wide[0] < 1) throw new Refused(`a size of ${high[0]} × ${wide[0]}`, 'at least 1');
  return { size: [high[0], wide[0]], scale: [high[1], wide[1]] };
}

export const resizing: Operators = { Resize: resize, Upsample: upsample };
