package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The benchmarks run the real binary, and beside it in the same run a bare Node
// HTTP server as the yardstick: on a busy machine the ratio is what counts.

const helloFunction = `exports.main = async (context) => {
  const name = (context.params.name || ['world'])[0];
  return { statusCode: 200, body: { hello: name, version: VERSION } };
};
`

const helloManifest = `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {"hello": {"file": "hello.js", "method": "GET"}}}`

// helloServer is what Node does at the least for the same answer.
const helloServer = `require('http').createServer((q, s) => {
  const name = new URL(q.url, 'http://x').searchParams.get('name') || 'world';
  s.setHeader('content-type', 'application/json');
  s.end(JSON.stringify({ hello: name, version: 1 }));
}).listen(+process.argv[1], '127.0.0.1')`

// fnsBinary builds fns as make build does, less the version.
func fnsBinary(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "fns")
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", path, ".").CombinedOutput(); err != nil {
		b.Fatalf("build fns: %v\n%s", err, out)
	}
	return path
}

func writeFile(b *testing.B, path, text string) {
	b.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}

// helloFolder makes a folder with one design-manager function.
func helloFolder(b *testing.B, source string) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "bench.functions")
	if err := os.Mkdir(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	writeFile(b, filepath.Join(dir, "serverless.json"), helloManifest)
	writeFile(b, filepath.Join(dir, "hello.js"), source)
	return dir
}

// servedProcess is a server under test.
type servedProcess struct {
	cmd *exec.Cmd
	url string
}

func (r *servedProcess) stop() {
	_ = r.cmd.Process.Signal(syscall.SIGINT)
	_ = r.cmd.Wait()
}

// startDev starts fns dev and returns when it says it serves.
func startDev(b *testing.B, fns, dir string, args ...string) *servedProcess {
	b.Helper()
	cmd := exec.Command(fns, append([]string{"dev", dir, "--json", "--port", strconv.Itoa(unusedPort(b))}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	r := &servedProcess{cmd: cmd}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			b.Fatalf("fns dev ended: %v", err)
		}
		var e struct{ Event, URL string }
		if json.Unmarshal(line, &e) == nil && e.Event == "started" {
			r.url = e.URL + "/_hcms/api/hello"
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return r
}

func startNode(b *testing.B) *servedProcess {
	b.Helper()
	port := unusedPort(b)
	cmd := exec.Command("node", "-e", helloServer, strconv.Itoa(port))
	if err := cmd.Start(); err != nil {
		b.Skip("needs node: ", err)
	}
	return &servedProcess{cmd: cmd, url: fmt.Sprintf("http://127.0.0.1:%d/", port)}
}

func unusedPort(b *testing.B) int {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// awaitBody asks until the answer is 200 and holds want.
func awaitBody(b *testing.B, url, want string) {
	b.Helper()
	deadline := time.Now().Add(30 * time.Second)
	last := ""
	for time.Now().Before(deadline) {
		res, err := http.Get(url)
		if err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK && bytes.Contains(body, []byte(want)) {
			return
		}
		last = fmt.Sprintf("%d %s", res.StatusCode, body)
	}
	b.Fatalf("%s never answered %q; last %s", url, want, last)
}

// percentile reports the median and the 95th percentile in milliseconds.
func percentile(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(ms(took[len(took)/2]), name+"-p50-ms")
	b.ReportMetric(ms(took[len(took)*95/100]), name+"-p95-ms")
}

func BenchmarkVersion(b *testing.B) {
	fns := fnsBinary(b)
	var ours, node []time.Duration
	for b.Loop() {
		ours = append(ours, timed(b, exec.Command(fns, "--version")))
		node = append(node, timed(b, exec.Command("node", "--version")))
	}
	percentile(b, "fns", ours)
	percentile(b, "node", node)
}

func timed(b *testing.B, cmd *exec.Cmd) time.Duration {
	b.Helper()
	began := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

func BenchmarkStartToFirstAnswer(b *testing.B) {
	dir := helloFolder(b, strings.Replace(helloFunction, "VERSION", "1", 1))
	fns := fnsBinary(b)
	var ours, node []time.Duration
	for b.Loop() {
		began := time.Now()
		r := startDev(b, fns, dir)
		awaitBody(b, r.url, "hello")
		ours = append(ours, time.Since(began))
		r.stop()
		began = time.Now()
		r = startNode(b)
		awaitBody(b, r.url, "hello")
		node = append(node, time.Since(began))
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
	}
	percentile(b, "fns", ours)
	percentile(b, "node", node)
}

func BenchmarkSaveToNewAnswer(b *testing.B) {
	modules, err := filepath.Abs("../../testdata/npm/node_modules")
	if err != nil {
		b.Fatal(err)
	}
	for name, head := range map[string]string{
		"hello":                "",
		"axios-and-api-client": "const axios = require('axios');\nconst hubspot = require('@hubspot/api-client');\nconst client = new hubspot.Client({ accessToken: 'x' });\nif (!client.crm.contacts || !axios.get) throw new Error('not loaded');\n",
	} {
		b.Run(name, func(b *testing.B) {
			fns := fnsBinary(b)
			source := head + helloFunction
			dir := helloFolder(b, strings.Replace(source, "VERSION", "0", 1))
			if head != "" {
				if _, err := os.Stat(modules); err != nil {
					b.Skip("needs the packages of testdata/npm: ", err)
				}
				if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
					b.Fatal(err)
				}
				writeFile(b, filepath.Join(dir, "package.json"), `{"dependencies": {"axios": "*", "@hubspot/api-client": "*"}}`)
			}
			r := startDev(b, fns, dir)
			defer r.stop()
			awaitBody(b, r.url, `"version":0`)
			var took []time.Duration
			for n := 1; b.Loop(); n++ {
				began := time.Now()
				writeFile(b, filepath.Join(dir, "hello.js"), strings.Replace(source, "VERSION", strconv.Itoa(n), 1))
				awaitBody(b, r.url, fmt.Sprintf(`"version":%d}`, n))
				took = append(took, time.Since(began))
			}
			percentile(b, "save", took)
		})
	}
}

func BenchmarkKeepAliveLoad(b *testing.B) {
	for _, connections := range []int{1, 16} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			fns := fnsBinary(b)
			dir := helloFolder(b, strings.Replace(helloFunction, "VERSION", "1", 1))
			ours := startDev(b, fns, dir, "--no-budget-limit")
			defer ours.stop()
			node := startNode(b)
			defer func() { _ = node.cmd.Process.Kill(); _ = node.cmd.Wait() }()
			awaitBody(b, ours.url, "hello")
			awaitBody(b, node.url, "hello")
			var a, n float64
			const span = 2 * time.Second
			load(b, ours.url, connections, span/4) // warm
			for b.Loop() {
				a = load(b, ours.url, connections, span)
				n = load(b, node.url, connections, span)
			}
			b.ReportMetric(a, "fns-req/s")
			b.ReportMetric(n, "node-req/s")
			b.ReportMetric(a/n, "fns/node")
		})
	}
}

// load asks on keep-alive connections for span and gives requests per second.
// It writes raw bytes, so that the client costs little of the machine.
func load(b *testing.B, url string, connections int, span time.Duration) float64 {
	b.Helper()
	host, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	request := []byte("GET /" + path + "?name=you HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n")
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	began := time.Now()
	for range connections {
		wg.Go(func() {
			conn, err := net.Dial("tcp", strings.Replace(host, "localhost", "127.0.0.1", 1))
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReader(conn)
			count := 0
			for time.Since(began) < span {
				if _, err := conn.Write(request); err != nil {
					b.Error(err)
					return
				}
				if err := readAnswer(in); err != nil {
					b.Error(err)
					return
				}
				count++
			}
			mu.Lock()
			total += count
			mu.Unlock()
		})
	}
	wg.Wait()
	return float64(total) / time.Since(began).Seconds()
}

func readAnswer(in *bufio.Reader) error {
	length, chunked := 0, false
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		switch {
		case first && !bytes.Contains(line, []byte(" 200 ")):
			return fmt.Errorf("answered %s", line)
		case len(line) == 2:
			if chunked {
				for {
					size, err := in.ReadString('\n')
					if err != nil {
						return err
					}
					n, err := strconv.ParseInt(strings.TrimSpace(size), 16, 64)
					if err != nil {
						return err
					}
					if _, err := in.Discard(int(n) + 2); err != nil || n == 0 {
						return err
					}
				}
			}
			_, err := in.Discard(length)
			return err
		case bytes.HasPrefix(bytes.ToLower(line), []byte("content-length:")):
			length, err = strconv.Atoi(string(bytes.TrimSpace(line[15:])))
			if err != nil {
				return err
			}
		case bytes.HasPrefix(bytes.ToLower(line), []byte("transfer-encoding: chunked")):
			chunked = true
		}
	}
}

func BenchmarkIdleMemory(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("reads /proc")
	}
	fns := fnsBinary(b)
	dir := helloFolder(b, strings.Replace(helloFunction, "VERSION", "1", 1))
	r := startDev(b, fns, dir)
	defer r.stop()
	awaitBody(b, r.url, "hello")
	time.Sleep(3 * time.Second) // idle: the collectors have given back what they will
	var mb float64
	for b.Loop() {
		mb = float64(treeRSS(b, r.cmd.Process.Pid)) / 1024
	}
	b.ReportMetric(mb, "tree-MB")
}

// treeRSS adds up the resident memory of a process and its children, in kB.
func treeRSS(b *testing.B, pid int) int {
	b.Helper()
	total := 0
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				b.Fatal(err)
			}
			total += n
		}
	}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, t := range tasks {
		children, _ := os.ReadFile(t)
		for _, c := range strings.Fields(string(children)) {
			n, err := strconv.Atoi(c)
			if err != nil {
				b.Fatal(err)
			}
			total += treeRSS(b, n)
		}
	}
	return total
}
