/** Progress of loading data and of training, in a line. */
import { counted } from '../../common/counted';
import type { DataProgress } from '../../datasets';
import type { DownloadProgress } from '../../download/source';
import type { TrainingEvent } from '../../training/progress';
import { microBatchText } from '../../runs';
import { duration, NOTHING, table, type Output } from './output';

const VERBS = { download: 'Downloading', unpack: 'Unpacking', read: 'Reading', draw: 'Drawing' };

export function showDataProgress(output: Output): (progress: DataProgress) => void {
  return ({ stage, done, total, unit, waiting }) => {
    const amount = unit === 'bytes' ? `${(done / 1e6).toFixed(0)} MB` : counted(done, 'image');
    const share = total === undefined ? '' : ` (${Math.floor((100 * done) / total)} %)`;
    output.progress(`${VERBS[stage]} the data: ${amount}${share}${waiting === undefined ? '' : `. ${waiting}`}`);
  };
}

/** Of a file of which it was said before what it is. */
export function showDownload(output: Output): (progress: DownloadProgress) => void {
  return ({ done, total, waiting }) => {
    const amount = total === undefined ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`;
    output.progress(`Downloaded ${amount}${waiting === undefined ? '' : `. ${waiting}`}`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export const METRICS_HEADER = ['epoch', 'train loss', 'train %', 'test loss', 'test %', 'seconds', 'images/s'];
/** Where a validation split keeps images back, after the others. */
const VALIDATION_HEADER = ['validation loss', 'validation %'];

/** A line an epoch, and between them where the training stands. Under --json each event is a line of its own. */
export function showTrainingEvent(output: Output): (event: TrainingEvent) => void {
  let header: readonly string[] = METRICS_HEADER;
  return (event) => {
    output.document(event);
    switch (event.event) {
      case 'started':
        for (const damage of event.damage) output.log(damage);
        output.log(beginningOf(event));
        if (event.resetOptimizer)
          output.log('The optimiser state is lost: momentum begins at zero, and the numbers are others than without.');
        header = [...METRICS_HEADER, ...(event.validationImages === undefined ? [] : VALIDATION_HEADER)];
        output.line(epochLine(header, header));
        break;
      case 'microBatches':
        output.log(microBatchText(event));
        break;
      case 'progress': {
        const { epoch, epochs, step, stepsPerEpoch, imagesPerSecond, secondsLeft } = event;
        const speed = imagesPerSecond === null ? '' : `, ${imagesPerSecond.toFixed(0)} images/s`;
        const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
        output.progress(`epoch ${epoch} of ${epochs}, step ${step} of ${stepsPerEpoch}${speed}${left}`);
        break;
      }
      case 'evaluating':
        output.progress(`epoch ${event.epoch}: evaluating ${event.done} of ${event.of} images`);
        break;
      case 'epoch':
        output.line(epochLine(header, metricsRow(event)));
        break;
      case 'notice':
        output.log(event.text);
        break;
      case 'cancelled':
        if (event.stopped !== undefined)
          output.log(
            `Stopped after step ${event.stopped.step} of ${event.stopped.of} of epoch ${event.stopped.epoch}.`,
          );
        break;
      case 'finished':
        break;
    }
  };
}

function beginningOf({ run, fromEpoch, within }: Extract<TrainingEvent, { event: 'started' }>): string {
  if (within === undefined)
    return fromEpoch > 0 ? `Going on after epoch ${fromEpoch} in ${run}` : `Training into ${run}`;
  const { epoch, step, of } = within;
  return step === of
    ? `Going on with the evaluation of epoch ${epoch} in ${run}`
    : `Going on at step ${step + 1} of ${of} of epoch ${epoch} in ${run}`;
}

type Metrics = Extract<TrainingEvent, { event: 'epoch' }>;

export function metricsRow(metrics: Omit<Metrics, 'event'>): string[] {
  const number = (value: number | null, digits: number): string =>
    value === null || !Number.isFinite(value) ? NOTHING : value.toFixed(digits);
  return [
    String(metrics.epoch),
    number(metrics.trainLoss, 4),
    number(metrics.trainAccuracy, 2),
    number(metrics.testLoss, 4),
    number(metrics.testAccuracy, 2),
    number(metrics.seconds, 1),
    number(metrics.imagesPerSecond, 0),
    ...(metrics.validationLoss === undefined ? [] : [number(metrics.validationLoss, 4)]),
    ...(metrics.validationAccuracy === undefined ? [] : [number(metrics.validationAccuracy, 2)]),
  ];
}

/** A row under the header, before the others are known: columns as wide as the header's. */
function epochLine(header: readonly string[], cells: readonly string[]): string {
  return (table([header, cells])[1] ?? '').trimEnd();
}

/** How many are done, and the time left. What comes first warms the engine up, and says little about the rest. */
export function showCount(output: Output, what: string): (done: number, of: number) => void {
  let begin: number | undefined;
  let first = 0;
  return (done, of) => {
    if (begin === undefined) [begin, first] = [performance.now(), done];
    const seconds = (performance.now() - begin) / 1000;
    const left = done > first ? `, ${duration(((of - done) * seconds) / (done - first))} left` : '';
    output.progress(`${done} of ${of} ${what}${left}`);
  };
}

/** "Packed 12 of 340 MB" */
export function showBytes(output: Output, verb: string): (done: number, of: number) => void {
  return (done, of) => output.progress(`${verb} ${(done / 1e6).toFixed(0)} of ${(of / 1e6).toFixed(0)} MB`);
}
