package templates

import (
	"strings"
	"testing"
	"testing/fstest"
)

func emailSource(extra map[string]string) fstest.MapFS {
	source := fstest.MapFS{}
	for _, name := range []string{"layouts/email.txt", "layouts/email.html", "emails/style.css"} {
		content, err := sources.ReadFile(name)
		if err != nil {
			panic(err)
		}
		source[name] = &fstest.MapFile{Data: content}
	}
	for name, text := range extra {
		source[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return source
}

type letter struct {
	Name   string
	Facts  []Fact
	Button Action
}

func TestEmail_SaysTheSameInBothBodies(t *testing.T) {
	set, err := parseEmails(emailSource(map[string]string{
		"emails/hello.txt":  "Subject: Your places, {{.Name}}\n\nHello {{.Name}},\n\n{{template \"facts\" .Facts}}\n{{template \"button\" .Button}}",
		"emails/hello.html": `{{define "body"}}<p>Hello {{.Name}},</p>{{template "facts" .Facts}}{{template "button" .Button}}{{end}}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	m, err := set.render("hello", letter{Name: "O'Brien <b>\r\nBcc: x@example.org", Facts: []Fact{{"When", "Thursday 14 January 2027"}}, Button: Action{"See your booking", "https://hub.example/bookings/1"}})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Your places, O'Brien <b> Bcc: x@example.org" {
		t.Errorf("the subject is %q", m.Subject)
	}
	for _, want := range []string{"Hello O'Brien <b>", "When: Thursday 14 January 2027", "See your booking:\nhttps://hub.example/bookings/1", "University of Salford"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, m.Text)
		}
	}
	for _, want := range []string{"O&#39;Brien &lt;b&gt;", "Thursday 14 January 2027", `class="button" href="https://hub.example/bookings/1"`, "max-width: 600px"} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("the HTML lacks %q", want)
		}
	}
}

func TestEmail_BrokenOnesAreRefusedByName(t *testing.T) {
	good := `{{define "body"}}x{{end}}`
	for what, files := range map[string]map[string]string{
		"without a subject":   {"emails/bad.txt": "Hello", "emails/bad.html": good},
		"without an HTML":     {"emails/bad.txt": "Subject: x\n\nHello"},
		"without a body":      {"emails/bad.txt": "Subject: x\n\nHello", "emails/bad.html": "hello"},
		"with a broken text":  {"emails/bad.txt": "Subject: x\n\n{{if}}", "emails/bad.html": good},
		"with a broken title": {"emails/bad.txt": "Subject: {{if}}\n\nHello", "emails/bad.html": good},
	} {
		if _, err := parseEmails(emailSource(files)); err == nil || !strings.Contains(err.Error(), "bad") {
			t.Errorf("an e-mail %s: %v", what, err)
		}
	}
}

func TestEmail_AllThatAreHereParse(t *testing.T) {
	if _, err := builtEmails(); err != nil {
		t.Error(err)
	}
	if _, err := RenderEmail("nowhere", nil); err == nil {
		t.Error("an e-mail that does not exist was drawn")
	}
}

func TestEmail_LackingDataIsAnError(t *testing.T) {
	set, err := parseEmails(emailSource(map[string]string{"emails/a.txt": "Subject: a\n\n{{.Missing}}", "emails/a.html": `{{define "body"}}x{{end}}`}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.render("a", letter{}); err == nil {
		t.Error("missing data was passed over")
	}
}
