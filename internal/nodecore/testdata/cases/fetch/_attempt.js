'use strict';

// attempt gives what a function gives or throws, as JSON can show it.
exports.attempt = async (run) => {
  try {
    return await run();
  } catch (error) {
    return exports.described(error);
  }
};

exports.described = (error) => {
  if (error === null || typeof error !== 'object') return { thrown: error === undefined ? 'undefined' : error };
  const shown = { class: error.constructor.name, name: error.name, code: error.code, message: error.message };
  if (error.cause !== undefined) shown.cause = exports.described(error.cause);
  return shown;
};
