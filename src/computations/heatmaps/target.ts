import { indexOfLargest } from '../../common/scores';

/** Which class a heatmap is for: the one predicted, the image's label, or one by its number. */
export type TargetClass = 'predicted' | 'label' | number;

/** Undefined is the predicted class, which also stands in for a label that is not known. */
export function givenClass(target: TargetClass, label: number | null): number | undefined {
  if (target === 'predicted') return undefined;
  return target === 'label' ? (label ?? undefined) : target;
}

/** @param logits [classes] */
export function classOf(target: TargetClass, label: number | null, logits: Float32Array): number {
  return givenClass(target, label) ?? indexOfLargest(logits);
}
