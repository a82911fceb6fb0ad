'use strict';
// An error that nobody can catch.

function fire() {
  const list = [];
  throw new TypeError(`list has ${list.length}`);
}

exports.main = () => new Promise(() => {
  setTimeout(() => {
    fire();
  }, 1);
});
