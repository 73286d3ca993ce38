import type { InstallResult } from './native/install';
import type { Progress } from './native/progress';

/** What the installer sends to the program that has started it with a channel. */
export type InstallMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: InstallResult };
