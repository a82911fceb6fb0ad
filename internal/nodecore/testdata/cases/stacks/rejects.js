'use strict';
// An error behind an await.

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function load(id) {
  await later(1);
  const found = undefined;
  return found.name + id;
}

exports.main = async () => {
  const name = await load(7);
  return { name };
};
