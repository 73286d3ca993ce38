import type { Normalization } from '../../study';

/** What `epochlens import --json` writes lines of. */
export type ImportEvent =
  | { readonly event: 'progress'; readonly text: string; readonly done: number; readonly of: number }
  | {
      readonly event: 'inspected';
      readonly architecture: string;
      readonly normalization?: Normalization;
      readonly checkpoints: readonly { readonly epoch: number }[];
    }
  | { readonly event: 'imported'; readonly run: string; readonly study: string };

export type Inspected = Extract<ImportEvent, { event: 'inspected' }>;
