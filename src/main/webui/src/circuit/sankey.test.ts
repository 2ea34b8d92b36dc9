import { expect, it } from 'vitest';
import type { Flow } from '../api/types';
import { sankey, throughput } from './sankey';

const flow = (from: string, to: string, value: number, stages?: [string, string]): Flow => ({
  side: 'money', from: { key: from, label: from, stage: stages?.[0] }, to: { key: to, label: to, stage: stages?.[1] }, value, figure: to,
});

it('aligns nodes by stage when every one has it', () => {
  const { nodes } = sankey([flow('advanced', 'v', 1260, ['M', 'C']), flow('v', 'product', 1260, ['C', "C'"])]);
  expect(nodes.map(({ name, depth }) => [name, depth])).toEqual([['advanced', 0], ['v', 1], ['product', 3]]);
});

it('lets the chart decide when a stage is missing, and leaves out flows of nothing', () => {
  const { nodes, links } = sankey([flow('advanced', 'v', 1260, ['M', 'C']), flow('v', 'product', 0)]);
  expect(nodes.every((node) => node.depth === undefined)).toBe(true);
  expect(links).toHaveLength(1);
});

it('shows at a node what flows through it', () => {
  const { links } = sankey([flow('c', 'p', 900), flow('v', 'p', 1260), flow('p', 'product', 2160)]);
  expect(throughput('p', links)).toBe(2160);
  expect(throughput('c', links)).toBe(900);
});
