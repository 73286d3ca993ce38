/** A report's content, small and made up. */
import { namedNetwork, type ArchitectureName } from '../../../src/architectures';
import type { ReportContent, RunContent, View } from '../../../src/report/content';
import { WITHOUT_IMAGES, type Measured } from '../../../src/measures/robustness/measured';
import { fixedText } from '../../../src/common/numberText';
import { parseStudy } from '../../../src/study';
import { estimateOf, rateOf } from '../statistics/samples';

/** What must not get out of its place. */
export const NASTY = '<script>alert(1)</script>"&';

export const absent = { there: false, reason: 'It has not been computed yet.' } as const;

const movement = (spearman: number, compared = 100) => ({
  spearman: estimateOf(spearman, 0.01),
  topOverlap: estimateOf(0.5, 0.01),
  centreShift: estimateOf(0.1, 0.01),
  compared,
  of: 100,
});

/** The first so many right. */
export function correctOf(count: number, of: number): number[] {
  return Array.from({ length: of }, (_, image) => Number(image < count));
}

function view(predicted: number, values: number[] = [0, 1, 2, 3]): View {
  return { predicted, confidence: 0.95, map: { height: 2, width: 2, values } };
}

const image = (name: string, label: number | null) => ({
  name,
  label,
  picture: { height: 2, width: 2, pixels: new Uint8Array(12) },
});

function measured(drop: number, correct = 15): Measured {
  const similarity = {
    spearman: estimateOf(0.875),
    pearson: estimateOf(0.5),
    ssim: null,
    topOverlap: estimateOf(0.25),
  };
  return {
    images: 10,
    rounds: 3,
    clean: { accuracy: rateOf(6, 10), confidence: estimateOf(0.9) },
    accuracy: rateOf(correct, 30),
    flipRate: rateOf(3, 30),
    confidenceDrop: { ofPrediction: estimateOf(drop), ofLabel: estimateOf(drop / 2) },
    heatmapSimilarity: { ...similarity, compared: 30 },
    perRound: [],
    perImage: WITHOUT_IMAGES,
  };
}

function studyOf(text: object) {
  const parsed = parseStudy(JSON.stringify({ name: 'demo', ...text }), 'demo.epochlens.json');
  if (!parsed.ok) throw new Error('the study is wrong');
  return parsed.studies[0];
}

/** Two checkpoints, every part there. @param study the study file's fields */
export function runContent(study: object = {}, dataset = 'synthetic'): RunContent {
  const resolved = studyOf(study);
  const error = { ...view(0), image: image('test:1', 1), ofLabel: 0.03, labelMap: view(1, [3, 2, 1, 0]).map };
  return {
    name: resolved.model.architecture,
    about: {},
    method: resolved.explain.method,
    asked: { explain: resolved.explain, perturbations: resolved.perturbations },
    images: { train: 800, test: 100, height: 32, width: 32 },
    run: {
      folder: '/runs/demo/1',
      id: NASTY,
      study: resolved,
      network: namedNetwork(resolved.model.architecture as ArchitectureName),
      studyFile: '/demo.epochlens.json',
      studyFolder: '/',
      manifest: {
        format: 1,
        createdAt: '2026-01-01T00:00:00.000Z',
        studyFile: '../demo.epochlens.json',
        study: resolved,
        studyHash: 'h',
        seed: 1,
        dataset: {
          kind: dataset,
          classNames: ['cat', 'dog'],
          fingerprint: 'f',
          description: `800 training and 100 test images from ${NASTY}`,
          files: [
            { name: 'data_batch_1.bin', records: 800, sha256: '' },
            { name: 'test_batch.bin', records: 100, sha256: '' },
          ],
        },
        engine: { name: 'wasm', version: '1', device: 'CPU' },
        microBatch: { size: 16, of: 64, reason: 'memory', neededBytes: 3e9, freeBytes: 1e9, freeWords: 'are free' },
        versions: { epochlens: '0.1.0' },
      },
    },
    warnings: [],
    studies: {},
    place: '.epochlens/runs/tiny/20260101-000000',
    missing: [],
    metrics: [0, 1].map((epoch) => ({
      epoch,
      trainLoss: 2,
      trainAccuracy: 10 * epoch,
      testLoss: epoch === 0 ? null : 1,
      testAccuracy: epoch === 0 ? null : 62.5,
      learningRate: 0.05 * epoch,
      seconds: 1,
      imagesPerSecond: 100,
    })),
    accuracies: [],
    present: [0, 1],
    checkpoints: [
      { epoch: 0, hash: 'aa' },
      { epoch: 1, hash: 'bb' },
    ],
    heatmaps: {
      there: true,
      value: {
        layer: 'layer3.2',
        images: 3,
        rows: [
          {
            image: image('test:0', 1),
            views: [view(1, [1, 1, 1, 1]), view(1)],
            settled: { predicted: 1, lastPrediction: 0 },
          },
          { image: image('test:1', 0), views: [view(1), view(1)], settled: { predicted: null, lastPrediction: null } },
          { image: image(NASTY, null), views: [view(1), view(1)], settled: 'flat' },
        ],
        followed: [0, 1],
      },
    },
    misclassified: {
      there: true,
      value: {
        images: 100,
        epochs: [
          {
            epoch: 1,
            wrong: 37,
            correct: correctOf(63, 100),
            confusions: [{ label: 1, predicted: 0, count: 21 }],
            examples: [error],
          },
        ],
        fates: {
          epochs: [1],
          counts: { always: 50, learned: 20, unsettled: 10, forgotten: 15, never: 5 },
          forgettingEvents: 33,
        },
        search: {
          seed: 7,
          lastEpoch: 1,
          found: [
            { epoch: 1, error: { lookedAt: 4, figure: error, last: view(1) } },
            { epoch: 2, error: null },
          ],
        },
      },
    },
    perturbed: {
      there: true,
      value: {
        layer: 'layer3.2',
        entries: [
          {
            place: 0,
            title: 'rotation −30…30°',
            rounds: 5,
            undone: 'turned back',
            images: [
              {
                image: image('test:0', 1),
                clean: [view(0), view(1)],
                rounds: [-12.34, 5].map((degrees) => ({
                  picture: image('', 1).picture,
                  drawn: { text: `${fixedText(degrees, 1)}°`, parameters: { degrees } },
                  degrees,
                  views: [
                    { ...view(0), drop: -0.0001, spearman: null },
                    { ...view(1), drop: 0.125, spearman: 0.75 },
                  ],
                })),
              },
            ],
          },
        ],
      },
    },
    robustness: {
      there: true,
      value: {
        entries: [
          {
            place: 0,
            title: 'rotation −30…30°',
            expects: false,
            published: false,
            results: [{ measured: measured(-0.001), misses: [] }, null],
          },
          {
            place: 1,
            title: 'occlusion 10',
            expects: true,
            published: true,
            results: [
              { measured: measured(0.0004), misses: [] },
              {
                measured: measured(0.25, 12),
                misses: [{ text: 'confidence drop 0.2500, expected at most 0.02', decided: true }],
              },
            ],
          },
        ],
      },
    },
    attention: {
      there: true,
      value: {
        layer: 'layer3.2',
        images: 100,
        numbers: {
          epochs: [0, 1].map((epoch) => ({
            epoch,
            fromPrevious: epoch === 0 ? null : movement(0.25),
            fromLast: movement(epoch === 0 ? 0.25 : 1, epoch === 0 ? 97 : 100),
            fixed: {
              lastPrediction: { fromPrevious: epoch === 0 ? null : movement(0.75), fromLast: movement(0.875) },
              label: null,
            },
            changed: { fromPrevious: epoch === 0 ? null : 40, fromLast: epoch === 0 ? 40 : 0 },
            entropy: estimateOf(0.9, 0.01),
            inMask: null,
            flat: epoch === 0 ? 3 : 0,
          })),
          settling: {
            target: { kind: 'moving', spearman: 0.25, images: 97 },
            lastPrediction: {
              kind: 'settled',
              epoch: 0,
              checkpoints: 2,
              spearman: 0.875,
              images: 100,
              undecided: null,
            },
            label: null,
          },
          maskArea: null,
          randomisation: movement(0.125),
        },
        perImage: [],
      },
    },
  };
}

export function reportContent(...runs: RunContent[]): ReportContent {
  return {
    title: 'demo',
    madeAt: '2026-01-02T00:00:00.000Z',
    version: '0.1.0',
    made: { node: '20.1.0', system: 'linux x64', commands: ['npx epochlens train demo.epochlens.json'], commit: null },
    study: { name: 'demo.epochlens.json', text: `// ${NASTY}\n{}`, isFile: true },
    runs: runs.length > 0 ? runs : [runContent()],
  };
}
