// Command ssph is the training and licensing platform of the Salford Social Prescribing Hub. "ssph help" lists what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"hub.salford.ac.uk/ssph/models"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// commands is the command line.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Run the website and its jobs. Its settings are environment variables: see ssph serve --help."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date, or say what is still to do."`
	Demo    demoCommand    `cmd:"" help:"Put the invented people and dates of the demonstration into an empty database."`
	Quote   quoteCommand   `cmd:"" help:"Work out a price. Needs no database and writes nothing."`
	Licence licenceCommand `cmd:"" help:"Answer questions about licences."`
	Doctor  doctorCommand  `cmd:"" help:"Check that the records agree with each other; exit 1 when they do not."`
	Stripe  stripeCommand  `cmd:"" help:"Set up card payments at Stripe."`
	Grant   grantCommand   `cmd:"" help:"Give a person a role at the Hub: how the first person of the office comes in."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

// What the program says to whoever started it.
const (
	exitFault  = 1 // something went wrong, or was found
	exitMisuse = 2 // the command line makes no sense
)

// output is where a command writes: results and what people read.
type output struct{ results, people io.Writer }

// findings ends a command that worked and found something wrong: it has said what.
var errFindings = errors.New("something was found")

// run is the whole program with its edges passed in. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("ssph"), kong.Description("The training and licensing platform of the Salford Social Prescribing Hub."),
		kong.Writers(stdout, stderr), kong.UsageOnError(), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(output{stdout, stderr}),
	)
	if err != nil {
		return say(stderr, err, exitFault)
	}
	chosen, err := parser.Parse(plainly(args))
	switch {
	case exited >= 0: // --help was answered
		return exited
	case err != nil:
		return say(stderr, err, exitMisuse)
	}
	return say(stderr, chosen.Run(), exitFault)
}

// plainly lets "ssph help" and "ssph" alone mean "ssph --help", and a number below zero be a value: "--people -3" is refused by
// the command, in its own words.
func plainly(args []string) []string {
	if len(args) == 0 || args[0] == "help" {
		return []string{"--help"}
	}
	var plain []string
	for i, arg := range args {
		if i > 0 && strings.HasPrefix(args[i-1], "--") && len(arg) > 1 && arg[0] == '-' && arg[1] >= '0' && arg[1] <= '9' {
			plain[len(plain)-1] += "=" + arg
			continue
		}
		plain = append(plain, arg)
	}
	return plain
}

// say writes an error as a sentence and picks the exit code: what the person typed wrongly is misuse, whatever the command was.
func say(w io.Writer, err error, code int) int {
	var e *models.Error
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFindings):
		return exitFault
	case errors.As(err, &e) && e.Kind == models.KindInvalid:
		fmt.Fprintln(w, "ssph:", strings.TrimSuffix(e.Msg, ".")+".")
		return exitMisuse
	}
	fmt.Fprintln(w, "ssph:", err)
	return code
}
