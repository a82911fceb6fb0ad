package enginetest

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Databases are servers that cases of an area need besides the Server: what
// their context has in addition, by the name of the area. Each is started when
// the first case needs it, and ends with the test.
//
// A developer's test without the program is skipped, the CI's fails.
func Databases(t *testing.T) map[string]func(*testing.T) map[string]any {
	t.Helper()
	return map[string]func(*testing.T) map[string]any{
		"pg":      once(t, startPostgres),
		"ioredis": once(t, startRedis),
	}
}

// database is a running server, or why there is none.
type database struct {
	context map[string]any
	missing string
	err     error
	stop    func()
}

func once(t *testing.T, start func() database) func(*testing.T) map[string]any {
	t.Helper()
	get := sync.OnceValue(func() database {
		db := start()
		if db.stop != nil {
			t.Cleanup(db.stop) // of the test above all cases
		}
		return db
	})
	return func(t *testing.T) map[string]any {
		t.Helper()
		db := get()
		if db.missing != "" && os.Getenv("CI") == "" {
			t.Skip(db.missing)
		}
		if db.missing != "" {
			t.Fatal(db.missing)
		}
		if db.err != nil {
			t.Fatal(db.err)
		}
		return db.context
	}
}

const (
	databaseUser     = "tester"
	databasePassword = "p@ss wörd"
	startDeadline    = time.Minute
)

// program finds one on PATH or in the folders where Debian has it.
func program(name string, folders ...string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, folder := range folders {
		if list, _ := filepath.Glob(filepath.Join(folder, name)); len(list) > 0 {
			return list[len(list)-1]
		}
	}
	return ""
}

// startPostgres makes a cluster in a folder of its own, with a password that is
// asked for by SCRAM, and TLS.
func startPostgres() database {
	const debian = "/usr/lib/postgresql/*/bin"
	initdb, postgres := program("initdb", debian), program("postgres", debian)
	if initdb == "" || postgres == "" {
		return database{missing: "needs PostgreSQL: apt-get install postgresql"}
	}
	dir, err := os.MkdirTemp("", "fns-postgres-")
	if err != nil {
		return database{err: err}
	}
	db := database{stop: func() { _ = os.RemoveAll(dir) }}
	db.err = func() error {
		cert, ca, err := Certificate("localhost")
		if err != nil {
			return err
		}
		key, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
		if err != nil {
			return err
		}
		for name, text := range map[string][]byte{
			"password": []byte(databasePassword),
			"cert.pem": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]}),
			"key.pem":  pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				return err
			}
		}
		if err := giveAway(dir); err != nil {
			return err
		}
		data := filepath.Join(dir, "data")
		ctx, cancel := context.WithTimeout(context.Background(), startDeadline)
		defer cancel()
		create := exec.CommandContext(ctx, initdb, "-D", data, "-U", databaseUser, "--pwfile="+filepath.Join(dir, "password"), "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync")
		asOther(create)
		create.Dir = dir
		if out, err := create.CombinedOutput(); err != nil {
			return fmt.Errorf("initdb: %w\n%s", err, out)
		}
		port, stop, err := serve(dir, func(port string) *exec.Cmd {
			return exec.Command(postgres, "-D", data, "-p", port, "-h", "127.0.0.1", "-k", dir, "-F",
				"-c", "ssl=on", "-c", "ssl_cert_file="+filepath.Join(dir, "cert.pem"), "-c", "ssl_key_file="+filepath.Join(dir, "key.pem"), "-c", "max_connections=50")
		}, func(string) bool {
			status, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
			return err == nil && bytes.HasSuffix(bytes.TrimSpace(status), []byte("ready"))
		})
		if err != nil {
			return err
		}
		remove := db.stop
		db.stop = func() { stop(); remove() }
		db.context = map[string]any{"postgres": map[string]any{"host": "127.0.0.1", "port": port, "user": databaseUser, "password": databasePassword, "database": "postgres"}, "postgresCA": ca}
		return nil
	}()
	return db
}

func startRedis() database {
	redis := program("redis-server")
	if redis == "" {
		return database{missing: "needs Redis: apt-get install redis-server"}
	}
	dir, err := os.MkdirTemp("", "fns-redis-")
	if err != nil {
		return database{err: err}
	}
	remove := func() { _ = os.RemoveAll(dir) }
	if err := giveAway(dir); err != nil {
		return database{err: err, stop: remove}
	}
	port, stop, err := serve(dir, func(port string) *exec.Cmd {
		return exec.Command(redis, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", databasePassword, "--dir", dir)
	}, func(port string) bool {
		c, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", port), time.Second)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	if err != nil {
		return database{err: err, stop: remove}
	}
	return database{
		context: map[string]any{"redis": map[string]any{"host": "127.0.0.1", "port": port, "password": databasePassword}},
		stop:    func() { stop(); remove() },
	}
}

// serve starts a server on a free port and waits until it is ready. Another
// program may take the port first: then another port is tried.
func serve(dir string, command func(port string) *exec.Cmd, ready func(port string) bool) (number int, stop func(), err error) {
	for range 5 {
		port, perr := freePort()
		if perr != nil {
			return 0, nil, perr
		}
		var out bytes.Buffer
		cmd := command(port)
		asOther(cmd)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
		if err := cmd.Start(); err != nil {
			return 0, nil, err
		}
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		stop = func() {
			_ = cmd.Process.Signal(os.Interrupt) // lets its children end
			select {
			case <-ended:
			case <-time.After(10 * time.Second):
				_ = cmd.Process.Kill()
				<-ended
			}
		}
		if err = waitFor(ended, func() bool { return ready(port) }); err == nil {
			number, _ = strconv.Atoi(port)
			return number, stop, nil
		}
		stop()
		err = fmt.Errorf("%s: %w\n%s", cmd.Path, err, out.Bytes())
	}
	return 0, nil, err
}

func waitFor(ended <-chan struct{}, ready func() bool) error {
	late := time.After(startDeadline)
	for {
		if ready() {
			return nil
		}
		select {
		case <-ended:
			return errors.New("ended before it was ready")
		case <-late:
			return fmt.Errorf("not ready after %v", startDeadline)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return port(l), nil
}
