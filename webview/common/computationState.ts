export type ComputationState =
  | { readonly kind: 'idle' }
  /** `done` of `of` results are there. */
  | {
      readonly kind: 'computing' | 'cancelled';
      readonly done: number;
      readonly of: number;
      /** Seconds left, once they can be estimated. */
      readonly left?: number | undefined;
    }
  | { readonly kind: 'failed'; readonly message: string };
