'use strict';
// The os module: the values of a Lambda sandbox.

const { validateInteger } = require('internal/errors');

const ARCH = { x64: 'x86_64', arm64: 'aarch64' };
const RELEASE = '5.10.245-267.991.amzn2.x86_64';

// A function's memory, whatever the machine has.
const memory = () => (+process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE || 128) * 1024 * 1024;

const cpu = () => ({ model: 'Intel(R) Xeon(R) Processor @ 2.50GHz', speed: 2500, times: { user: 100, nice: 0, sys: 100, idle: 100000, irq: 0 } });

function text(name, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  // os.hostname and the like turn into their value in a template.
  Object.defineProperty(fn, Symbol.toPrimitive, { value: () => fn(), configurable: true });
  return fn;
}

const os = {
  arch: text('arch', () => process.arch),
  availableParallelism: text('availableParallelism', () => 2),
  cpus: function cpus() {
    return [cpu(), cpu()];
  },
  endianness: text('endianness', () => 'LE'),
  freemem: text('freemem', () => Math.max(0, memory() - process.memoryUsage().rss)),
  getPriority: function getPriority(pid) {
    if (pid !== undefined) validateInteger(pid, 'pid', -(2 ** 31), 2 ** 31 - 1);
    return 0;
  },
  homedir: text('homedir', () => process.env.HOME || '/home/sbx_user1051'),
  hostname: text('hostname', () => '169.254.10.1'),
  loadavg: function loadavg() {
    return [0, 0, 0];
  },
  networkInterfaces: function networkInterfaces() {
    return {
      lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }],
      // Clients that find only lo take it that there is no network.
      vinternal_1: [{ address: '169.254.10.1', netmask: '255.255.255.252', family: 'IPv4', mac: '02:00:a9:fe:0a:01', internal: false, cidr: '169.254.10.1/30' }],
    };
  },
  platform: text('platform', () => 'linux'),
  release: text('release', () => RELEASE),
  setPriority: function setPriority(pid, priority) {
    validateInteger(priority === undefined ? pid : priority, 'priority', -20, 19);
  },
  tmpdir: text('tmpdir', () => {
    const dir = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
    return dir.length > 1 && dir.endsWith('/') ? dir.slice(0, -1) : dir;
  }),
  totalmem: text('totalmem', memory),
  type: text('type', () => 'Linux'),
  userInfo: function userInfo(options) {
    const info = { uid: 993, gid: 990, username: 'sbx_user1051', homedir: '/home/sbx_user1051', shell: '/sbin/nologin' };
    if (options && options.encoding === 'buffer') {
      for (const key of ['username', 'homedir', 'shell']) info[key] = Buffer.from(info[key]);
    }
    return info;
  },
  uptime: text('uptime', () => process.uptime()),
  version: text('version', () => '#1 SMP Mon Oct 20 16:08:49 UTC 2025'),
  machine: text('machine', () => ARCH[process.arch] || 'x86_64'),
};

Object.defineProperty(os, 'constants', {
  configurable: false,
  enumerable: true,
  get() {
    return constants();
  },
});
os.EOL = '\n';
os.devNull = '/dev/null';

// The error numbers of POSIX on Linux, without those that libuv adds.
const ERRNO = 'E2BIG 7 EACCES 13 EADDRINUSE 98 EADDRNOTAVAIL 99 EAFNOSUPPORT 97 EAGAIN 11 EALREADY 114 EBADF 9 EBADMSG 74 EBUSY 16 ECANCELED 125 ECHILD 10 ECONNABORTED 103 ECONNREFUSED 111 ECONNRESET 104 EDEADLK 35 EDESTADDRREQ 89 EDOM 33 EDQUOT 122 EEXIST 17 EFAULT 14 EFBIG 27 EHOSTUNREACH 113 EIDRM 43 EILSEQ 84 EINPROGRESS 115 EINTR 4 EINVAL 22 EIO 5 EISCONN 106 EISDIR 21 ELOOP 40 EMFILE 24 EMLINK 31 EMSGSIZE 90 EMULTIHOP 72 ENAMETOOLONG 36 ENETDOWN 100 ENETRESET 102 ENETUNREACH 101 ENFILE 23 ENOBUFS 105 ENODATA 61 ENODEV 19 ENOENT 2 ENOEXEC 8 ENOLCK 37 ENOLINK 67 ENOMEM 12 ENOMSG 42 ENOPROTOOPT 92 ENOSPC 28 ENOSR 63 ENOSTR 60 ENOSYS 38 ENOTCONN 107 ENOTDIR 20 ENOTEMPTY 39 ENOTSOCK 88 ENOTSUP 95 ENOTTY 25 ENXIO 6 EOPNOTSUPP 95 EOVERFLOW 75 EPERM 1 EPIPE 32 EPROTO 71 EPROTONOSUPPORT 93 EPROTOTYPE 91 ERANGE 34 EROFS 30 ESPIPE 29 ESRCH 3 ESTALE 116 ETIME 62 ETIMEDOUT 110 ETXTBSY 26 EWOULDBLOCK 11 EXDEV 18';

let made;

function constants() {
  if (made !== undefined) return made;
  const errno = Object.create(null);
  for (const [, name, number] of ERRNO.matchAll(/(\w+) (\d+)/g)) errno[name] = Number(number);
  const signals = Object.assign(Object.create(null), {
    SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11,
    SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGSTKFLT: 16, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22,
    SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31,
  });
  made = Object.assign(Object.create(null), {
    UV_UDP_REUSEADDR: 4,
    dlopen: Object.assign(Object.create(null), { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 }),
    errno,
    signals: Object.freeze(signals),
    priority: Object.assign(Object.create(null), { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 }),
  });
  return made;
}

module.exports = os;
