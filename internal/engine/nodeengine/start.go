package nodeengine

import (
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/engine"
)

// Engine starts workers that run functions in one Node.
type Engine struct {
	Node
	// Inspect is the "host:port" that the debugger of the first function listens
	// on; those of others take the next ports. "" is no debugger.
	Inspect string
	// Break makes a function wait for a debugger and stop at its first statement.
	Break bool

	mu        sync.Mutex
	debuggers map[string]string // addresses by function
}

// Debugging reports whether debuggers are asked for. Nothing that runs then is
// held to a time or a memory limit.
func (e *Engine) Debugging() bool { return e.Inspect != "" }

// Debugger gives the address, "127.0.0.1:9229", that the debugger of a function
// listens on, now or once the function is started; "" without one.
func (e *Engine) Debugger(function string) string {
	if e.Inspect == "" {
		return ""
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if addr := e.debuggers[function]; addr != "" {
		return addr
	}
	addr := e.freeAddress()
	if e.debuggers == nil {
		e.debuggers = map[string]string{}
	}
	e.debuggers[function] = addr
	return addr
}

// portTries is how many ports are tried after the one that was asked for.
const portTries = 100

// freeAddress gives the first address from Inspect on that nobody has. Node
// itself would go on without a debugger where the port is taken.
func (e *Engine) freeAddress() string {
	host, first, err := net.SplitHostPort(e.Inspect)
	if err != nil {
		return e.Inspect
	}
	port, err := strconv.Atoi(first)
	if err != nil {
		return e.Inspect
	}
	taken := slices.Collect(maps.Values(e.debuggers))
	for p := port; p < port+portTries && p <= 65535; p++ {
		addr := net.JoinHostPort(host, strconv.Itoa(p))
		if slices.Contains(taken, addr) {
			continue
		}
		l, err := net.Listen("tcp", addr)
		if err == nil {
			_ = l.Close()
			return addr
		}
	}
	return e.Inspect
}

// DefaultInspect is where Node's own --inspect listens.
const DefaultInspect = "127.0.0.1:9229"

// InspectAddress completes the value of --inspect: "", "9230", ":9230", "host"
// or "host:port".
func InspectAddress(value string) (string, error) {
	host, port, err := net.SplitHostPort(value)
	switch {
	case value == "":
		return DefaultInspect, nil
	case err == nil:
	case isPort(value):
		port = value
	default:
		host = strings.Trim(value, "[]")
	}
	defaultHost, defaultPort, _ := net.SplitHostPort(DefaultInspect)
	if host == "" {
		host = defaultHost
	}
	if port == "" {
		port = defaultPort
	}
	if !isPort(port) || strings.ContainsAny(host, " /") {
		return "", fmt.Errorf("%q is not an address for a debugger: want [host:]port", value)
	}
	return net.JoinHostPort(host, port), nil
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n <= 65535
}

// Install writes the program that Node runs into dir and gives its path.
func Install(dir string) (string, error) {
	dir = filepath.Join(dir, "node")
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return "", err
	}
	files, err := fs.Glob(program, "js/*.js")
	if err != nil {
		return "", err
	}
	for _, name := range files {
		text, err := program.ReadFile(name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), text, 0o600); err != nil {
			return "", err
		}
	}
	// Node follows links, and the program knows its own files by their folder.
	dir, err = filepath.EvalSymlinks(dir)
	return filepath.Join(dir, "main.js"), err
}

// Command gives the command that runs fn; main is the path that Install gave, in
// and out are the file descriptors of the frames.
func (e *Engine) Command(fn *engine.Function, main string, in, out int) *exec.Cmd {
	args := []string{"--no-warnings"} // they become log records
	if e.Inspect != "" {
		args = append(args, "--inspect="+e.Debugger(fn.Name))
	} else if mb := int(fn.Limits.Memory >> 20); mb > 0 {
		// The division of the memory between V8's generations that Lambda's own
		// start script makes: a tenth is for young objects.
		young := mb / 10
		args = append(args, fmt.Sprintf("--max-old-space-size=%d", mb-young), fmt.Sprintf("--max-semi-space-size=%d", max(1, young/2)))
	}
	args = append(args, main, strconv.Itoa(in), strconv.Itoa(out))
	switch {
	case e.Inspect != "" && e.Break:
		args = append(args, "break")
	case e.Inspect != "":
		args = append(args, "debug")
	}
	cmd := exec.Command(e.Path, args...)
	cmd.Dir = filepath.Dir(main)
	cmd.Env = basics(fn)
	return cmd
}

// basics is the environment that Node starts with: what it reads itself before
// the first line of JavaScript, from the function's own variables. The program
// makes process.env what the function is to see. Nothing of the host's gets in,
// but what Windows needs to open sockets.
func basics(fn *engine.Function) []string {
	env := []string{}
	if root := systemRoot(); root != "" {
		env = append(env, "SystemRoot="+root)
	}
	if fn == nil {
		return env
	}
	for _, name := range []string{"TZ", "LANG", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_PENDING_DEPRECATION", "NODE_DEBUG", "UV_THREADPOOL_SIZE"} {
		if value, ok := fn.Vars[name]; ok {
			env = append(env, name+"="+value)
		}
	}
	// Node searches these folders last, after every node_modules.
	dirs := slices.Clone(fn.PackageDirs)
	if value := fn.Vars["NODE_PATH"]; value != "" {
		dirs = append(dirs, value)
	}
	if len(dirs) > 0 {
		env = append(env, "NODE_PATH="+strings.Join(dirs, string(filepath.ListSeparator)))
	}
	return env
}

// systemRoot is the folder of Windows, "" elsewhere.
func systemRoot() string {
	if runtime.GOOS != "windows" {
		return ""
	}
	return os.Getenv("SystemRoot")
}
