package secrets

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/dotenv"
	"github.com/fns-dev/fns/internal/report"
)

// importOptions are the flags of import.
type importOptions struct {
	format   string
	onlyNew  bool
	dryRun   bool
	force    bool
	only     []string
	fileName string
}

func newImport(base *target) *cobra.Command {
	t, opts := base.clone(), &importOptions{}
	cmd := &cobra.Command{
		Use:   "import <file>",
		Short: "Add and change many secrets from a .env or JSON file",
		Long: `Add and change secrets from a .env file or a JSON object of texts, - for stdin.
What would happen is shown first, with names and without values; a secret that is
there is changed, because nobody can see whether its value is the same.`,
		Example: "  fns secrets import .env\n  fns secrets import .env --only-new --force\n  fns secrets import .env --only API_KEY,DB_URL\n  vault read -format=json … | fns secrets import - --force",
		Args:    cmdutil.One("a file, or - for stdin"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.fileName = args[0]
			return importRun(cmd.Context(), t, opts)
		},
	}
	t.addTo(cmd)
	flags := cmd.Flags()
	flags.StringVar(&opts.format, "format", "", "The file is env or json; without the flag its text tells")
	flags.BoolVar(&opts.onlyNew, "only-new", false, "Leave secrets alone that are there")
	flags.StringSliceVar(&opts.only, "only", nil, "Take only these `names`")
	flags.BoolVar(&opts.dryRun, "dry-run", false, "Show what would happen, and stop")
	flags.BoolVarP(&opts.force, "force", "f", false, "Do not ask")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"env", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// pair is a secret to import.
type pair struct{ name, value string }

// plan is what an import does; it is also its --json form.
type plan struct {
	AccountID int64    `json:"accountId"`
	AppID     int64    `json:"appId,omitempty"`
	Add       []string `json:"add"`
	Update    []string `json:"update"`
	Skip      []string `json:"skip"` // there already, with --only-new
	Count     int      `json:"count"`
	Limit     int      `json:"limit,omitempty"`
	Done      bool     `json:"done"`
}

func importRun(ctx context.Context, t *target, opts *importOptions) error {
	pairs, err := opts.read(t)
	if err != nil {
		return err
	}
	if err := t.open(ctx); err != nil {
		return err
	}
	names, err := t.store.list(ctx)
	if err != nil {
		return err
	}
	p := plan{AccountID: t.session.Account.ID, AppID: t.app, Add: []string{}, Update: []string{}, Skip: []string{}, Limit: t.limit()}
	for _, one := range pairs {
		switch {
		case !slices.Contains(names, one.name):
			p.Add = append(p.Add, one.name)
		case opts.onlyNew:
			p.Skip = append(p.Skip, one.name)
		default:
			p.Update = append(p.Update, one.name)
		}
	}
	p.Count = len(names) + len(p.Add)
	if !t.asJSON {
		t.show(p)
	}
	if p.Limit > 0 && p.Count > p.Limit {
		return &hinted{
			fmt.Errorf("%s would have %s secrets, and HubSpot stores no more than %d without saying so; nothing was changed", t.name, t.count(p.Count), p.Limit),
			"import fewer with --only, or put several values into one secret as JSON",
		}
	}
	if !opts.dryRun && len(p.Add)+len(p.Update) > 0 {
		yes, err := t.confirm(ctx, opts.force, fmt.Sprintf("Write %d secrets to %s?", len(p.Add)+len(p.Update), t.name))
		if err != nil || !yes {
			return err
		}
		if p.Count, err = t.write(ctx, p, pairs); err != nil {
			return err
		}
		p.Done = true
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, p)
	}
	if p.Done {
		t.say("%d added, %d changed: %s has %s secrets now", len(p.Add), len(p.Update), t.name, t.count(p.Count))
	}
	return nil
}

// show prints a plan.
func (t *target) show(p plan) {
	t.say("%s:", t.name)
	for _, part := range []struct {
		mark, what string
		names      []string
	}{{"+", "add", p.Add}, {"~", "change", p.Update}, {" ", "leave alone", p.Skip}} {
		for _, name := range part.names {
			t.say("  %s %s (%s)", part.mark, name, part.what)
		}
	}
	if len(p.Add)+len(p.Update) == 0 {
		t.say("  nothing to write")
	}
}

// write carries a plan out. Where a call fails it says what was done until then;
// running the import again is safe.
func (t *target) write(ctx context.Context, p plan, pairs []pair) (count int, err error) {
	var done []string
	for _, one := range pairs {
		switch {
		case slices.Contains(p.Add, one.name):
			err = t.store.add(ctx, one.name, one.value)
		case slices.Contains(p.Update, one.name):
			err = t.store.update(ctx, one.name, one.value)
		default:
			continue
		}
		if err != nil {
			return 0, &hinted{
				fmt.Errorf("%w\n  written before: %s; not written: the other %d", err, list(done), len(p.Add)+len(p.Update)-len(done)),
				"running the import again is safe",
			}
		}
		done = append(done, one.name)
	}
	missing := []string{}
	names, all, err := t.verify(ctx, func(names []string) bool {
		missing = missing[:0]
		for _, name := range done {
			if !slices.Contains(names, name) {
				missing = append(missing, name)
			}
		}
		return len(missing) == 0
	})
	if err != nil {
		return 0, err
	}
	if !all {
		return 0, fmt.Errorf("HubSpot answered with success, but %s does not have %s", t.name, list(missing))
	}
	return len(names), nil
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// read gives the secrets of the file, in its order, each name once.
func (o *importOptions) read(t *target) ([]pair, error) {
	data, path, err := o.load(t)
	if err != nil {
		return nil, err
	}
	var pairs []pair
	switch format := o.guess(data); format {
	case "json":
		pairs, err = parseJSON(data)
	case "env":
		pairs, err = t.parseEnv(path, data)
	default:
		return nil, cmdutil.Usagef("--format %s: want env or json", format)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.fileName, err)
	}
	for _, one := range pairs {
		t.f.Hide("secret "+one.name, one.value)
	}
	return o.chosen(pairs)
}

func (o *importOptions) load(t *target) (data []byte, path string, err error) {
	if o.fileName == "-" {
		data, err = io.ReadAll(io.LimitReader(t.f.IO.In, dotenv.MaxSize+1))
		if err != nil {
			return nil, "", fmt.Errorf("read stdin: %w", err)
		}
	} else {
		dir, err := t.f.Sys.Getwd()
		if err != nil {
			return nil, "", fmt.Errorf("find the current folder: %w", err)
		}
		path = o.fileName
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		if data, err = os.ReadFile(path); err != nil {
			return nil, "", err
		}
	}
	if len(data) > dotenv.MaxSize {
		return nil, "", fmt.Errorf("%s is larger than %d bytes", o.fileName, dotenv.MaxSize)
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), path, nil
}

func (o *importOptions) guess(data []byte) string {
	switch {
	case o.format != "":
		return o.format
	case strings.HasPrefix(strings.TrimSpace(string(data)), "{"):
		return "json"
	default:
		return "env"
	}
}

// parseJSON reads an object of texts, numbers and booleans, in its order.
func parseJSON(data []byte) ([]pair, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return nil, errors.New("want a JSON object such as {\"API_KEY\": \"…\"}")
	}
	var pairs []pair
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, errors.New("the JSON is broken") // the error's text could hold a value
		}
		name, _ := key.(string)
		var value any
		if err := dec.Decode(&value); err != nil {
			return nil, fmt.Errorf("the JSON is broken after %q", name)
		}
		switch v := value.(type) {
		case string:
			pairs = append(pairs, pair{name, v})
		case json.Number:
			pairs = append(pairs, pair{name, v.String()})
		case bool:
			pairs = append(pairs, pair{name, fmt.Sprint(v)})
		default:
			return nil, fmt.Errorf("the value of %q is no text: a secret is one text, encode others as JSON in it", name)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("the JSON ends in the middle")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind the JSON object")
	}
	return pairs, nil
}

// parseEnv reads a .env file as Node's dotenv does and shows its warnings.
func (t *target) parseEnv(path string, data []byte) ([]pair, error) {
	file, found := dotenv.Parse(path, data)
	if len(found) > 0 {
		dir, err := t.f.Sys.Getwd()
		if err != nil {
			dir = ""
		}
		list := append(diag.List(nil), found...)
		if err := report.Text(t.f.IO.Err, report.NewFindings(list, dir), t.f.IO.Err.Theme.Paint()); err != nil {
			return nil, err
		}
	}
	var pairs []pair
	for _, e := range file.Entries {
		pairs = append(pairs, pair{e.Key, e.Value})
	}
	return pairs, nil
}

// chosen checks the pairs and takes those that --only names. Of a name that
// stands there twice the last value counts, as in dotenv.
func (o *importOptions) chosen(all []pair) ([]pair, error) {
	var pairs []pair
	for i, one := range all {
		if len(o.only) > 0 && !slices.Contains(o.only, one.name) ||
			slices.ContainsFunc(all[i+1:], func(later pair) bool { return later.name == one.name }) {
			continue
		}
		if err := checkName(one.name); err != nil {
			return nil, err
		}
		if one.value == "" {
			return nil, &hinted{fmt.Errorf("%s: %s has no value, and HubSpot stores no empty secrets", o.fileName, one.name), "give it one, or choose others with --only"}
		}
		pairs = append(pairs, one)
	}
	for _, name := range o.only {
		if !slices.ContainsFunc(pairs, func(p pair) bool { return p.name == name }) {
			return nil, fmt.Errorf("%s has no %s", o.fileName, name)
		}
	}
	if len(pairs) == 0 {
		return nil, fmt.Errorf("%s holds no secrets", o.fileName)
	}
	return pairs, nil
}
