/** What a name in the file stands for while a graph is read. */
import type { Dimension, Shape, ValueId } from '../architectures';
import { range } from './dimensions';
import type { Family } from './proto/numbers';

/** Numbers that do not depend on images, but for lengths that count them. */
export interface Known {
  readonly kind: 'known';
  readonly family: Family;
  readonly shape: readonly number[];
  /** Flat, in the file's order. */
  readonly data: ArrayLike<Dimension>;
}

/**
 * How a tensor lies in memory: axis i there is axis `order[i]` of the file. Feature maps, [n, c, h, w] in the file, lie as
 * [0, 2, 3, 1]. A transposition in the file is thereby another order of the same memory.
 */
export type Order = readonly number[];

/** A floating-point initialiser: a tensor of the state dict where something computes with it. */
export interface Weight {
  readonly kind: 'weight';
  /** The file's name of it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly order: Order;
  /** As the initialiser has them; undefined in a file without weights. */
  readonly values: (() => Float32Array) | undefined;
}

/** What follows from images, or from tensors that are trained. */
export interface Computed {
  readonly kind: 'computed';
  readonly id: ValueId;
  /** As the file has it. */
  readonly shape: Shape;
  readonly order: Order;
}

export type Value = Known | Weight | Computed;

/** `base` + `step` · the number of the image: [.., n, ..] where `base` has an axis of length 1. */
export interface Numbering {
  readonly kind: 'numbering';
  readonly step: number;
  readonly axis: number;
  readonly base: Known;
}

/** Tensors in a row, as exporters write parts of one. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly items: readonly Value[];
}

/** What nodes give and take; few operators take what is no tensor. */
export type Given = Value | Numbering | Sequence;

export function isTensor(given: Given | undefined): given is Value {
  return given !== undefined && given.kind !== 'numbering' && given.kind !== 'sequence';
}

export const CHANNELS_LAST: Order = [0, 2, 3, 1];

export function identity(rank: number): Order {
  return range(rank);
}

export function sameOrder(a: Order, b: Order): boolean {
  return a.length === b.length && a.every((axis, at) => axis === b[at]);
}

/** The shape in memory. */
export function memoryShape({ shape, order }: { readonly shape: Shape; readonly order: Order }): Shape {
  return order.map((axis) => shape[axis] as Dimension);
}

export function known(family: Family, shape: readonly number[], data: ArrayLike<Dimension>): Known {
  return { kind: 'known', family, shape, data };
}

export function integers(data: ArrayLike<Dimension>, shape: readonly number[] = [data.length]): Known {
  return known('integer', shape, data);
}
