import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../../src/engine/tensorflow/graph';
import { createGraphRunner } from '../../../src/engine/tensorflow/programs';
import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { useProgramRunner } from '../../../src/engine/programs';
import { describeNative } from '../../nativeEngine';
import { describeOnnxruntime } from './onnxruntime.suite';

describeNative('as graphs', () => {
  function onWarning(text: string): never {
    throw new Error(text);
  }

  describeOnnxruntime(async () => {
    await startTensorflow();
    const backend = tf.backend() as unknown as NativeBackend;
    useProgramRunner(createGraphRunner(backend, { timeouts: { calls: 0, milliseconds: 0 }, onWarning }));
  });
});
