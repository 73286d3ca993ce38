import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { describeNative } from '../../nativeEngine';
import { describeOperations } from './operations.suite';

describeNative('natively', () => {
  describeOperations(startTensorflow);
});
