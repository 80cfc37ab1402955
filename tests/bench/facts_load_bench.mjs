// What a million facts in the replica add to a start: from the navigation to the frame whose figure equals SQL, beside the
// same start with two hundred facts. Both replicas lie in profiles on disk, from a first visit that looked at eight screens,
// and the figure is of a month nobody knew.
import { join } from 'node:path';
import { money } from '../web/figures.mjs';
import { open_profile, sign_in, time_to_text, visit } from './browser.mjs';
import { import_facts, make_tenant, manager, net_sql, unseen_month, write_facts } from './data.mjs';
import { lower_is_better, median } from './result.mjs';

const fact_count = Number(process.env.PORTAL_BENCH_PULL_FACTS ?? 1_000_000);
const few = 200;
const more_ms_max = 300;
const runs = 5;

class Replica {
  constructor(folder, random) { this.folder = folder; this.random = random; }

  async fill(name, count, seed) {
    const file = join(this.folder, `${name}.csv`);
    await write_facts(file, count, seed);
    this.profile = join(this.folder, `${name}-profile`);
    this.server = await make_tenant(join(this.folder, name), 10);
    await import_facts(this.server, file);
    await this.server.start();
    await this.start_ms(visit);
    return this;
  }

  async start_ms(then = async () => {}) {
    const { from, until } = unseen_month(this.random);
    const text = money(await this.server.value(net_sql(from, until)));
    const { context, page } = await open_profile(this.profile);
    try {
      await sign_in(context, this.server.base, manager);
      const ms = await time_to_text(page, `${this.server.base}/financing?from=${from}&until=${until}`, text);
      await then(page);
      return ms;
    } finally {
      await context.close();
    }
  }
}

export async function measure({ folder, seed, random, say }) {
  const full = await new Replica(folder, random).fill('load-full', fact_count, seed);
  const bare = await new Replica(folder, random).fill('load-few', few, seed + 1);
  try {
    const with_facts = [], without = [];
    for (let run = 0; run < runs; run++) {
      with_facts.push(await full.start_ms());
      without.push(await bare.start_ms());
    }
    say(`start: ${median(with_facts).toFixed(0)} ms with ${fact_count} facts, ${median(without).toFixed(0)} ms with ${few}`);
    return [lower_is_better('facts_load_1m', 'ms', Math.max(1, median(with_facts) - median(without)), 'the goal (limit)', more_ms_max)];
  } finally {
    await full.server.stop();
    await bare.server.stop();
  }
}
