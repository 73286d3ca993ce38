import * as tf from '@tensorflow/tfjs-core';
import { beforeAll } from 'vitest';
import { OPERATION_BY_OPERATION, useProgramRunner } from '../../../src/engine/programs';
import type { NativeBackend } from '../../../src/engine/tensorflow/graph';
import { createGraphRunner } from '../../../src/engine/tensorflow/programs';
import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { describeNative } from '../../nativeEngine';
import { describeReference } from './reference.suite';

beforeAll(startTensorflow);

describeNative('operation by operation', () => {
  describeReference(() => useProgramRunner(OPERATION_BY_OPERATION));
});

describeNative('as graphs', () => {
  function onWarning(text: string): never {
    throw new Error(text);
  }

  describeReference(() =>
    useProgramRunner(
      createGraphRunner(tf.backend() as unknown as NativeBackend, {
        timeouts: { calls: 0, milliseconds: 0 },
        onWarning,
      }),
    ),
  );
});
