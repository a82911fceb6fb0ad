// Listeners for what nothing caught.
exports.main = async () => {
  const out = [];
  process.on("unhandledRejection", (r, p) => out.push(["ur", r.message, p instanceof Promise]));
  process.on("uncaughtException", (e, o) => out.push(["ue", e.message, o]));
  Promise.reject(new Error("r1"));
  Promise.reject(new Error("r2"));
  setTimeout(() => {
    throw new Error("t");
  }, 30);
  process.nextTick(() => {
    throw new Error("n");
  });
  await new Promise((r) => setTimeout(r, 60));
  return out;
};
