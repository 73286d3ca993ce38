import type { RunCurve } from '../../../../src/protocol/metrics';
import type { ShownRun } from '../../../../webview/metrics/shown';

/** A run that is shown, finished and of seed 1, but for what is said of it. */
export function shownRun(change: Partial<RunCurve> = {}): ShownRun {
  const named = { run: '/r', id: 'a', studyName: 's', name: 'a', stateText: '', recipe: 's', seed: 1 };
  const said = { live: false, batches: null, warning: null, plannedEpochs: 8, unmeasured: 0, whole: true };
  const steps = { at: [], loss: [], learningRate: [], imagesPerSecond: [] };
  const values = { epochs: [], claims: [], steps, more: {} };
  return {
    curve: { ...named, ...said, repeated: false, ...values, ...change },
    style: { colour: '#000', symbol: 'circle' },
  };
}

/** Of so many epochs, with these test accuracies. */
export function epochsOf(...accuracies: (number | null)[]): RunCurve['epochs'] {
  return accuracies.map((testAccuracy, epoch) => ({
    ...{ epoch, testAccuracy, trainAccuracy: testAccuracy, trainLoss: 1, testLoss: 1 },
    ...{ learningRate: 0.1, seconds: 1, imagesPerSecond: 100 },
  }));
}
