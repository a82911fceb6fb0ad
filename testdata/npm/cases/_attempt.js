// What cases share: an error shown as data.

// plain gives data as it is and only the class of a stream.
const plain = (data) => (data && typeof data.pipe === 'function' ? data.constructor.name : data);

exports.describe = function describe(error) {
  if (error === null || typeof error !== 'object') return { thrown: String(error) };
  const shown = { name: error.name, type: error.constructor && error.constructor.name, message: error.message };
  for (const key of ['code', 'errno', 'syscall', 'address', 'port', 'hostname', 'status', 'statusCode', 'reason', 'isAxiosError']) {
    if (error[key] !== undefined) shown[key] = error[key] !== null && typeof error[key] === 'object' ? 'object' : error[key];
  }
  if (error.response && error.response.status) shown.response = { status: error.response.status, data: plain(error.response.data) };
  if (error.cause) shown.cause = describe(error.cause);
  return shown;
};

// attempt runs fn and shows what it threw, or that it takes for ever; machines that
// run tests are slow.
exports.attempt = async (fn) => {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 20000, { never: 'settled' });
  });
  try {
    return await Promise.race([fn(), late]);
  } catch (error) {
    return { threw: exports.describe(error) };
  } finally {
    clearTimeout(timer);
  }
};

// all runs named functions one after the other.
exports.all = async (steps) => {
  const out = {};
  for (const [name, fn] of Object.entries(steps)) out[name] = await exports.attempt(fn);
  return out;
};
