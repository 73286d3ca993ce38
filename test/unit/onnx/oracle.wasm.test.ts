import { startWasm } from '../../../src/engine/wasm/start';
import { describeOracles } from './oracle.suite';

describeOracles(startWasm);
