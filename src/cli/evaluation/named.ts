/** A weights file on test images: the whole, or a shard's part of it. */
import { stat } from 'node:fs/promises';
import { canonicalJson } from '../../common/canonicalJson';
import { engineWord } from '../../common/engineWords';
import { InputError } from '../../common/errors';
import { hashFile } from '../../common/hashFile';
import { unitsOf, type Shard, type Share } from '../../common/shard';
import { hashOfFirst, loadTestImages } from '../../datasets';
import type { EngineChoice } from '../../engine/engine';
import { evaluateRange, evaluationOf, requirePredictions, type Evaluation } from '../../models/evaluate';
import { namingWeights } from '../../models/finite';
import { disposeWeights, loadWeights } from '../../models/forward';
import { inferenceBatchSize } from '../../models/memory/inference';
import type { NetworkName } from '../../architectures';
import { lazyEngine } from '../computing';
import { decideTwins } from '../options/decideTwins';
import { namedData } from '../options/namedData';
import { namedNetwork, type InputOptions } from '../options/namedNetwork';
import type { Output } from '../printing/output';
import { readPart, writePart, type EvaluatedSubject } from './part';
import packageJson from '../../../package.json';

export interface NamedEvaluation {
  readonly architecture: string;
  /** Which of two like networks it is, where that was measured. */
  readonly twins: unknown;
  readonly evaluation: Evaluation;
}

export interface EvaluateOptions extends InputOptions {
  readonly weights: string;
  readonly data: string;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
}

export interface OpenEvaluation {
  /** @throws WorkError where the network gives no finite numbers; CancelledError */
  whole(): Promise<NamedEvaluation>;
  /** Writes a part, or finds it written. Counts are of images. @throws as `whole`, and InputError for somebody's file */
  part(shard: Shard, path: string): Promise<Share>;
}

/** @throws InputError, WorkError, CancelledError */
export async function openEvaluation(
  options: EvaluateOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<OpenEvaluation> {
  const { weights: path, stateDict } = options;
  const start = lazyEngine(options.engine, output);
  const named = await namedNetwork(path, options.architecture, options, output);
  const { classes, inputSize } = named.model;
  const dataset = await loadTestImages(await namedData(options.data, classes, inputSize));
  const { test } = dataset;

  async function evaluateImages(from: number, to: number) {
    const engine = await start();
    const { model, input, checkpoint, decision } = await decideTwins(named, { path, stateDict }, dataset, {
      output,
      signal,
      start,
    });
    const weights = loadWeights(checkpoint.weights);
    const range = { start: from, end: to };
    const batches = await evaluateRange({ model, weights, input }, test, range, {
      signal,
      progress: (done, of) => output.progress(`evaluated ${done} of ${of} images`),
    }).finally(() => disposeWeights(weights));
    const evaluation = evaluationOf(batches, model.classes, test.count);
    await namingWeights(path, () => requirePredictions(evaluation));
    return { engine, architecture: model.network.name, twins: decision, evaluation, batches };
  }

  async function subjectOf(): Promise<EvaluatedSubject> {
    return {
      weights: await hashFile(path, { signal }),
      stateDict: stateDict ?? null,
      architecture: named.model.network.name,
      classes,
      data: hashOfFirst(test, test.count),
      images: test.count,
      input: named.input,
      epochlens: packageJson.version,
    };
  }

  return {
    async whole() {
      const { architecture, twins, evaluation } = await evaluateImages(0, test.count);
      return { architecture, twins, evaluation };
    },
    async part(shard, file) {
      const size = inferenceBatchSize(named.model, Infinity);
      const starts = Array.from({ length: Math.ceil(test.count / size) }, (_, at) => at * size);
      const share = unitsOf(starts, shard);
      const [from = 0] = share;
      const to = share.length === 0 ? from : Math.min(test.count, (share.at(-1) as number) + size);
      const subject = await subjectOf();
      const counts = { done: to - from, of: test.count };
      if (await isWritten(file, { shard, subject, engine: options.engine })) return { ...counts, kept: counts.done };
      const { engine, architecture, twins, batches } = await evaluateImages(from, to);
      const { name, version } = engine;
      await writePart(file, {
        shard,
        subject,
        architecture,
        engine: { name, version },
        ...(twins && { twins }),
        batches: batches.map((batch) => ({ ...batch, predictions: [...batch.predictions] })),
      });
      return { ...counts, kept: 0 };
    },
  };
}

interface Asked {
  readonly shard: Shard;
  readonly subject: EvaluatedSubject;
  readonly engine: EngineChoice;
}

/** Whether it was computed before. @throws InputError for a file that is something else, another part or engine's */
async function isWritten(file: string, { shard, subject, engine }: Asked): Promise<boolean> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  const found = await readPart(file);
  const isSame = canonicalJson([found.shard, found.subject]) === canonicalJson([shard, subject]);
  const isOfEngine = engine === 'auto' || engine === found.engine.name;
  if (isSame && isOfEngine) return true;
  if (isSame) {
    throw new InputError('another engine computed the part that lies there', {
      file,
      place: '--engine',
      found: engineWord(found.engine.name),
      expected: engineWord(engine),
      advice: 'Delete it, write to another file, or compute all shards by one engine.',
    });
  }
  throw new InputError('another part lies there', {
    file,
    place: '--out',
    expected: 'no such file, or the part of this shard of this evaluation',
    advice: 'Delete it, or write to another file.',
  });
}
