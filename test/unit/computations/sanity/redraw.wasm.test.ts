import { startWasm } from '../../../../src/engine/wasm/start';
import { describeRedraw } from './redraw.suite';

describeRedraw(startWasm);
