import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { describeInputOracle } from './inputOracle.suite';

describeInputOracle(startTensorflow);
