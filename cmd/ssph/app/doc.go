// Package app puts the program together: configuration, database, job runner, payment gateway, website. The program is a value, made
// by New and run by Run, so that a test can start the same program the command starts, on a port of its own with its own clock.
package app
