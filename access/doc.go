// Package access knows who is there and what they may do: people, organisations and their managers, mailed sign-in links, browser
// sessions, roles, and the Actor and Scope that every use case about people takes as arguments. It also owns the audit rows, the
// settings the Hub may change, and the program's key.
//
// It promises that a sign-in link works once and only until it ends, that tokens are kept only as hashes, that every read which
// crosses people goes through one Scope, and that an audit row stands or falls with the change it tells of.
package access
