// Package licensing owns certificates and licences: what a completed training gives a person, and whether the tool opens for them.
//
// A licence is a chain of dated periods, never a length in seconds. How it stands is worked out when asked, by Decide, from its
// dates and from what people have decided about it; no job ever sets it. One person has one live licence. Each period says what
// made it, and each certificate which completion: both are made in the one transaction that completes the session, and once,
// however often it is run. An issued certificate and a period are never changed or deleted: taking one back is a new row.
package licensing
