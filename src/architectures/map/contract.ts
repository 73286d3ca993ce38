/** Makes one box of several. */
import type { MapBox } from './networkMap';

/**
 * @param group of each box the number of the first that it is drawn with, or its own
 * @returns fewer boxes in forward order; groups that would come before themselves stay as they are
 */
export function contract(boxes: readonly MapBox[], group: readonly number[], nameOf: NameOf): MapBox[] {
  const groups = [...group];
  let order = forwardOrder(boxes, groups);
  while (order.blocked !== undefined) {
    const { blocked } = order;
    groups.forEach((first, at) => {
      if (first === blocked) groups[at] = at;
    });
    order = forwardOrder(boxes, groups);
  }
  const placeOf = new Map(order.members.flatMap((each, place) => each.map((at) => [at, place] as const)));
  return order.members.map((each, place) => {
    const parts = each.map((at) => boxes[at] as MapBox);
    const inputs = parts.flatMap((part) => part.inputs.map((input) => placeOf.get(input) as number));
    return {
      ...(parts.at(-1) as MapBox),
      ...positionsOf(parts),
      name: nameOf(parts.flatMap(({ name }) => (name === '' ? [] : [name]))),
      operations: [...new Set(parts.flatMap(({ operations }) => operations))],
      inputs: [...new Set(inputs)].filter((input) => input !== place).sort((a, b) => a - b),
      layers: parts.flatMap(({ layers }) => layers),
    };
  });
}

interface Order {
  /** The boxes of each group, in an order in which each group comes behind what it needs. */
  readonly members: readonly (readonly number[])[];
  /** The first of several boxes that cannot be one, because something else follows from them and leads into them. */
  readonly blocked?: number;
}

function forwardOrder(boxes: readonly MapBox[], groups: readonly number[]): Order {
  const waiting = new Map<number, number[]>();
  groups.forEach((first, at) => waiting.set(first, [...(waiting.get(first) ?? []), at]));
  const members: number[][] = [];
  const isThere = (input: number, first: number): boolean =>
    groups[input] === first || !waiting.has(groups[input] as number);
  const isReady = ([first, each]: readonly [number, readonly number[]]): boolean =>
    each.every((at) => (boxes[at] as MapBox).inputs.every((input) => isThere(input, first)));
  while (waiting.size > 0) {
    const ready = firstOf(waiting, isReady);
    if (ready === undefined) {
      const several = firstOf(waiting, ([, each]) => each.length > 1);
      return { members, ...(several && { blocked: several[0] }) };
    }
    members.push(ready[1]);
    waiting.delete(ready[0]);
  }
  return { members };
}

function firstOf<Entry>(entries: Iterable<Entry>, isWanted: (entry: Entry) => boolean): Entry | undefined {
  for (const entry of entries) if (isWanted(entry)) return entry;
  return undefined;
}

/** Of its last part; of a row of tokens, where a part has them as a map, that map's. */
function positionsOf(parts: readonly MapBox[]): Pick<MapBox, 'height' | 'width'> {
  const last = parts.at(-1) as MapBox;
  const isMap = ({ height, width }: MapBox): boolean => width > 1 && height * width === last.height * last.width;
  const { height, width } = parts.find(isMap) ?? last;
  return { height, width };
}

/** What a box is called, by what its parts are called. */
export type NameOf = (names: readonly string[]) => string;

export const firstName: NameOf = ([first = '']) => first;

/** What their names begin with alike, module by module. */
export const commonModule: NameOf = (names) => {
  const [first = [], ...others] = names.map((name) => name.split('.'));
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return first.slice(0, differs <= 0 ? first.length : differs).join('.');
};
