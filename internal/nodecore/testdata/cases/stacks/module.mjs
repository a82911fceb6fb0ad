// Positions in an ES module.
import { join } from 'node:path';

const check = (value) => {
  if (typeof value !== 'string') throw new TypeError(`not a string: ${value}`);
  return join('a', value);
};

export async function main() {
  return [1, 2].map(check);
}
