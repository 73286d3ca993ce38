/** The images that a run's training kept back. */
import { splitByClass, subset, type ImageSource } from '../../datasets';
import { isTrainedHere, type Run } from '../../runs';
import { withSet } from '../images/sets';

/** Undefined where it kept none back; of checkpoints that were trained elsewhere nobody knows which they have seen. */
export function validationImages(
  run: Run,
  withTraining: (work: (set: ImageSource) => ImageSource) => Promise<ImageSource> = (work) =>
    withSet(run, 'train', ({ set }) => Promise.resolve(work(set))),
): Promise<ImageSource | undefined> {
  const { dataset, training } = run.study;
  const { validation } = dataset;
  if (validation === undefined || !isTrainedHere(run.manifest)) return Promise.resolve(undefined);
  return withTraining((set) => subset(set, splitByClass(set.labels, validation.count, training.seed).validation));
}
