import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { describeNative } from '../../nativeEngine';
import { describeRecipes } from './recipes.suite';

describeNative('on the native engine, as graphs', () => {
  describeRecipes(startTensorflow, 6e-3);
});
