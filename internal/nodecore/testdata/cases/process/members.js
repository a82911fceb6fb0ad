// The members of process.
exports.main = async () => {
  console.log(process.argv.length > 0, process.platform, typeof process.pid, process.release.name, process.cwd().length > 0, typeof process.hrtime()[0], typeof process.hrtime.bigint(), process.uptime() > 0, Object.keys(process.memoryUsage()).join(), process.umask(), process.title.length > 0, process.exitCode, process.constructor.name, Object.prototype.toString.call(process), process.versions.node === process.version.slice(1));
  process.env.N2 = 5;
  process.env.U = void 0;
  console.log(process.env.N2, typeof process.env.N2, process.env.U, "N2" in process.env, delete process.env.N2, process.env.N2, process.env.NOPE);
  try {
    process.env[/* @__PURE__ */ Symbol("x")] = 1;
  } catch (e) {
    console.log(e.message);
  }
  ;
  console.log({ ...process.env }.U, Object.keys(process.env).includes("U"));
  process.on("custom", (a) => console.log("got", a));
  process.emit("custom", 4);
  console.log(process.listenerCount("custom"), process instanceof require("events"), typeof process.on);
  for (const f of [() => process.nextTick(1), () => process.kill("x"), () => process.kill(process.pid, "NOSIG"), () => process.hrtime(1), () => process.emitWarning(1), () => process.chdir("/nope-x")]) try {
    f();
    console.log("ok");
  } catch (e) {
    console.log(e.name, e.code, e.message.replace(process.cwd(), "CWD"));
  }
  return null;
};
