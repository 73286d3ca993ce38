/** The run that the person compares the shown one with. */
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { OtherRun } from '../../src/protocol/heatmaps';
import type { Compared } from './settings';

export interface OtherRunOptions {
  /** What is chosen: read as a signal. */
  readonly compared: () => Compared | null;
  /** Changes when either run may have other checkpoints: read as a signal. */
  readonly basis: () => unknown;
  readonly ask: (run: string) => Promise<OtherRun>;
  /** It cannot be compared: the reason, as a sentence. */
  readonly refused: (error: unknown) => void;
}

/** Undefined until the extension has said what there is of it. */
export function createOtherRun({
  compared,
  basis,
  ask,
  refused,
}: OtherRunOptions): ReadonlySignal<OtherRun | undefined> {
  const known = signal<OtherRun | undefined>(undefined);
  effect(() => {
    const chosen = compared();
    const run = chosen?.with === 'run' ? chosen.run : undefined;
    basis();
    if (run === undefined || known.peek()?.run !== run) known.value = undefined;
    if (run === undefined) return undefined;
    let isOver = false;
    ask(run).then(
      (answer) => {
        if (!isOver) known.value = answer;
      },
      (error: unknown) => {
        if (!isOver) refused(error);
      },
    );
    return () => (isOver = true);
  });
  return known;
}
