import { attacksOf } from './attacks';
import { sameTraining } from './hash';
import { benchmarksOf } from './benchmarksSchema';
import { measurementsOf } from './measurementsSchema';
import type { Study } from './schema';

/**
 * The study that counts for a run after its study file was edited. How the run was made (data set, model, training)
 * is always the run's own. What is asked of it (perturbations, measurements, images, checkpoints, layer and whatever else stands
 * under `explain`) is as the file says now, so that a changed number is tested without training anew, whatever else was
 * changed. Where the file no longer names the run's network, its layer is of another one: then the run's own counts.
 * A run of a cell of the file's sweep is asked what the cell is, whose tests have seeds of their own.
 * @param run as run.json has it
 * @param now the studies of the file: see `allStudies`; undefined where the file is gone
 */
export function studyInForce(run: Study, now: readonly Study[] | undefined): Study {
  const ofNetwork =
    sameTraining(run, now ?? []) ?? now?.find(({ model }) => model.architecture === run.model.architecture);
  const [first = run] = now ?? [];
  const { perturbations, explain } = ofNetwork ?? first;
  const { layer } = (ofNetwork ?? run).explain;
  const { dataset, model, training, name } = run;
  return {
    name,
    dataset,
    model,
    training,
    perturbations,
    explain: { ...explain, layer },
    ...benchmarksOf(ofNetwork ?? first),
    ...measurementsOf(ofNetwork ?? first),
    ...attacksOf(ofNetwork ?? first),
  };
}
