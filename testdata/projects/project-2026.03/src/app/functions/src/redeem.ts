import { voucher } from './voucher';

interface Context {
  method: string;
  body: { points?: number };
}

export const main = async (context: Context) => {
  const points = context.body?.points ?? 0;
  if (points < 100) {
    return { statusCode: 422, body: { error: 'at least 100 points' } };
  }
  return { statusCode: 200, body: { voucher: voucher(points, process.env.REDEEM_SALT ?? '') } };
};
