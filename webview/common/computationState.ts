export type ComputationState =
  | { readonly kind: 'idle' }
  /** `of` things are wanted, `done` of them are there. */
  | {
      readonly kind: 'computing' | 'cancelled';
      readonly done: number;
      readonly of: number;
      /** Seconds, while it is computed and one can say. */
      readonly left?: number | undefined;
    }
  | { readonly kind: 'failed'; readonly message: string };
