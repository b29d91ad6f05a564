package templates

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
	texttemplate "text/template"
)

// Email is a drawn e-mail: both bodies say the same.
type Email struct {
	Subject string // one line
	Text    string
	HTML    string
}

// Fact is one line of the list that e-mails and panels show: "When", "Thursday 14 January 2027".
type Fact struct {
	Name  string
	Value string
}

// emailSet holds the parsed e-mails by name.
type emailSet struct {
	text map[string]*texttemplate.Template
	html map[string]*htmltemplate.Template
}

var builtEmails = sync.OnceValues(func() (emailSet, error) { return parseEmails(sources) })

// RenderEmail draws the e-mail of that name from its sender's data. It fails on an unknown name and on data that lacks what it reads.
func RenderEmail(name string, data any) (Email, error) {
	set, err := builtEmails()
	if err != nil {
		return Email{}, err
	}
	return set.render(name, data)
}

const (
	emailStyleMark = "/* email style */"
	subjectPrefix  = "Subject: "
)

// parseEmails reads emails/*.txt and *.html. The style sheet is put into the layout's text before it is parsed: mail programs read
// no linked files, and nothing ready-made may be passed in as data.
func parseEmails(source fs.FS) (emailSet, error) {
	set := emailSet{text: map[string]*texttemplate.Template{}, html: map[string]*htmltemplate.Template{}}
	textLayout, err := texttemplate.New("").Option("missingkey=error").Funcs(funcs()).ParseFS(source, "layouts/email.txt")
	if err != nil {
		return set, fmt.Errorf("e-mail layout: %w", err)
	}
	htmlLayout, err := parseEmailLayout(source)
	if err != nil {
		return set, fmt.Errorf("e-mail layout: %w", err)
	}
	files, err := fs.Glob(source, "emails/*.txt")
	if err != nil {
		return set, err
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".txt")
		if set.text[name], err = parseEmailText(textLayout, source, file); err != nil {
			return set, fmt.Errorf("e-mail %s: %w", name, err)
		}
		if set.html[name], err = parseEmailHTML(htmlLayout, source, "emails/"+name+".html"); err != nil {
			return set, fmt.Errorf("e-mail %s: %w", name, err)
		}
	}
	return set, nil
}

func parseEmailLayout(source fs.FS) (*htmltemplate.Template, error) {
	layout, err := fs.ReadFile(source, "layouts/email.html")
	if err != nil {
		return nil, err
	}
	style, err := fs.ReadFile(source, "emails/style.css")
	if err != nil {
		return nil, err
	}
	whole := strings.Replace(string(layout), emailStyleMark, string(style), 1)
	return htmltemplate.New("").Option("missingkey=error").Funcs(funcs()).Parse(whole)
}

// parseEmailText splits the subject from the body and defines both.
func parseEmailText(layout *texttemplate.Template, source fs.FS, file string) (*texttemplate.Template, error) {
	content, err := fs.ReadFile(source, file)
	if err != nil {
		return nil, err
	}
	subject, body, _ := strings.Cut(string(content), "\n")
	if !strings.HasPrefix(subject, subjectPrefix) {
		return nil, fmt.Errorf("the first line of %s must be %q and the subject", file, subjectPrefix)
	}
	t, err := layout.Clone()
	if err != nil {
		return nil, err
	}
	if _, err = t.New("subject").Parse(strings.TrimPrefix(subject, subjectPrefix)); err != nil {
		return nil, err
	}
	_, err = t.New("body").Parse(strings.TrimLeft(body, "\n"))
	return t, err
}

func parseEmailHTML(layout *htmltemplate.Template, source fs.FS, file string) (*htmltemplate.Template, error) {
	t, err := layout.Clone()
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(source, file); err != nil {
		return nil, err
	}
	if t.Lookup("body") == nil {
		return nil, errors.New(`the HTML part does not define "body"`)
	}
	return t, nil
}

func (s emailSet) render(name string, data any) (Email, error) {
	text, ok := s.text[name]
	if !ok {
		return Email{}, fmt.Errorf("there is no e-mail %q", name)
	}
	var subject, plain, html bytes.Buffer
	if err := text.ExecuteTemplate(&subject, "subject", data); err != nil {
		return Email{}, fmt.Errorf("e-mail %s: %w", name, err)
	}
	if err := text.ExecuteTemplate(&plain, "email", data); err != nil {
		return Email{}, fmt.Errorf("e-mail %s: %w", name, err)
	}
	if err := s.html[name].ExecuteTemplate(&html, "email", data); err != nil {
		return Email{}, fmt.Errorf("e-mail %s: %w", name, err)
	}
	// A name with a line break in it must not become a header.
	return Email{Subject: strings.Join(strings.Fields(subject.String()), " "), Text: plain.String(), HTML: html.String()}, nil
}
