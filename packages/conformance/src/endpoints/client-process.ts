/** The process that visits a suite with this toolkit's client, some cases at a time. */
import { pooled } from '../suite/pool';
import { visit } from './ours';

process.on('disconnect', () => process.exit());

async function visitAll(suite: string, agent: string, parallel: number): Promise<void> {
  const count = Number(await visit(`${suite}/getCaseCount`));
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  await pooled(numbers, parallel, (number) =>
    visit(`${suite}/runCase?case=${number}&agent=${agent}`),
  );
  await visit(`${suite}/updateReports?agent=${agent}`);
}

const [suite = '', agent = '', parallel = '1'] = process.argv.slice(2);
void visitAll(suite, agent, Number(parallel)).then(() => process.disconnect());
