/** Branches that the file itself decides. */
import type { Operator, Operators } from '../node';
import { Refused } from '../refused';

const branch: Operator = (node) => {
  const found = node.plan.knownOf(node.input(0));
  if (found?.data.length !== 1) throw new Refused('a branch by what the images give', 'a branch by a constant');
  const name = found.data[0] === 0 ? 'else_branch' : 'then_branch';
  const graph = node.attribute(name, 'graph');
  if (graph === undefined) throw new Refused(`no ${name}`, 'If with both');
  return node.within(graph);
};

export const control: Operators = { If: branch };
