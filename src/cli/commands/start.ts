import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CancelledError, isReportedError } from '../../common/errors';
import { folderOf, loadDataset } from '../../datasets';
import type { EngineChoice } from '../../engine/engine';
import { readMetrics } from '../../runs';
import { readStudy, type LocatedStudy } from '../../study';
import { engineChoice } from '../options/arguments';
import { lazyEngine } from '../computing';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, table, type Output } from '../printing/output';
import { METRICS_HEADER, metricsRow, showDataProgress } from '../printing/progress';
import { defaultPath, reportProgress, writeReport } from './report';
import { trainStudy } from '../training/trainStudy';

const EXAMPLES = join('media', 'examples', 'first-light');

/** `start`: the example study from end to end, which is what `npm start` runs in a checkout. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the example study from end to end: train, explain, report')
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--another', 'train even where the example is being trained; without it a terminal is asked')
    .action(async ({ engine, another = false }: { engine: EngineChoice; another?: boolean }) => {
      const output = createOutput(false);
      const signal = abortOnInterrupt(output, 'the example');
      const folder = resolve(__dirname, '..', EXAMPLES);
      const started = performance.now();
      const located = await chooseStudy(folder, output, signal);
      const start = lazyEngine(engine, output);
      const run = await trainStudy(located, { start, another }, output, signal);
      const report = defaultPath([run]);
      await writeReport([run], report, { start, signal, progress: reportProgress(output), quick: false });
      output.line();
      for (const line of table([METRICS_HEADER, ...(await readMetrics(run.folder)).map(metricsRow)])) output.line(line);
      output.line();
      output.line(`Done in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
      output.line(`Study:   ${located.path}`);
      output.line(`Run:     ${run.folder}`);
      output.line(`Report:  ${report}`);
    });
}

/** CIFAR-10 where its folder is there or it can be fetched, else the synthetic images; and a word about which and why. */
async function chooseStudy(folder: string, output: Output, signal: AbortSignal): Promise<LocatedStudy> {
  const cifar10 = await readStudy(join(folder, 'first-light.epochlens.json'));
  const { dataset } = cifar10.study;
  const place = folderOf(dataset, folder);
  if (place === undefined) return cifar10;
  if (existsSync(place)) {
    output.log(`CIFAR-10 is in ${place}: using it.`);
    return cifar10;
  }
  output.log(`CIFAR-10 is not in ${place}: fetching it (170 MB, once).`);
  try {
    await loadDataset(dataset, { studyFolder: folder, signal, progress: showDataProgress(output), mayDownload: true });
    return cifar10;
  } catch (error) {
    if (error instanceof CancelledError || !isReportedError(error)) throw error;
    output.log(`CIFAR-10 cannot be fetched: ${error.message}`);
    output.log('Using synthetic images, which the program draws itself.');
    return readStudy(join(folder, 'first-light-synthetic.epochlens.json'));
  }
}
