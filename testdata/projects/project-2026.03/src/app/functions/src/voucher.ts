import { createHash } from 'node:crypto';

export function voucher(points: number, salt: string): string {
  return createHash('sha1').update(`${salt}:${points}`).digest('hex').slice(0, 8).toUpperCase();
}
