/** The feature maps of a network that can be explained. */

/** How a value is looked at as a feature map [n, h, w, c]. */
export type MapView =
  | { readonly kind: 'map' }
  /** [n, prefix + h·w, c]: the first `prefix` tokens (a class token, registers) have no position and are left aside. */
  | { readonly kind: 'tokens'; readonly prefix: number };

/** A feature map that Grad-CAM can look at. */
export interface TargetLayer {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Other modules whose output is the same. */
  readonly aliases?: readonly string[];
  /** Convolutions that a file has only with a norm folded into them, which ends here: what they compute alone is nowhere. */
  readonly folded?: readonly string[];
  /** A map where absent. */
  readonly view?: MapView;
}
