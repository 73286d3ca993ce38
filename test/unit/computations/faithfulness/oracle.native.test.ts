import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { describeNative } from '../../../nativeEngine';
import { describeOracle } from './oracle.suite';

describeNative('on the native engine', () => {
  describeOracle(startTensorflow);
});
