/** The sweep that a study gets by a click: its own learning rate and a third of it, with three seeds. */
import type { Study } from '../../study';

/** @param study undefined where it cannot be read */
export function firstSweep(study: Pick<Study, 'training'> | undefined): object {
  const rate = study?.training.learningRate ?? 0.1;
  return { axes: { 'training.learningRate': [rate, Number((rate / 3).toPrecision(1))] }, seeds: 3 };
}
