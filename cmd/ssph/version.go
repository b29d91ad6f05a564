package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version the build recorded, and the Go it was made with.
func (versionCommand) Run(out output) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(out.results, "ssph, version unknown")
		return err
	}
	_, err := fmt.Fprintf(out.results, "ssph %s (%s)\n", info.Main.Version, info.GoVersion)
	return err
}
