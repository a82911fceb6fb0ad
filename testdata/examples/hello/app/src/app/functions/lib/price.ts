export interface Price {
  net: number;
  vat: number;
  gross: number;
}

const rate = 0.19;

export function price(net: number): Price {
  const vat = Math.round(net * rate * 100) / 100;
  return { net, vat, gross: net + vat };
}
