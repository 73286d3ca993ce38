import { join } from 'node:path';

/** From the run folder. */
export const NETWORK_FILE = 'network.onnx';

/** Where a training was stopped within an epoch; from the run folder. */
export const STOPPED_FILE = 'resume/stopped.safetensors';

/** Where everything of a run lies. */
export interface RunPaths {
  readonly folder: string;
  /** The resolved study and what it ran on. Written once. */
  readonly manifest: string;
  /** What a person says of it; mostly absent. */
  readonly about: string;
  readonly status: string;
  /** Only while a training is about to begin. */
  readonly starting: string;
  readonly metrics: string;
  /** How epochs went, for curves; absent of runs that nothing trained here. */
  readonly steps: string;
  /** What vouches for every checkpoint, optimiser state and metrics line. */
  readonly sums: string;
  readonly checkpoints: string;
  /** Optimiser state of the last two epochs, and where a training was stopped within one. */
  readonly resume: string;
  readonly results: string;
  /** Of a network from an ONNX file: the graph, without its weights. */
  readonly network: string;
  readonly log: string;
}

export function runPaths(folder: string): RunPaths {
  return {
    folder,
    manifest: join(folder, 'run.json'),
    about: join(folder, 'about.json'),
    status: join(folder, 'status.json'),
    starting: join(folder, 'starting.json'),
    metrics: join(folder, 'metrics.jsonl'),
    steps: join(folder, 'steps.jsonl'),
    sums: join(folder, 'sums.jsonl'),
    checkpoints: join(folder, 'checkpoints'),
    resume: join(folder, 'resume'),
    results: join(folder, 'results'),
    network: join(folder, NETWORK_FILE),
    log: join(folder, 'log.txt'),
  };
}

/** From the run folder, with '/'. */
export function checkpointFile(epoch: number): string {
  return `checkpoints/epoch-${String(epoch).padStart(3, '0')}.safetensors`;
}

export function checkpointPath(folder: string, epoch: number): string {
  return join(folder, checkpointFile(epoch));
}
