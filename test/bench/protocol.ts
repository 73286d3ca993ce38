/**
 * What the bench and the processes that compute say to each other: a JSON document a line, requests on standard input,
 * a greeting and then an answer to each request on standard output. `reference.py` speaks it too.
 */
import type { ArchitectureName } from '../../src/architectures';

/**
 * `trainChannelsLast` is PyTorch's other memory layout; NHWC is the only one that TensorFlow.js has. PyTorch's gradients
 * by the image, one or 50, are beside the section on methods.
 */
export type Work = 'train' | 'trainChannelsLast' | 'forward' | 'gradCam' | 'inputGradient' | 'integratedGradients';

export interface Case {
  readonly architecture: ArchitectureName;
  readonly inputSize: number;
}

export interface Request extends Case {
  readonly work: Work;
  readonly batchSize: number;
  /** How many batches in a row. */
  readonly steps: number;
}

export type Answer =
  | {
      /** For all the steps, without the preparation of model and batch. */
      readonly seconds: number;
      /** The processor's time in this process, over all threads. */
      readonly processorSeconds: number;
      /** The process's largest resident set so far in bytes, null where the system does not tell. */
      readonly peakMemory: number | null;
      /** What it is estimated to be by now, of an engine's training. */
      readonly estimatedMemory?: number;
    }
  | { readonly failure: string };

/** The first line of a process that can compute; `failure` is one that cannot. */
export type Greeting =
  | {
      /** "TensorFlow 2.21.0, CPU" */
      readonly description: string;
      /** What a reader of its numbers must know. */
      readonly notes: readonly string[];
    }
  | { readonly failure: string };
