import { startWasm } from '../../../../src/engine/wasm/start';
import { describeOperations } from './operations.suite';

describeOperations(startWasm);
