'use strict';
// A rejection that nobody handles.

async function background() {
  throw new Error('in the background');
}

exports.main = () => {
  background();
  return new Promise((resolve) => setTimeout(resolve, 1000, 'never'));
};
