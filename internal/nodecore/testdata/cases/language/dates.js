// Dates as texts, with the name of the time zone.
const attempt = (fn) => { try { return fn(); } catch (error) { return error.name; } };

exports.main = () => {
  console.log(`it is ${new Date(0)}`);
  return [
    String(new Date(0)), `${new Date(2026, 6, 5, 7, 8, 9)}`, new Date(1e12).toTimeString(), new Date(0) + 1, new Date(0).toDateString(), new Date(0).toUTCString(),
    String(new Date(NaN)), new Date(NaN).toTimeString(), String(new Date(-1e14)), String(new Date(8.64e15)), attempt(() => Date.prototype.toString.call({})),
    Date.prototype.toString.name, Date.prototype.toString.length, Object.keys(Date.prototype), [new Date(0)].join(), new Date(0)[Symbol.toPrimitive]('default'), typeof (new Date(0) - 0),
  ];
};
