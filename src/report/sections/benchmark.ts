/** Errors on published benchmarks' files: by epoch, and at the last one by corruption and severity. */
import { BENCHMARK_NOTE, benchmarkSentences, missingText } from '../../measures/benchmark/text';
import { checkpointName } from '../../runs';
import { percentOf } from '../../statistics';
import type { ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, fixed, NOTHING, rateCell } from '../numbers';
import type { BenchmarkContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { figure, runsWith, type Section } from './section';

type Measured = BenchmarkContent['benchmarks'][number];
type At = Measured['epochs'][number];

/** Left out where no run has it. */
export function benchmarkSection(content: ReportContent): Section | undefined {
  const body = runsWith(
    content,
    ({ studies }) => studies.benchmark,
    (run, { benchmarks }) => html`${benchmarks.map((each) => ofBenchmark(run, each))}`,
  );
  return body && { id: 'benchmark', title: 'Published benchmarks', body };
}

function ofBenchmark(run: RunContent, { title, missing, against, epochs }: Measured): Markup {
  const last = epochs.at(-1) as At;
  const name = checkpointName(run.run.manifest, last.epoch);
  const sentences = [
    ...benchmarkSentences(name, last.benchmark, against ?? undefined),
    missingText(missing),
    BENCHMARK_NOTE,
  ];
  const { corruptions, sequences } = last.benchmark;
  return html`<h4>${title}</h4>
    <p>${sentences.filter((each) => each !== undefined).join(' ')}</p>
    ${epochs.length > 1 && figure(charts([curves(run, epochs)]), 'Error by epoch, beside that on the images as they are.')}
    ${overEpochs(run, epochs)} ${corruptions.length > 0 && bySeverity(name, last)}
    ${sequences.length > 0 && flips(name, last)}`;
}

function curves({ metrics }: RunContent, epochs: readonly At[]): Markup {
  const clean = new Map(metrics.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  const curve = (name: string, place: number, of: (at: At) => number | null | undefined): Curve => ({
    name,
    colour: curveColour(place),
    points: epochs.flatMap((at) => {
      const value = of(at);
      return value === null || value === undefined ? [] : [[at.epoch, value] as const];
    }),
  });
  return drawCurves({
    title: 'Error',
    unit: '%',
    curves: [
      curve('mean corruption error', 0, ({ benchmark }) => benchmark.meanCorruptionError?.estimate.mean),
      curve('mean flip probability', 1, ({ benchmark }) => benchmark.meanFlips?.estimate.mean),
      curve('test error', 2, ({ epoch }) => {
        const accuracy = clean.get(epoch);
        return accuracy === null || accuracy === undefined ? undefined : 100 - accuracy;
      }),
    ].filter(({ points }) => points.length > 0),
  });
}

function overEpochs(run: RunContent, epochs: readonly At[]): Markup {
  const sets = (epochs[0] as At).benchmark.testSets.map(({ name }) => name);
  return dataTable({
    caption:
      'Of each checkpoint: the unnormalised mean corruption error in per cent, the error relative to the other run’s where one is named, the mean flip probability in per cent, and the error on other test sets.',
    head: ['Epoch', 'Mean corruption error', 'Relative error', 'Mean flip probability', ...sets],
    rows: epochs.map(({ epoch, benchmark }): Cell[] => [
      epochCell([run], epoch),
      estimateCell(benchmark.meanCorruptionError?.estimate, 2),
      estimateCell(benchmark.relativeError?.estimate, 3),
      estimateCell(benchmark.meanFlips?.estimate, 2),
      ...benchmark.testSets.map(({ error }) => rateCell(error)),
    ]),
  });
}

function bySeverity(name: string, { benchmark: { corruptions } }: At): Markup {
  const severities = Math.max(...corruptions.map(({ errors }) => errors.length));
  return dataTable({
    caption: `Error in per cent at ${name}, by corruption and severity. Extra corruptions and those of other names are in no mean.`,
    head: [
      'Corruption',
      'Group',
      ...Array.from({ length: severities }, (_, at) => `Severity ${at + 1}`),
      'Mean',
      'Relative',
    ],
    rows: corruptions.map(({ name: corruption, group, errors, mean, relative }): Cell[] => [
      corruption,
      group,
      ...errors.map((error) => fixed(percentOf(error), 1)),
      estimateCell(mean, 2),
      relative === null ? NOTHING : estimateCell(relative, 3),
    ]),
  });
}

function flips(name: string, { benchmark: { sequences } }: At): Markup {
  return dataTable({
    caption: `Flip probability at ${name}: how often a frame’s prediction is another than that of the frame before or, of noise, of the first frame.`,
    head: ['Sequence', 'Group', 'Frames', 'Compared with', 'Flips'],
    rows: sequences.map(({ name: sequence, group, frames, withFirst, flips: rate }): Cell[] => [
      sequence,
      group,
      frames,
      withFirst ? 'the first frame' : 'the frame before',
      rateCell(rate),
    ]),
  });
}
