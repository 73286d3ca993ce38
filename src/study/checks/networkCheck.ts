/** Whether the ONNX file is a network that can be trained on the data, at the input size that the study has. */
import { isFileNetwork } from '../../architectures';
import { isReportedError, type Reported } from '../../common/errors';
import { declarationOf } from '../network';
import type { Study } from '../schema';
import type { Check, Remark } from './check';

export const networkCheck: Check = {
  reads: [['model'], ['dataset']],
  async remarks({ study, folder }) {
    if (!isFileNetwork(study.model.architecture)) return [];
    try {
      await declarationOf(study, folder);
      return [];
    } catch (error) {
      if (!isReportedError(error)) throw error;
      return [remarkOf(error, study)];
    }
  },
};

function remarkOf({ summary, problem }: Reported, { model }: Study): Remark {
  const { place, found, expected, advice } = problem;
  const isOfSize = found !== undefined && found.startsWith(`${model.inputSize} `);
  return {
    code: 'networkUnusable',
    severity: 'error',
    path: ['model', isOfSize ? 'inputSize' : 'weights'],
    summary: place === undefined ? summary : `${place}: ${summary}`,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(advice === undefined ? {} : { advice }),
  };
}
