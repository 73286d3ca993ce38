import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { describeNative } from '../../../nativeEngine';
import { describeRedraw } from './redraw.suite';

describeNative('on the native engine', () => {
  describeRedraw(startTensorflow);
});
