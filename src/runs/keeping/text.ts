import { rangesText } from '../checkpoints/checkpoints';

/** "epoch 3", "epochs 1–2, 5" */
export function epochsText(epochs: readonly number[]): string {
  return `${epochs.length === 1 ? 'epoch' : 'epochs'} ${rangesText(epochs)}`;
}
