package e2e_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/mail/mailtest"
)

// mail waits for the n-th mail (from 1) to an address whose subject has these words.
func (p *program) mail(to, subject string, n int) mailtest.Received {
	p.t.Helper()
	var found []mailtest.Received
	err := eventually(p.t.Context(), func() bool {
		found = found[:0]
		for _, m := range p.post.Received() {
			if slices.Contains(m.To, to) && strings.Contains(m.Subject, subject) {
				found = append(found, m)
			}
		}
		return len(found) >= n
	})
	if err != nil {
		var all []string
		for _, m := range p.post.Received() {
			all = append(all, strings.Join(m.To, ",")+": "+m.Subject)
		}
		p.t.Fatalf("mail %d to %s about %q: %v; there are\n%s", n, to, subject, err, strings.Join(all, "\n"))
	}
	return found[n-1]
}

// allMailSent waits until nothing waits to be sent, and says how many mails were received.
func (p *program) allMailSent() int {
	p.t.Helper()
	if err := eventually(p.t.Context(), func() bool { return p.count("mails WHERE status = 'queued'") == 0 }); err != nil {
		p.t.Fatalf("mail is still queued: %v", err)
	}
	return len(p.post.Received())
}

var address = regexp.MustCompile(`https?://[^\s<>"]+`)

// link is the first address in a mail that has these words in it.
func (p *program) link(m mailtest.Received, part string) string {
	p.t.Helper()
	for _, found := range address.FindAllString(m.Text, -1) {
		if strings.Contains(found, part) {
			return found
		}
	}
	p.t.Fatalf("no address with %q in the mail %q:\n%s", part, m.Subject, m.Text)
	return ""
}

// discreet checks that no mail carries the address of anybody who has a place, but for the one it is sent to.
func (p *program) discreet() {
	p.t.Helper()
	p.allMailSent()
	var people []string
	if err := p.DB().SQL(p.t.Context()).Raw("SELECT DISTINCT recipient_email FROM mails WHERE kind IN ('place-invitation', 'place-withdrawn')").Scan(&people).Error; err != nil {
		p.t.Fatal(err)
	}
	for _, m := range p.post.Received() {
		if len(m.To) != 1 {
			p.t.Errorf("%q went to %v: every mail goes to one address", m.Subject, m.To)
		}
		for _, person := range people {
			if !slices.Contains(m.To, person) && shows(m, person) {
				p.t.Errorf("the mail %q to %v shows the address of %s", m.Subject, m.To, person)
			}
		}
	}
}

// shows looks for an address in every byte of a mail, as it was sent and as it is read.
func shows(m mailtest.Received, person string) bool {
	parts := [][]byte{m.Raw, []byte(m.Text), []byte(m.HTML), unfold(m.Calendar)}
	for _, f := range m.Files {
		parts = append(parts, unfold(string(f.Content)))
	}
	return slices.ContainsFunc(parts, func(part []byte) bool {
		return bytes.Contains(bytes.ToLower(part), []byte(person))
	})
}

// unfold joins the lines of a calendar that were broken at 75 characters.
func unfold(calendar string) []byte {
	return []byte(strings.ReplaceAll(calendar, "\r\n ", ""))
}

// invitation is the calendar of a mail, in one piece and without folds.
func (p *program) invitation(m mailtest.Received) string {
	p.t.Helper()
	text := string(unfold(m.Calendar))
	for _, f := range m.Files {
		if f.ContentType == "text/calendar" {
			text += string(unfold(string(f.Content)))
		}
	}
	if !strings.Contains(text, "BEGIN:VEVENT") {
		p.t.Fatalf("the mail %q has no calendar entry", m.Subject)
	}
	return text
}
