import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { describeOracle } from './oracle.suite';

describeOracle(startTensorflow);
