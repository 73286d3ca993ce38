/** What a checkpoint makes of an image: for every class at once, or by a method of the input's resolution for one. */
export interface ClassHeatmaps {
  /** [classes] */
  readonly logits: Float32Array;
  /** The classes whose maps there are, in the order of the maps. */
  readonly classes: readonly number[];
  /** The raw maps, before any scaling, [classes][height · width], row by row. */
  readonly maps: readonly Float32Array[];
  /** Of a method with a baseline: what the map of its one class should sum to, see `InputMethod.baseline`. */
  readonly expectedSum?: number | undefined;
  readonly height: number;
  readonly width: number;
  /** Where they were computed: of kept ones it is not known. */
  readonly batch?: BatchPlace;
}

/** Rounding depends on how large a batch is, and on the place in it, and not on the other images. */
export interface BatchPlace {
  readonly size: number;
  readonly place: number;
}

/** Undefined where there is no map of this class. */
export function mapOfClass(
  { classes, maps }: Pick<ClassHeatmaps, 'classes' | 'maps'>,
  target: number,
): Float32Array | undefined {
  return maps[classes.indexOf(target)];
}
