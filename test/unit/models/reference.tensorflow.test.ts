import { startTensorflow } from '../../../src/engine/backend/tensorflow/start';
import { describeReference } from './reference.suite';

describeReference(startTensorflow, () => true);
