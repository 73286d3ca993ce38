/** A whole training in a run folder: what it says of itself from beginning to end. */
import { CancelledError } from '../common/errors';
import { trainingSets, type TrainingSets } from '../datasets';
import { stepsPerEpoch } from './epoch';
import { trainEpochs, type Training } from './epochs';
import { createStatusWriter, type StoppedAt } from './progress';
import { findResumePoint } from './resumePoint';
import type { WithinEpoch } from './stopped';
import { succeeds } from '../common/succeeds';

/**
 * Trains from where it was stopped, else from the newest epoch of the run folder that is whole, or from the beginning, to
 * the study's last epoch.
 * @throws InputError where there are epochs and none is whole: see `findResumePoint`
 * @throws CancelledError after status.json says so; anything else after status.json says "failed"
 */
export async function train(training: Training): Promise<void> {
  const { folder, study, manifest } = training.run;
  const { epochs, batchSize } = study.training;
  const resumed = await findResumePoint(training.run, training.model, training);
  const damage = resumed?.damage ?? [];
  const sets = trainingSets(training.dataset.train, study.dataset, study.training.seed);
  const status = createStatusWriter(folder, epochs, stepsPerEpoch(sets.train.count, batchSize), damage);
  const tell = training.onEvent ?? (() => undefined);
  let done = resumed?.epoch ?? 0;
  let stopped: StoppedAt | undefined;
  try {
    await status.state('training', done);
    if (manifest.microBatch !== undefined) tell({ event: 'microBatches', ...manifest.microBatch });
    const within = resumed?.within && placeOf(resumed.within);
    const resetOptimizer = resumed !== undefined && resumed.optimizer === undefined;
    tell({
      event: 'started',
      run: folder,
      epochs,
      fromEpoch: done,
      ...(within && { within }),
      damage,
      resetOptimizer,
      ...validationOf(sets),
    });
    if (resumed === undefined || done < epochs) await training.onBegin?.(resumed === undefined ? 0 : done + 1);
    const watcher = {
      status,
      tell,
      stopped: (at: StoppedAt) => {
        stopped = at;
        status.stoppedAt(at);
      },
    };
    for await (const epoch of trainEpochs(training, sets, resumed, watcher)) {
      done = epoch;
      await status.state('training', done);
    }
    await status.state('finished', done);
    tell({ event: 'finished', run: folder, epoch: done });
  } catch (error) {
    if (!(await isHeld(training))) throw error;
    const cancelled = error instanceof CancelledError;
    await status.state(cancelled ? 'cancelled' : 'failed', done, cancelled ? undefined : messageOf(error));
    if (cancelled) tell({ event: 'cancelled', run: folder, epoch: done, ...(stopped && { stopped }) });
    throw error;
  }
}

function placeOf({ epoch, step, steps: of }: WithinEpoch): StoppedAt {
  return { epoch, step, of };
}

/** Of an event that says with what a training begins. */
function validationOf({ validation }: TrainingSets): { validationImages?: number } {
  return validation === undefined ? {} : { validationImages: validation.count };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the run folder is still this process's: if not, its status is no longer ours to write. */
async function isHeld({ lock }: Training): Promise<boolean> {
  return succeeds(lock.assertHeld());
}
