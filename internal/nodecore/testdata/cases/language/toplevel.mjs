// Await outside of functions, in the entry file and in what it imports.
import os, { EOL } from 'node:os';
import path from 'path';
import * as util from 'util';
import events from 'events';

const seen = [];
const first = await new Promise((resolve) => setTimeout(resolve, 1, 'first'));
for await (const x of [Promise.resolve(1), 2]) seen.push(x);
const { join } = await import('node:path');
const later = import('querystring');
await null;
if (first === 'first') {
  seen.push(await Promise.all([1, Promise.resolve(2)]));
}
let failed = await Promise.reject(new Error('no')).catch((e) => e.message);
export let counter = 0;
function bump() { return ++counter; }
class Own { static async made() { return await new Own(); } }
const own = await Own.made();

export const main = async (context) => ({
  seen, first, failed, join: join('a', 'b'), same: path.join === join, EOL, os: typeof os.cpus, util: util.format('%s', own instanceof Own), emitter: typeof events, later: (await later).stringify({ a: 1 }),
  counter: [bump(), counter], this: this === undefined, meta: import.meta.url.endsWith('toplevel.mjs'), context: typeof context,
});
