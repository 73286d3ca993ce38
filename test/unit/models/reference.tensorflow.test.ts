import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';
import { OPERATION_BY_OPERATION, useProgramRunner } from '../../../src/engine/backend/programs';
import type { NativeBackend } from '../../../src/engine/backend/tensorflow/graph';
import { createGraphRunner } from '../../../src/engine/backend/tensorflow/programs';
import { startTensorflow } from '../../../src/engine/backend/tensorflow/start';
import { describeReference } from './reference.suite';

beforeAll(startTensorflow);

describe('operation by operation', () => {
  describeReference(
    () => useProgramRunner(OPERATION_BY_OPERATION),
    () => true,
  );
});

describe('as graphs', () => {
  function complain(text: string): never {
    throw new Error(text);
  }

  describeReference(
    () =>
      useProgramRunner(
        createGraphRunner(tf.backend() as unknown as NativeBackend, {
          patience: { calls: 0, milliseconds: 0 },
          complain,
        }),
      ),
    () => true,
  );
});
