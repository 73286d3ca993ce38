import { startTensorflow } from '../../../src/engine/tensorflow/start';
import { describeFusion } from './fusion.suite';

describeFusion(startTensorflow);
