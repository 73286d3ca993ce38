import { join } from 'node:path';
import type { Command } from 'commander';
import { writeFileAtomically } from '../../common/atomic';
import { startEngine } from '../../engine/backend/start';
import type { EngineChoice } from '../../engine/backend/engine';
import { explainCheckpoints } from '../../engine/explain/checkpoints';
import { targetStage } from '../../engine/explain/targetLayer';
import { inputOf, modelOf } from '../../engine/fromStudy';
import { memoryReaders } from '../../engine/data/reader';
import { loadImages, studyImages } from '../../engine/images';
import { renderReport } from '../../report/report';
import { readMetrics, resolveRun, selectCheckpoints, type Run } from '../../runs';
import { engineChoice } from '../arguments';
import { loadRunData } from '../explainSource';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../output';

/** `report`: one self-contained page. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('one self-contained HTML page: accuracy by epoch, and heatmaps of every checkpoint')
    .argument('<run>', 'a run folder, or a study file for its newest run')
    .option('--out <file>', 'where to write it (default: report.html in the run folder)')
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(async (argument: string, options: { out?: string; engine: EngineChoice; json?: boolean }) => {
      const output = createOutput(options.json ?? false);
      const signal = abortOnInterrupt(output, 'the report');
      const run = await resolveRun(argument);
      const path = await writeReport(run, () => startEngine(options.engine), output, signal, options.out);
      output.document({ report: path });
      output.line(`The report is in ${path}`);
    });
}

/** @returns where the report was written */
export async function writeReport(
  run: Run,
  start: () => Promise<unknown>,
  output: Output,
  signal: AbortSignal,
  path = join(run.folder, 'report.html'),
): Promise<string> {
  const { study } = run;
  const model = modelOf(study);
  const stage = targetStage(model, study.explain.layer);
  const files = await selectCheckpoints(run.folder, study.explain.checkpoints, 'skip');
  const dataset = await loadRunData(run, output);
  const images = await loadImages(studyImages(study, dataset.test.count), memoryReaders(dataset), model.inputSize);
  await start();
  const plan = { model, checkpoints: files, images, input: inputOf(study), stage };
  const progress = (done: number, of: number) => output.progress(`report: ${done} of ${of} heatmaps`);
  const checkpoints = [];
  for await (const { checkpoint, results } of explainCheckpoints(plan, { signal, progress })) {
    checkpoints.push({ epoch: checkpoint.epoch ?? 0, results });
  }
  const metrics = await readMetrics(run.folder);
  await writeFileAtomically(path, renderReport({ run, metrics, images, layer: stage.name, checkpoints }));
  return path;
}
