'use strict';
// The frames of an error that main throws, by way of a helper and a callback.

class Basket {
  constructor(items) {
    this.items = items;
  }

  total() {
    return this.items.map((item) => price(item)).reduce((a, b) => a + b, 0);
  }
}

function price(item) {
  if (item.price === undefined) {
    throw new RangeError(`no price for ${item.name}`);
  }
  return item.price;
}

exports.main = () => {
  const basket = new Basket([{ name: 'a', price: 1 }, { name: 'b' }]);
  return basket.total();
};
