import { createHmac } from 'crypto';
import { price, type Price } from './lib/price';

interface Context {
  params: Record<string, string[]>;
}

interface Answer {
  statusCode: number;
  body: (Price & { signature: string }) | { error: string };
}

/** Quotes a price and signs it, so that nobody can change it on the way. */
export async function main(context: Context): Promise<Answer> {
  const amount = Number(context.params.amount?.[0]);
  if (!Number.isFinite(amount)) {
    return { statusCode: 400, body: { error: 'amount must be a number' } };
  }
  const quote = price(amount);
  const signature = createHmac('sha256', process.env.QUOTE_KEY ?? '').update(JSON.stringify(quote)).digest('hex').slice(0, 16);
  console.info('quoted', quote);
  return { statusCode: 200, body: { ...quote, signature } };
}
